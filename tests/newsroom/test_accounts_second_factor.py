"""The second factor: who must have one, setting it up, being asked for it, losing the telephone."""

from __future__ import annotations

import re
import time
from base64 import b32decode
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from newsroom.accounts.models import User
from newsroom.accounts.roles import ADMINISTRATORS, APPROVERS, AUDITORS, EDITORS, LEADS, OPERATORS
from newsroom.accounts.second_factor import device_of
from newsroom.config import load_config
from newsroom.settings.base import configured
from tests.newsroom.test_setup import COMPLETE
from tests.support.newsroom_people import browser_of, person

SET_UP, ENTER = "/xac-thuc/thiet-lap/", "/xac-thuc/"
pytestmark = pytest.mark.django_db(databases=["default", "ledger"])


@pytest.fixture(autouse=True)
def _required(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def code_of(secret: bytes, steps: int = 0) -> str:
    """What the application on the telephone shows, ``steps`` half minutes from now."""
    generator = TOTP(secret)
    generator.time = time.time() + 30 * steps
    return f"{generator.token():06d}"


def set_up(client: Client) -> bytes:
    """Goes through the page as a person does; gives the secret that the telephone keeps."""
    shown = re.search(r'id="khoa">([A-Z2-7 ]+)<', client.get(SET_UP).content.decode())
    assert shown is not None
    secret = b32decode(shown[1].replace(" ", ""))
    assert client.post(SET_UP, {"code": code_of(secret, -1)}).status_code == 302
    return secret


@pytest.mark.parametrize("role", [APPROVERS, ADMINISTRATORS])
@pytest.mark.parametrize("path", ["/admin/", "/phe-duyet/", "/ban-phat-hanh/", "/desk/", "/admin/users/"])
def test_it_lets_approvers_and_administrators_nowhere_without_one(role: str, path: str) -> None:
    """Every door leads to the setting up."""
    answer = browser_of(person("lan", role)).get(path, follow=True)
    assert answer.redirect_chain[-1][0].startswith(SET_UP)


@pytest.mark.parametrize("role", [EDITORS, OPERATORS, LEADS, AUDITORS])
def test_it_leaves_the_choice_to_others(role: str) -> None:
    """They may have one."""
    assert browser_of(person("lan", role)).get("/admin/").status_code == 200


def test_it_wants_one_of_superusers_whatever_their_roles() -> None:
    """They can do most."""
    user = person("lan", is_superuser=True)
    assert browser_of(user).get("/admin/")["Location"].startswith(ENTER)


def test_it_wants_none_in_a_demonstration() -> None:
    """The setting follows the clock, and production has no demo clock."""
    demo = load_config({**COMPLETE, "CLOCK": "demo:2021-12-31T09:00+07:00"})
    assert configured(demo)["SECOND_FACTOR_REQUIRED"] is False
    assert configured(load_config(COMPLETE))["SECOND_FACTOR_REQUIRED"] is True


def test_it_refuses_to_change_anything_before_the_code(submit: Any, draft: Any, staff: Any) -> None:
    """The password alone approves nothing."""
    state = submit(draft(), staff.editor)
    answer = browser_of(staff.approver).post(f"/phe-duyet/{state.pk}/", {"action": "reject", "comment": "x"})
    state.refresh_from_db()
    assert answer["Location"].startswith(ENTER)
    assert state.status == "in_progress"


def test_it_goes_on_where_somebody_wanted_to_be() -> None:
    """Through the setting up, and after the next login through the code."""
    user = person("lan", APPROVERS)
    client = browser_of(user)
    first = client.get("/phe-duyet/?a=1", follow=True)
    assert 'value="/phe-duyet/?a=1"' in first.content.decode()
    secret = set_up(client)
    assert client.get("/phe-duyet/").status_code == 200

    later = browser_of(user)
    assert later.get("/phe-duyet/")["Location"] == "/xac-thuc/?next=%2Fphe-duyet%2F"
    answer = later.post(ENTER, {"code": code_of(secret), "next": "/phe-duyet/"})
    assert answer["Location"] == "/phe-duyet/"
    assert later.get("/phe-duyet/").status_code == 200


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_it_leads_to_no_other_site(target: str) -> None:
    """An address in a link that somebody was sent."""
    client = browser_of(person("lan", APPROVERS))
    shown = re.search(r'id="khoa">([A-Z2-7 ]+)<', client.get(SET_UP).content.decode())
    assert shown is not None
    code = code_of(b32decode(shown[1].replace(" ", "")))
    assert client.post(SET_UP, {"code": code, "next": target})["Location"] == "/admin/"


def test_it_takes_each_code_once_and_slows_guessing_down() -> None:
    """Seen over the shoulder, a code is worth nothing; wrong ones cost more and more time."""
    user = person("lan", APPROVERS)
    secret = set_up(browser_of(user))
    used, other = code_of(secret, -1), browser_of(user)
    assert "Mã không đúng hoặc đã dùng" in other.post(ENTER, {"code": used}).content.decode()
    page = other.post(ENTER, {"code": code_of(secret)}).content.decode()  # right, but too soon after the wrong one
    assert "Bạn chờ 1 giây" in page
    assert other.get("/admin/")["Location"].startswith(ENTER)


def test_it_never_shows_the_secret_again() -> None:
    """Whoever has only the password must not copy the device."""
    user = person("lan", APPROVERS)
    set_up(browser_of(user))
    answer = browser_of(user).get(SET_UP)
    assert answer["Location"] == ENTER


def test_it_asks_whoever_chose_to_have_one() -> None:
    """Also those who need not."""
    user = person("lan", EDITORS)
    set_up(browser_of(user))
    assert browser_of(user).get("/admin/")["Location"].startswith(ENTER)


def test_it_lets_administrators_help_whoever_lost_the_telephone() -> None:
    """With a line in the account's history; never for themselves, and nobody else may."""
    lost, admin = person("lan", APPROVERS), person("hoa", ADMINISTRATORS)
    set_up(browser_of(lost))
    helper = browser_of(admin)
    set_up(helper)
    assert f"/xac-thuc/go-bo/{lost.pk}/" in helper.get("/admin/users/").content.decode()
    assert helper.post(f"/xac-thuc/go-bo/{admin.pk}/").status_code in {302, 403}
    assert device_of(admin) is not None
    assert browser_of(person("mai", EDITORS)).post(f"/xac-thuc/go-bo/{lost.pk}/").status_code in {302, 403}
    assert device_of(lost) is not None
    helper.post(f"/xac-thuc/go-bo/{lost.pk}/")
    assert device_of(lost) is None
    assert "Đã gỡ xác thực hai lớp" in helper.get(f"/admin/users/history/{lost.pk}/").content.decode()
    assert browser_of(lost).get("/admin/", follow=True).redirect_chain[-1][0].startswith(SET_UP)


def test_it_helps_the_last_administrator_from_the_servers_console(capsys: Any) -> None:
    """And says when there is nothing to do."""
    user = person("lan", ADMINISTRATORS)
    TOTPDevice.objects.create(user=user, confirmed=True)
    call_command("reset_second_factor", "lan")
    assert device_of(User.objects.get(username="lan")) is None
    for name in ("lan", "khong_co"):
        with pytest.raises(CommandError, match=name):
            call_command("reset_second_factor", name)
