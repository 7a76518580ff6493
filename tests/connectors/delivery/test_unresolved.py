"""Zalo's name is not resolved: nothing has arrived there, so everything waits, and goes out once when the name is back."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from connectors.channels.zalo import oauth
from connectors.channels.zalo.oauth import OAuthClient, OAuthError
from connectors.core.config import read_settings
from ledger.models import Delivery, DeliveryState
from tests.connectors.delivery.talk import Talk, talking
from tests.support.zalo_road import DEMO, base_variables, zalo_road, zalo_variables

NAME = "openapi.zalo.invalid"


class Names:
    """Resolves Zalo's name to the sandbox, or fails as resolvers do: at once, or by not answering."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.mood = "well"
        self.asked = 0
        self.back = asyncio.Event()
        self.sandbox = ("127.0.0.1", 0)
        self._others = loop.getaddrinfo

    async def getaddrinfo(self, host: Any, port: Any, **kwargs: Any) -> list[Any]:
        if host != NAME:
            return await self._others(host, port, **kwargs)
        self.asked += 1
        mood = self.mood
        if mood == "hanging":
            await self.back.wait()
        if mood != "well":
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", self.sandbox)]


@pytest.fixture
async def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """The resolver of this test."""
    loop = asyncio.get_running_loop()
    names = Names(loop)
    monkeypatch.setattr(loop, "getaddrinfo", names.getaddrinfo)
    return names


@pytest.fixture
async def talk(engine: Any, tmp_path: Path, names: Names) -> AsyncIterator[Talk]:
    """A resident who wrote already; the gateway knows the sandbox by Zalo's name."""
    more = {"ZALO_API_URL": f"http://{NAME}", "ZALO_SEND_TIMEOUT_S": "0.4"}
    async with zalo_road(tmp_path, engine.app(), DEMO, more) as road:
        names.sandbox = ("127.0.0.1", urlsplit(road.sandbox_url).port or 0)
        await road.connect()
        async with talking(road) as talk:
            yield talk


@pytest.mark.parametrize("mood", ["failing", "hanging"])
async def test_a_message_waits_for_the_name_and_goes_out_once(talk: Talk, names: Names, mood: str) -> None:
    names.mood = mood
    await talk.say("một", "hai")
    await talk.until(lambda: Delivery.objects.filter(error="zalo unreachable").exists())
    open_ones = await talk.ledger(lambda: set(Delivery.objects.values_list("state", flat=True)))
    assert open_ones == {DeliveryState.PENDING}
    assert talk.shown() == []

    names.mood = "well"
    names.back.set()

    assert set(await talk.settled()) <= {"sent", "delivered"}
    assert talk.shown() == ["một", "hai"]
    assert names.asked >= 2


async def test_a_refresh_that_found_no_address_has_not_used_up_the_token(
    names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    names.mood = "hanging"
    monkeypatch.setattr(oauth, "TIMEOUT", aiohttp.ClientTimeout(total=0.6, connect=0.3))
    settings = read_settings(base_variables() | zalo_variables(f"http://{NAME}", 1)).zalo
    assert settings is not None

    async with aiohttp.ClientSession() as session:
        with pytest.raises(OAuthError) as refused:
            await OAuthClient(session, settings).refresh("a-refresh-token")

    assert (refused.value.arrived, refused.value.final) == (False, False)


def test_a_token_request_gives_up_connecting_before_it_gives_up_waiting() -> None:
    assert oauth.TIMEOUT.connect is not None
    assert oauth.TIMEOUT.total is not None
    assert oauth.TIMEOUT.connect < oauth.TIMEOUT.total
