"""The event stream of a conversation and its long-poll twin: rows after a cursor, then whatever comes."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any

from aiohttp import web
from django.db import DatabaseError

from connectors.channels.web.messages import message_json
from connectors.core.follower import Follower
from connectors.core.ledger import LedgerDoor
from ledger.models import Entry, EntryKind
from ledger.reading import Standing, entries_after, standing

PING_S = 15.0
QUEUE_CHECK_S = 5.0  # how late a waiting resident sees that the queue moved


class Reader:
    """One reader of one conversation."""

    def __init__(self, ledger: LedgerDoor, follower: Follower, conversation_id: str, cursor: int) -> None:
        self._ledger = ledger
        self._follower = follower
        self._conversation = conversation_id
        self.cursor = cursor

    async def fresh(self) -> list[Entry]:
        """Messages after the cursor, which moves behind them; state rows are passed over."""
        rows = await self._ledger(entries_after, self._conversation, self.cursor)
        if rows:
            self.cursor = rows[-1].pk
        return [row for row in rows if row.kind == EntryKind.MESSAGE]

    async def state(self) -> Standing:
        """Who owns the conversation now."""
        return await self._ledger(standing, self._conversation)

    async def poll(self, wait_s: float) -> list[Entry]:
        """Messages after the cursor, waiting for the first one up to ``wait_s``."""
        with self._follower.reading(self._conversation) as event:
            messages = await self.fresh()
            if messages or wait_s <= 0:
                return messages
            with suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    while not messages:
                        await event.wait()
                        event.clear()
                        messages = await self.fresh()
            return messages

    async def send_to(self, response: web.StreamResponse) -> None:
        """Writes events until the browser goes away."""
        shown: Standing | None = None
        typing = False
        with self._follower.reading(self._conversation) as event:
            while True:
                event.clear()
                try:
                    shown, typing = await self._write_news(response, shown, typing)
                except DatabaseError:
                    event.set()
                    await asyncio.sleep(1)
                    continue
                pause = QUEUE_CHECK_S if shown is not None and shown.position is not None else PING_S
                with suppress(TimeoutError):
                    await asyncio.wait_for(event.wait(), pause)
                if not event.is_set():
                    await response.write(b": ping\n\n")

    async def _write_news(
        self, response: web.StreamResponse, shown: Standing | None, typing: bool
    ) -> tuple[Standing, bool]:
        for entry in await self.fresh():
            await response.write(_event("message", message_json(entry), entry.pk))
        now_typing = self._conversation in self._follower.typing
        if now_typing and not typing:
            await response.write(_event("typing", {}))
        current = await self.state()
        if current != shown:
            await response.write(_event("state", state_json(current)))
        return current, now_typing


def state_json(current: Standing) -> dict[str, Any]:
    """``{state, position, wait_s, operator}``."""
    return {
        "state": current.state,
        "position": current.position,
        "wait_s": current.wait_s,
        "operator": current.operator,
    }


def _event(name: str, data: dict[str, Any], row: int | None = None) -> bytes:
    head = "" if row is None else f"id: {row}\n"
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
