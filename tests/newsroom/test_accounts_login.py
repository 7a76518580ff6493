"""Getting in: passwords, the lock after failures, sessions that end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from newsroom.accounts.demo import DEMO_ACCOUNTS, ensure_demo_accounts
from newsroom.accounts.models import User
from newsroom.accounts.roles import EDITORS, ROLES
from newsroom.settings import base
from tests.support.newsroom_people import browser_of, person, type_password

pytestmark = pytest.mark.django_db(databases=["default", "ledger"])


@pytest.fixture
def editor(settings: Any) -> User:
    """An account, with the lock on."""
    settings.AXES_ENABLED = True
    return person("lan", EDITORS)


def test_it_hashes_passwords_with_argon2(settings: Any) -> None:
    """As the product's settings say; the test settings use a cheap hash."""
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    assert identify_hasher(make_password("mật khẩu nào đó")).algorithm == "argon2"


@pytest.mark.parametrize("password", ["ngan", "123456789012", "password1234", "nguyenthilan1"])
def test_it_refuses_weak_passwords(password: str) -> None:
    """Short, digits only, common, like the name."""
    with pytest.raises(ValidationError):
        validate_password(password, User(username="nguyenthilan"))


def test_it_locks_an_account_after_five_failures_and_says_so(editor: User) -> None:
    """Then the right password does not help either, from any browser; other accounts are not touched."""
    person("hoa", EDITORS)
    answers = [type_password(Client(), "lan", f"sai {number}") for number in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    right = type_password(Client(), "lan")
    assert right.status_code == 429
    assert "Tài khoản này bị khóa 15 phút" in right.content.decode()
    assert type_password(Client(), "hoa").status_code == 302


def test_it_lets_the_account_in_again_after_the_time(editor: User) -> None:
    """Quarter of an hour later."""
    for number in range(5):
        type_password(Client(), "lan", f"sai {number}")
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=attempt.attempt_time - timedelta(minutes=16))
    assert type_password(Client(), "lan").status_code == 302


def test_it_forgets_failures_after_a_right_password(editor: User) -> None:
    """Four typing mistakes a day lock nobody out."""
    for _ in range(3):
        for number in range(4):
            type_password(Client(), "lan", f"sai {number}")
        assert type_password(Client(), "lan").status_code == 302


def test_it_keeps_no_password_of_a_failed_login(editor: User) -> None:
    """What was typed may be nearly right."""
    type_password(Client(), "lan", "gần đúng rồi")
    kept = AccessAttempt.objects.get()
    assert "gần đúng rồi" not in f"{kept.post_data}{kept.get_data}"


def test_it_ends_a_session_twelve_hours_after_its_login(clock: Any) -> None:
    """However busy it was."""
    client = browser_of(person("lan", EDITORS))
    for _ in range(11):
        clock.forward(hours=1)
        assert client.get("/admin/").status_code == 200
    clock.forward(hours=1, minutes=1)
    answer = client.get("/admin/users/?q=1")
    assert answer.status_code == 302
    assert answer["Location"] == "/admin/login/?next=/admin/users/%3Fq%3D1"
    assert "_auth_user_id" not in client.session


def test_it_ends_a_session_with_the_browser(editor: User) -> None:
    """There is no "remember me"."""
    client = Client()
    page = client.get("/admin/login/").content.decode()
    answer = type_password(client, "lan")
    assert 'name="remember"' not in page
    assert answer.cookies["sessionid"]["max-age"] == ""


def test_it_ends_the_sessions_of_an_account_that_is_switched_off() -> None:
    """At once."""
    user = person("lan", EDITORS)
    client = browser_of(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/admin/")["Location"].startswith("/admin/login/")


def test_it_has_a_demonstration_account_for_every_role(tmp_path: Any) -> None:
    """Nobody has to make one to look round."""
    ensure_demo_accounts(tmp_path / "accounts.json")
    assert {account.role for account in DEMO_ACCOUNTS} == set(ROLES)
    assert all(User.objects.get(username=one.username).groups.get().name == one.role for one in DEMO_ACCOUNTS)
