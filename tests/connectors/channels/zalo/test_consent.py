"""From the one-time link over Zalo's page to the first pair."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from connectors.core.ledger import LedgerDoor
from contracts.clock import system_now
from ledger.credentials import make_link, read_pair
from tests.support.zalo_road import DEMO, OA_ID, Road, zalo_road

PKCE = [
    {},
    {"ZALO_PKCE": "none"},
    {"ZALO_PKCE": "static", "ZALO_PKCE_VERIFIER": "a-fixed-verifier-from-the-console-of-43-chars"},
]


async def _link() -> str:
    door = LedgerDoor(1)
    try:
        return await door(make_link, "zalo", system_now())
    finally:
        door.close()


async def _agree(road: Road, link: str) -> tuple[int, str]:
    """Opens the link, agrees on the sandbox's page, follows back; status and page of the callback."""
    async with road.client.get("/zalo/consent", params={"link": link}, allow_redirects=False) as response:
        if response.status != 302:
            return response.status, await response.text()
        page = urlsplit(response.headers["Location"])
    fields = {name: values[0] for name, values in parse_qs(page.query).items()}
    address = f"{page.scheme}://{page.netloc}{page.path}"
    async with aiohttp.ClientSession() as browser, browser.post(address, data=fields) as response:
        return response.status, await response.text()


async def _connected() -> bool:
    door = LedgerDoor(1)
    try:
        return await door(read_pair, "zalo", OA_ID) is not None
    finally:
        door.close()


@pytest.mark.parametrize("more", PKCE)
async def test_a_consent_connects_the_account(engine: Any, tmp_path: Path, more: dict[str, str]) -> None:
    async with zalo_road(tmp_path, engine.app(), DEMO, more) as road:
        status, page = await _agree(road, await _link())

        assert (status, "Đã kết nối" in page) == (200, True)
        assert await _connected()


async def test_a_link_works_once(unconnected: Road) -> None:
    link = await _link()
    await _agree(unconnected, link)

    status, page = await _agree(unconnected, link)

    assert status == 404
    assert "Liên kết đã dùng hoặc đã quá hạn" in page


async def test_nobody_gets_in_with_a_made_up_link_or_state(unconnected: Road) -> None:
    assert (await _agree(unconnected, "guess"))[0] == 404
    query = {"state": "guess", "code": "c", "oa_id": OA_ID}
    assert (await unconnected.client.get("/zalo/callback", params=query)).status == 404
    assert (await unconnected.client.get("/zalo/callback")).status == 404
    assert not await _connected()


async def _begun(road: Road) -> str:
    async with road.client.get("/zalo/consent", params={"link": await _link()}, allow_redirects=False) as response:
        return parse_qs(urlsplit(response.headers["Location"]).query)["state"][0]


async def test_it_refuses_a_foreign_account_a_missing_and_a_wrong_code(unconnected: Road) -> None:
    wrong = [({"oa_id": "1", "code": "c"}, 403), ({"oa_id": OA_ID}, 400), ({"oa_id": OA_ID, "code": "wrong"}, 502)]
    for query, status in wrong:
        query["state"] = await _begun(unconnected)
        assert (await unconnected.client.get("/zalo/callback", params=query)).status == status
    assert not await _connected()


async def test_the_command_leaves_a_working_connection_alone(road: Road) -> None:
    before = road.platform.store.number("SELECT count(*) FROM token_pair")

    await road.connect()

    assert road.platform.store.number("SELECT count(*) FROM token_pair") == before


async def test_the_command_connects_anew_when_the_platform_forgot_the_pair(road: Road) -> None:
    await road.platform.reset()

    await road.connect()

    assert (await road.phone().ask("F1 cách ly mấy ngày?")).text.endswith("F1 cách ly mấy ngày?")


async def test_the_command_shows_the_link_for_the_real_platform(road: Road, capsys: pytest.CaptureFixture[str]) -> None:
    from connectors.channels.zalo.connecting import connect
    from connectors.core.config import read_settings
    from tests.support.zalo_road import base_variables, zalo_variables

    await road.platform.reset()
    variables = base_variables() | zalo_variables(road.sandbox_url, 1)
    variables |= {"ZALO_OAUTH_URL": "https://oauth.invalid", "ZALO_CALLBACK_URL": "https://soyte.invalid/zalo/callback"}
    settings = read_settings(variables).zalo
    assert settings is not None

    assert await connect(settings) == 0

    assert "https://soyte.invalid/zalo/consent?link=" in capsys.readouterr().out
