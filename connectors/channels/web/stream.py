"""The event stream of a conversation and its long-poll twin: rows after a cursor, then whatever comes.

Streams are many and idle for hours, so a reader asks the ledger only when the follower, the process's one cursor on the
whole log, has seen a row of its conversation. Whatever a resident is shown leaves a row, but for a place in the queue.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any, NamedTuple

from aiohttp import web
from django.db import DatabaseError

from connectors.channels.web.messages import message_json
from connectors.channels.web.queue import QUEUE_CHECK_S, Queue
from connectors.core.follower import Follower
from connectors.core.ledger import LedgerDoor
from ledger.models import Entry, EntryKind
from ledger.reading import Standing, entries_after, standing

PING_S = 15.0
PAGE = 200  # rows that are read at once
AGAIN_S = 1.0  # from a look that failed to the next


class News(NamedTuple):
    """What a look into the ledger found. ``standing`` is None when no row came that could have changed it."""

    messages: list[Entry]
    standing: Standing | None
    more: bool


class Reader:
    """One reader of one conversation."""

    def __init__(self, ledger: LedgerDoor, follower: Follower, queue: Queue, conversation_id: str, cursor: int) -> None:
        self._ledger = ledger
        self._follower = follower
        self._queue = queue
        self._conversation = conversation_id
        self.cursor = cursor

    async def fresh(self, and_standing: bool) -> News:
        """A page of what stands behind the cursor, which moves there; state rows are passed over.

        Raises:
            DatabaseError: the ledger is away; the cursor stays.
        """
        rows, current = await self._ledger(_look, self._conversation, self.cursor, and_standing)
        if rows:
            self.cursor = rows[-1].pk
        return News([row for row in rows if row.kind == EntryKind.MESSAGE], current, len(rows) == PAGE)

    async def poll(self, wait_s: float) -> tuple[list[Entry], Standing]:
        """Messages after the cursor, waiting for the first one up to ``wait_s``, and who owns the conversation then."""
        with self._follower.reading(self._conversation) as event:
            news = await self.fresh(and_standing=wait_s <= 0)
            while news.more and not news.messages:
                news = await self.fresh(and_standing=wait_s <= 0)
            with suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    while not news.messages:
                        await event.wait()
                        event.clear()
                        news = await self.fresh(and_standing=False)
        current = news.standing
        if current is None:
            current = await self._ledger(standing, self._conversation)
        return news.messages, current

    async def send_to(self, response: web.StreamResponse) -> None:
        """Writes events until the browser goes away."""
        shown: Standing | None = None
        typing = False
        with self._follower.reading(self._conversation) as event:
            event.set()
            while True:
                looks = event.is_set()
                event.clear()
                try:
                    news = await self.fresh(and_standing=shown is None) if looks else await self._unmoved(shown)
                except DatabaseError:
                    event.set()
                    await asyncio.sleep(AGAIN_S)
                    continue
                if news.more:
                    event.set()
                typing = await self._write(response, news, shown, typing)
                shown = news.standing or shown
                pause = QUEUE_CHECK_S if shown is not None and shown.position is not None else PING_S
                with suppress(TimeoutError):
                    await asyncio.wait_for(event.wait(), pause)
                if not event.is_set():
                    await response.write(b": ping\n\n")

    async def _unmoved(self, shown: Standing | None) -> News:
        """Nothing was appended; only the place in the queue may be another."""
        if shown is None or shown.position is None:
            return News([], None, False)
        return News([], await self._queue.moved(self._conversation, shown), False)

    async def _write(self, response: web.StreamResponse, news: News, shown: Standing | None, typing: bool) -> bool:
        """Whether the resident sees now that an answer is being written."""
        for entry in news.messages:
            await response.write(_event("message", message_json(entry), entry.pk))
        now_typing = self._conversation in self._follower.typing
        if now_typing and not typing:
            await response.write(_event("typing", {}))
        if news.standing is not None and news.standing != shown:
            await response.write(_event("state", state_json(news.standing)))
        return now_typing


def state_json(current: Standing) -> dict[str, Any]:
    """``{state, position, wait_s, operator}``."""
    return {
        "state": current.state,
        "position": current.position,
        "wait_s": current.wait_s,
        "operator": current.operator,
    }


def _look(conversation_id: str, cursor: int, and_standing: bool) -> tuple[list[Entry], Standing | None]:
    rows = entries_after(conversation_id, cursor, PAGE)
    return rows, standing(conversation_id) if rows or and_standing else None


def _event(name: str, data: dict[str, Any], row: int | None = None) -> bytes:
    head = "" if row is None else f"id: {row}\n"
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
