"""Each test of the desk begins with an empty ledger, and with the accounts of a shift."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from tests.desk import installation

installation.connect()

from django.contrib.auth import get_user_model  # noqa: E402 -- Django is set up by now
from django.contrib.auth.models import Group  # noqa: E402
from django.test import Client  # noqa: E402

from desk.clock import real_now  # noqa: E402
from tests.desk.residents import Residents  # noqa: E402
from tests.support import ledger_database  # noqa: E402

PASSWORD = "mat-khau-cho-kiem-thu"
_STAFF = {
    "lan": ("Trực ban", "Lan", "Nguyễn Thị"),
    "minh": ("Trực ban", "Minh", "Trần Văn"),
    "hoa": ("Trưởng ca", "Hoa", "Lê Thị"),
    "an": ("Quản trị", "An", "Phạm Văn"),
    "binh": ("Biên tập viên", "Bình", "Đỗ Văn"),
}

type SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _empty_ledger() -> None:
    ledger_database.empty()


@pytest.fixture(scope="session")
def staff() -> dict[str, Any]:
    """Accounts by user name: operators lan and minh, lead hoa, administrator an, editor binh (a stranger to the desk)."""
    users = {}
    for name, (group, first, last) in _STAFF.items():
        user = get_user_model().objects.create_user(name, password=PASSWORD, first_name=first, last_name=last)
        user.groups.add(Group.objects.get(name=group))
        users[name] = user
    return users


@pytest.fixture
def sign_in(staff: dict[str, Any]) -> SignIn:
    """A browser in which somebody is logged in; pages that fail raise."""

    def enter(name: str) -> Client:
        client = Client(headers={"host": "localhost"})
        client.force_login(staff[name])
        return client

    return enter


@pytest.fixture
def lan(sign_in: SignIn) -> Client:
    """The first operator's browser."""
    return sign_in("lan")


@pytest.fixture
def minh(sign_in: SignIn) -> Client:
    """The second operator's browser."""
    return sign_in("minh")


@pytest.fixture
def stranger(sign_in: SignIn) -> Client:
    """An editor's browser: logged in, but not of the desk."""
    return sign_in("binh")


@pytest.fixture
def nobody() -> Client:
    """A browser in which nobody is logged in."""
    return Client(headers={"host": "localhost"})


@pytest.fixture(scope="session")
def address(staff: dict[str, Any]) -> Iterator[str]:
    """Where the newsroom is served, by a process of its own."""
    with installation.served() as url:
        yield url


@pytest.fixture
def residents() -> Residents:
    """Those who write."""
    return Residents()


@pytest.fixture
def now() -> datetime:
    """This moment of the machine's clock."""
    return real_now()
