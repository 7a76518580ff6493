"""Everybody at the desk sees whether Zalo lets us write; administrators make the link that mends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from ledger.credentials import SealedPair, mark_trouble, open_link, store_pair
from ledger.models import ConsentLink
from tests.desk.conftest import SignIn

WARNING = "Zalo đang mất kết nối"


@pytest.fixture
def an(sign_in: SignIn) -> Iterator[Client]:
    """An administrator's browser; the second step of signing in has tests of its own."""
    with override_settings(SECOND_FACTOR_REQUIRED=False):
        yield sign_in("an")


def _connect(now: datetime, hours: int = 25) -> None:
    pair = SealedPair(access="a", refresh="r", issued_at=now, expires_at=now + timedelta(hours=hours))
    store_pair("zalo", "4400000000000000099", pair)


def _page(client: Client) -> str:
    return client.get(reverse("desk:connection")).content.decode()


def test_it_tells_how_each_account_stands(lan: Client, now: datetime) -> None:
    assert "Chưa có Official Account nào được kết nối." in _page(lan)
    _connect(now)
    assert "Đang kết nối" in _page(lan)
    _connect(now, hours=-1)
    assert "cổng chưa làm mới" in _page(lan)

    mark_trouble("zalo", "4400000000000000099", 2, "zalo oauth -14020")

    page = _page(lan)
    assert "Mất kết nối" in page
    assert "zalo oauth -14020" in page


def test_every_page_warns_while_an_account_is_cut_off(lan: Client, now: datetime) -> None:
    queue = reverse("desk:queue")
    _connect(now)
    assert WARNING not in lan.get(queue).content.decode()

    mark_trouble("zalo", "4400000000000000099", 1, "refused")
    assert WARNING in lan.get(queue).content.decode()

    _connect(now)
    assert WARNING not in lan.get(queue).content.decode()


def test_an_administrator_gets_a_link_that_works_once_and_is_shown_once(an: Client, now: datetime) -> None:
    page = an.post(reverse("desk:new-link")).content.decode()

    found = re.search(r"http://127\.0\.0\.1:8080/zalo/consent\?link=([\w-]+)", page)
    assert found is not None
    assert found[1] not in _page(an)
    assert open_link("zalo", found[1], "", now) is not None


def test_nobody_else_gets_a_link(sign_in: SignIn) -> None:
    for name in ("lan", "hoa"):
        client = sign_in(name)
        assert "Tạo liên kết kết nối" not in _page(client)
        assert client.post(reverse("desk:new-link")).status_code == 403
    assert not ConsentLink.objects.exists()


def test_a_look_at_the_address_makes_no_link(an: Client) -> None:
    assert an.get(reverse("desk:new-link")).status_code == 405
    assert not ConsentLink.objects.exists()
