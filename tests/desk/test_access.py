"""Nobody but the desk's groups gets in, by any address."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from desk import access
from desk.urls import urlpatterns
from newsroom.accounts import roles
from tests.desk.conftest import SignIn
from tests.desk.residents import Residents

NAMES = [str(pattern.name) for pattern in urlpatterns]
ACTS = {"take", "reply", "return", "give-back", "close", "log-out", "ask-contact", "resend", "new-link"}


def _address(name: str, residents: Residents) -> str:
    pattern = next(pattern for pattern in urlpatterns if pattern.name == name)
    route = str(pattern.pattern)
    ids = [residents.wait("Xin chào")] if "conversation_id" in route else []
    rest = {"delivery_id": 1, "file_name": "no-such-file"}
    return reverse(f"desk:{name}", args=[*ids, *(value for field, value in rest.items() if field in route)])


@pytest.mark.parametrize("name", NAMES)
def test_it_sends_whoever_is_logged_out_to_the_login(name: str, nobody: Client, residents: Residents) -> None:
    address = _address(name, residents)
    answer = nobody.post(address) if name in ACTS else nobody.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{reverse('wagtailadmin_login')}?next=/desk/")


@pytest.mark.parametrize("name", NAMES)
def test_it_answers_scripts_of_the_logged_out_with_401(name: str, nobody: Client, residents: Residents) -> None:
    address = _address(name, residents)
    headers = {"X-Desk": "1"}
    answer = nobody.post(address, headers=headers) if name in ACTS else nobody.get(address, headers=headers)
    assert answer.status_code == 401
    assert answer.json()["login"].startswith("/admin/login/")


@pytest.mark.parametrize("name", NAMES)
def test_it_refuses_a_stranger(name: str, stranger: Client, residents: Residents) -> None:
    address = _address(name, residents)
    answer = stranger.post(address) if name in ACTS else stranger.get(address)
    assert answer.status_code == 403
    assert "Tài khoản này không vào được bàn trực" in answer.content.decode()
    assert "Xin chào" not in answer.content.decode()


@pytest.mark.parametrize("who", ["lan", "hoa", "an"])
@pytest.mark.parametrize("name", [name for name in NAMES if name not in ACTS | {"events", "file"}])
def test_it_lets_operator_lead_and_administrator_in(name: str, who: str, sign_in: SignIn, residents: Residents) -> None:
    answer = sign_in(who).get(_address(name, residents))
    assert answer.status_code == 200
    assert answer["Content-Security-Policy"].startswith("default-src 'self'")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", sorted(ACTS))
def test_it_acts_on_post_only(name: str, lan: Client, residents: Residents) -> None:
    assert lan.get(_address(name, residents)).status_code == 405


def test_it_gives_a_superuser_nothing(residents: Residents) -> None:
    root = get_user_model().objects.create_superuser("root", password="mot-mat-khau-rat-dai")
    client = Client(headers={"host": "localhost"})
    client.force_login(root)
    assert client.get(reverse("desk:queue")).status_code == 403
    root.delete()


def test_it_refuses_an_act_without_the_form_token(staff: dict[str, object], residents: Residents) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    client.force_login(staff["lan"])  # type: ignore[arg-type]
    waiting = residents.wait("Xin chào")
    assert client.post(reverse("desk:take", args=[waiting])).status_code == 403
    assert residents.found(waiting).state == "waiting"


def test_it_knows_no_conversation_that_does_not_exist(lan: Client) -> None:
    assert lan.get("/desk/hoi-thoai/khong-co/").status_code == 404
    assert lan.post("/desk/hoi-thoai/khong-co/nhan/").status_code == 404


def test_it_names_the_groups_as_the_newsroom_does() -> None:
    assert (access.OPERATORS, access.LEADS, access.ADMINISTRATORS) == (
        roles.OPERATORS, roles.LEADS, roles.ADMINISTRATORS,
    )  # fmt: skip


def test_it_leaves_no_inline_code_that_its_policy_would_block(lan: Client, residents: Residents) -> None:
    for address in (reverse("desk:queue"), reverse("desk:conversation", args=[residents.cry_out("Mẹ tôi khó thở")])):
        page = lan.get(address).content.decode()
        assert "style=" not in page
        assert "<script>" not in page
        assert "onclick" not in page
        assert "//" not in page.replace("http://www.w3.org", "")


def test_no_request_leaves_a_database_connection_behind() -> None:
    # Under ASGI each request runs in a thread of its own; what it keeps open nobody ever uses again.
    kept = {alias: database.get("CONN_MAX_AGE", 0) for alias, database in settings.DATABASES.items()}
    assert kept == {"default": 0, "ledger": 0}
