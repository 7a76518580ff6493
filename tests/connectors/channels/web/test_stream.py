"""Event streams: every message once and in order, nothing asked of the ledger while nothing happens."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from django.db import OperationalError

from connectors.channels.web import queue, stream
from connectors.channels.web.queue import Queue
from connectors.channels.web.stream import PAGE, Reader
from connectors.core.follower import Follower
from connectors.core.ledger import LedgerDoor
from contracts.clock import system_now
from ledger.appending import append, locked_conversation
from ledger.conversations import find_or_open, give_to_bot, request_person, take
from ledger.models import Author


class Door(LedgerDoor):
    """Counts what the readers ask; while ``away`` the database refuses."""

    asked = 0
    away = False

    async def __call__[**P, T](self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        self.asked += 1
        if self.away:
            raise OperationalError("away")
        return await super().__call__(function, *args, **kwargs)


class Browser(web.StreamResponse):
    """The other end of a stream: what was written to it, as (event, data, id)."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[tuple[str, Any, int | None]] = []
        self.pings = 0
        self._grown = asyncio.Event()

    async def write(self, data: Any) -> None:
        if bytes(data).startswith(b":"):
            self.pings += 1
        else:
            lines = dict(line.split(": ", 1) for line in bytes(data).decode().strip().split("\n"))
            row = int(lines["id"]) if "id" in lines else None
            self.events.append((lines["event"], json.loads(lines["data"]), row))
        self._grown.set()

    async def until(self, enough: Callable[[], bool]) -> None:
        """Waits for it, at most a minute."""
        async with asyncio.timeout(60):
            while not enough():
                self._grown.clear()
                await self._grown.wait()

    def texts(self) -> list[str]:
        """Of the messages."""
        return [data["text"] for event, data, _ in self.events if event == "message"]

    def last(self, event: str) -> Any:
        """Data of the last event of a kind."""
        return next(data for kind, data, _ in reversed(self.events) if kind == event)


class Streams:
    """A process that serves streams: one follower and one queue, with doors of their own to a real ledger."""

    def __init__(self) -> None:
        self.door, self._own = Door(2), LedgerDoor(1)  # few: all doors share a pool of connections
        self.follower, self.queue = Follower(self._own), Queue(self.door)
        self._tasks = [asyncio.create_task(self.follower.run())]

    def open(self, conversation_id: str, cursor: int = 0) -> Browser:
        """A browser with an open stream."""
        browser = Browser()
        self._tasks.append(asyncio.create_task(self.reader(conversation_id, cursor).send_to(browser)))
        return browser

    def reader(self, conversation_id: str, cursor: int = 0) -> Reader:
        """A reader of a conversation."""
        return Reader(self.door, self.follower, self.queue, conversation_id, cursor)

    async def close(self) -> None:
        """Ends all streams."""
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        self.door.close()
        self._own.close()


@asynccontextmanager
async def _serving() -> AsyncIterator[Streams]:
    streams = Streams()
    try:
        yield streams
    finally:
        await streams.close()


@pytest.fixture
async def streams() -> AsyncIterator[Streams]:
    """A serving process."""
    async with _serving() as serving:
        yield serving


async def _elsewhere[**P, T](function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """As another process does it: nobody here is told."""
    door = LedgerDoor(1)
    try:
        return await door(function, *args, **kwargs)
    finally:
        door.close()


def _begin(*addresses: str) -> list[str]:
    return [str(find_or_open("web", address, system_now()).pk) for address in addresses]


def _say(conversation_id: str, *texts: str) -> None:
    with locked_conversation(conversation_id) as conversation:
        for text in texts:
            append(conversation, at=system_now(), author=Author.OPERATOR, text=text)


def _say_one_after_the_other(conversation_id: str, *texts: str) -> None:
    for text in texts:
        _say(conversation_id, text)


def _wait_for_person(conversation_id: str, minutes_ago: int) -> None:
    with locked_conversation(conversation_id) as conversation:
        request_person(conversation, None, "nhay_cam/khac", 2, system_now() - timedelta(minutes=minutes_ago))


def _take(conversation_id: str) -> None:
    with locked_conversation(conversation_id) as conversation:
        take(conversation, "7", "Cán bộ A", system_now())


def _hand_back(conversation_id: str) -> None:
    with locked_conversation(conversation_id) as conversation:
        give_to_bot(conversation, Author.OPERATOR, "Cán bộ A", "given_back", system_now())


async def test_idle_streams_ask_nothing_of_the_ledger(streams: Streams, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "PING_S", 0.01)
    ids = await _elsewhere(_begin, "a", "b", "c")
    browsers = [streams.open(one) for one in ids]
    for one, browser in zip(ids, browsers, strict=True):
        await browser.until(lambda browser=browser: bool(browser.events))  # type: ignore[misc]
        await _elsewhere(_say, one, "chào")
        await browser.until(lambda browser=browser: bool(browser.texts()))  # type: ignore[misc]
    before = streams.door.asked

    for browser in browsers:
        await browser.until(lambda browser=browser, now=browser.pings: browser.pings >= now + 20)  # type: ignore[misc]

    assert streams.door.asked == before


async def test_it_shows_what_another_process_appends(streams: Streams) -> None:
    (one,) = await _elsewhere(_begin, "a")
    browser = streams.open(one)
    await browser.until(lambda: bool(browser.events))

    await _elsewhere(_take, one)
    await _elsewhere(_say, one, "một", "hai")
    await browser.until(lambda: len(browser.texts()) == 2)
    await _elsewhere(_hand_back, one)
    await browser.until(lambda: browser.last("state")["state"] == "bot")

    assert browser.texts() == ["một", "hai"]
    assert [data["operator"] for event, data, _ in browser.events if event == "state"] == ["", "Cán bộ A", ""]


async def test_a_long_conversation_comes_whole_and_in_order(streams: Streams) -> None:
    (one,) = await _elsewhere(_begin, "a")
    texts = [str(number) for number in range(2 * PAGE + 50)]
    await _elsewhere(_say, one, *texts)

    browser = streams.open(one)
    await browser.until(lambda: len(browser.texts()) >= len(texts))
    resumed = streams.open(one, next(row for _, data, row in browser.events if data["text"] == "120") or 0)
    await resumed.until(lambda: len(resumed.texts()) >= len(texts) - 121)

    assert browser.texts() == texts
    assert resumed.texts() == texts[121:]


async def test_every_reader_gets_its_conversation_once_and_in_order_while_all_talk(streams: Streams) -> None:
    ids = await _elsewhere(_begin, *"abcd")
    browsers = {one: [streams.open(one), streams.open(one)] for one in ids}
    said = {one: [f"{one} {number}" for number in range(10)] for one in ids}

    await asyncio.gather(*(_elsewhere(_say_one_after_the_other, one, *said[one]) for one in ids))

    for one in ids:
        for browser in browsers[one]:
            await browser.until(lambda browser=browser: len(browser.texts()) >= 10)  # type: ignore[misc]
            assert browser.texts() == said[one]


async def test_who_waits_sees_the_queue_move(streams: Streams, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "QUEUE_CHECK_S", 0.02)
    monkeypatch.setattr(queue, "QUEUE_CHECK_S", 0.02)
    first, second = await _elsewhere(_begin, "a", "b")
    await _elsewhere(_wait_for_person, first, 9)
    await _elsewhere(_wait_for_person, second, 5)
    browser = streams.open(second)
    await browser.until(lambda: bool(browser.events) and browser.last("state")["position"] == 2)

    await _elsewhere(_take, first)
    await browser.until(lambda: browser.last("state")["position"] == 1)

    assert browser.last("state") == {"state": "waiting", "position": 1, "wait_s": 540, "operator": ""}


async def test_all_who_wait_share_a_look_at_the_queue(streams: Streams) -> None:
    ids = await _elsewhere(_begin, *"abcdefgh")
    for number, one in enumerate(ids):
        await _elsewhere(_wait_for_person, one, 60 - number)
    shown = [(await streams.reader(one).poll(0))[1] for one in ids]
    before = streams.door.asked

    moved = await asyncio.gather(*(streams.queue.moved(one, old) for one, old in zip(ids, shown, strict=True)))

    assert [one.position for one in moved] == list(range(1, 9))
    assert streams.door.asked == before + 1


async def test_it_shows_that_an_answer_is_being_written(streams: Streams) -> None:
    (one,) = await _elsewhere(_begin, "a")
    browser = streams.open(one)
    await browser.until(lambda: bool(browser.events))

    for active in (True, False, True):
        streams.follower.set_typing(one, active)
        await asyncio.sleep(0)
        await _elsewhere(_say, one, "đang viết" if active else "xong")
        await browser.until(lambda active=active: browser.texts()[-1:] == ["đang viết" if active else "xong"])  # type: ignore[misc]

    await browser.until(lambda: [event for event, _, _ in browser.events].count("typing") == 2)


async def test_it_goes_on_when_the_database_comes_back(streams: Streams, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "AGAIN_S", 0.01)
    (one,) = await _elsewhere(_begin, "a")
    browser = streams.open(one)
    await browser.until(lambda: bool(browser.events))

    streams.door.away, before = True, streams.door.asked
    await _elsewhere(_say, one, "lúc mất")
    async with asyncio.timeout(60):
        while streams.door.asked < before + 3:
            await asyncio.sleep(0.01)
    streams.door.away = False
    await browser.until(lambda: bool(browser.texts()))

    assert browser.texts() == ["lúc mất"]


async def test_a_poll_waits_for_the_first_message_and_tells_the_state(streams: Streams) -> None:
    (one,) = await _elsewhere(_begin, "a")
    polling = asyncio.create_task(streams.reader(one).poll(60))
    await _elsewhere(_take, one)
    await _elsewhere(_say, one, "chào")

    messages, current = await polling

    assert [message.text for message in messages] == ["chào"]
    assert (current.state, current.operator) == ("human", "Cán bộ A")
    assert (await streams.reader(one, messages[-1].pk).poll(0.01))[0] == []
