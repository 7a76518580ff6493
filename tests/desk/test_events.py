"""The event stream over a real server: news within a second, resuming, and its end with the session."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from django.test import Client
from django.urls import reverse

from desk.events import stream
from desk.follower import Follower
from ledger.reading import last_id
from tests.desk.installation import in_thread
from tests.desk.residents import Residents


@asynccontextmanager
async def _listening(
    address: str, client: Client, after: int | str, headers: dict[str, str] | None = None
) -> AsyncIterator[aiohttp.ClientResponse]:
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    url = f"{address}{reverse('desk:events')}?after={after}"
    async with aiohttp.ClientSession(cookies=cookies) as session, session.get(url, headers=headers) as response:
        yield response


async def _next_event(response: aiohttp.ClientResponse, limit_s: float = 5.0) -> tuple[str, str, dict[str, Any]]:
    """(event, id, data) of the next event, comments skipped."""
    fields: dict[str, str] = {}
    async with asyncio.timeout(limit_s):
        while True:
            line = (await response.content.readline()).decode().rstrip("\n")
            if line:
                name, _, value = line.partition(": ")
                fields[name] = value
            elif "event" in fields:
                return fields["event"], fields.get("id", ""), json.loads(fields["data"])
            else:
                fields = {}


async def test_it_tells_a_change_within_a_second_of_its_commit(address: str, lan: Client, residents: Residents) -> None:
    async with _listening(address, lan, await in_thread(last_id)) as response:
        assert response.status == 200
        assert response.content_type == "text/event-stream"
        await response.content.readline()
        slowest = 0.0
        for _ in range(5):
            waiting = await in_thread(residents.cry_out, "Mẹ tôi khó thở tím môi")
            committed = time.monotonic()
            _, _, data = await _next_event(response)
            slowest = max(slowest, time.monotonic() - committed)
            while waiting not in data["conversations"] and not data["all"]:
                _, _, data = await _next_event(response)
        assert slowest < 1.0


async def test_it_resumes_and_says_when_something_was_missed(address: str, lan: Client, residents: Residents) -> None:
    before = await in_thread(last_id)
    await in_thread(residents.wait, "Trong lúc mất mạng")
    newest = await in_thread(last_id)
    async with _listening(address, lan, 0, {"Last-Event-ID": str(before)}) as response:
        assert await _next_event(response) == ("ledger", str(newest), {"conversations": [], "all": True})
    async with _listening(address, lan, 0, {"Last-Event-ID": str(newest)}) as response:
        waiting = await in_thread(residents.wait, "Sau đó")
        _, _, data = await _next_event(response)
        assert data == {"conversations": [waiting], "all": False} or data["all"]


@pytest.mark.parametrize("cursor", ["abc", "-1", "9" * 40, "", "٣"])
async def test_it_asks_for_everything_after_a_cursor_that_is_none(cursor: str, address: str, lan: Client) -> None:
    async with _listening(address, lan, cursor) as response:
        _, _, data = await _next_event(response)
        assert data["all"] is True


async def test_it_refuses_a_stranger_over_the_wire(address: str, stranger: Client, nobody: Client) -> None:
    async with _listening(address, stranger, 0) as response:
        assert response.status == 403
    async with _listening(address, nobody, 0, {"X-Desk": "1"}) as response:
        assert response.status == 401


async def test_the_stream_ends_with_the_session(lan: Client) -> None:
    session = await in_thread(lambda: lan.session.session_key)
    await in_thread(lan.post, reverse("desk:log-out"))
    told = [part async for part in stream(Follower(), None, str(session), ping_s=0.05)]
    assert told[-1] == b"event: ended\ndata: {}\n\n"


async def test_it_lives_on_while_the_account_is_logged_in(lan: Client) -> None:
    session = str(await in_thread(lambda: lan.session.session_key))
    events = stream(Follower(), await in_thread(last_id), session, ping_s=0.05)
    parts = [await anext(events) for _ in range(4)]
    await events.aclose()
    assert parts[-1] == b": ping\n\n"


async def test_the_follower_rests_when_nobody_listens() -> None:
    follower = Follower()
    with follower.reading() as event:
        await asyncio.wait_for(event.wait(), 5)
        assert follower.is_running
    await asyncio.sleep(0)
    assert not follower.is_running


async def test_it_knows_when_a_reader_is_too_far_behind() -> None:
    follower = Follower()
    with follower.reading() as event:
        await asyncio.wait_for(event.wait(), 5)
        newest = await follower.newest()
        assert follower.since(newest) == ([], True, newest)
        assert follower.since(newest - 1) == ([], False, newest)
