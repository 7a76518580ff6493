"""A third channel needs its own folder and one line in the registry: relay, delivery and desk take it as it is."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, cast

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from connectors import registry
from connectors.core.channel import Gateway
from connectors.core.config import read_settings
from connectors.core.ledger import LedgerDoor
from ledger.models import Conversation, Delivery
from tests.connectors.channels.postbox.channel import NAME, PostboxChannel
from tests.connectors.channels.postbox.provider import Provider

type Client = TestClient[web.Request, web.Application]
ROOT = Path(__file__).resolve().parents[4]
WAIT_S = 15.0


@pytest.fixture(autouse=True)
async def provider(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Provider]:
    """The provider's server, and the registry's one more line."""
    provider = Provider()
    async with TestServer(provider.app()) as server:
        url = str(server.make_url("")).rstrip("/")
        monkeypatch.setitem(registry.CHANNELS, NAME, lambda gateway, _settings: PostboxChannel(gateway, url))
        yield provider


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT_S):
        while not condition():
            await asyncio.sleep(0.01)


async def _read[T](function: Callable[[], T]) -> T:
    door = LedgerDoor(1)
    try:
        return await door(function)
    finally:
        door.close()


async def test_questions_are_answered_once_and_in_their_order(gateway: Client, provider: Provider) -> None:
    for number in range(3):
        provider.write("an", f"câu {number}")
    provider.write("an", "câu 2", message_id="m3")  # told twice
    provider.write("ba", "của tôi?")

    await _until(lambda: len(provider.texts("an")) >= 3 and len(provider.texts("ba")) >= 1)

    assert [text.rpartition("đáp: ")[2] for text in provider.texts("an")] == ["câu 0", "câu 1", "câu 2"]
    assert [text.rpartition("đáp: ")[2] for text in provider.texts("ba")] == ["của tôi?"]
    assert await _read(lambda: Conversation.objects.filter(channel=NAME).count()) == 2


async def test_danger_gets_its_safety_text_and_a_person_without_the_engine(
    gateway: Client, provider: Provider, engine: Any
) -> None:
    engine.mood = "failing"
    provider.write("an", "mẹ tôi khó thở tím môi")

    await _until(lambda: bool(provider.texts("an")))

    assert "115" in provider.texts("an")[0]
    assert (await _read(lambda: Conversation.objects.get(channel=NAME))).state == "waiting"


async def test_a_message_that_may_have_arrived_is_looked_up_and_not_sent_again(
    gateway: Client, provider: Provider
) -> None:
    provider.silent = True
    provider.write("an", "f1?")

    await _until(lambda: bool(provider.handed))
    async with asyncio.timeout(WAIT_S):
        while not await _read(Delivery.objects.filter(state="sent").exists):
            await asyncio.sleep(0.05)

    assert len(provider.handed) == 1


class Deaf:
    """Takes nothing and calls nobody."""

    name = "deaf"

    def add_routes(self, app: web.Application) -> None:
        """None."""


def test_a_channel_whose_replies_would_reach_nobody_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_settings({"ENGINE_TOKEN": "x" * 20, "SNAPSHOT_TOKEN": "y" * 20})
    monkeypatch.setattr(registry, "CHANNELS", {"deaf": lambda _gateway, _settings: Deaf()})

    with pytest.raises(TypeError, match="channel 'deaf' have no way out"):
        registry.make_channels(cast(Gateway, None), settings)


def test_relay_and_delivery_name_no_channel() -> None:
    names = "|".join([*registry.CHANNELS, NAME])
    files = [*(ROOT / "connectors/relay").glob("*.py"), *(ROOT / "connectors/delivery").glob("*.py")]

    assert len(files) > 8
    assert [file.name for file in files if re.search(rf"\b({names})\b", file.read_text("utf-8"), re.IGNORECASE)] == []
