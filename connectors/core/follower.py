"""One cursor on the whole log per process: wakes whoever follows a conversation, whichever process appended."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import structlog
from django.db import DatabaseError

from connectors.core.ledger import LedgerDoor
from ledger.reading import last_id, touched_after

log = structlog.get_logger()
POLL_S = 0.25  # how late a row of another process (the desk) may be noticed


class Follower:
    """Readers register for a conversation and wait for its event; typing marks travel the same way, in memory only."""

    def __init__(self, ledger: LedgerDoor) -> None:
        self._ledger = ledger
        self._readers: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._nudge = asyncio.Event()
        self.typing: set[str] = set()

    def nudge(self) -> None:
        """This process has appended: look now."""
        self._nudge.set()

    def set_typing(self, conversation_id: str, active: bool) -> None:
        """A turn of this conversation has begun or ended."""
        (self.typing.add if active else self.typing.discard)(conversation_id)
        self._wake(conversation_id)

    @contextmanager
    def reading(self, conversation_id: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever the conversation may have something new."""
        event = asyncio.Event()
        self._readers[conversation_id].add(event)
        try:
            yield event
        finally:
            readers = self._readers[conversation_id]
            readers.discard(event)
            if not readers:
                del self._readers[conversation_id]

    async def run(self) -> None:
        """Follows the log until cancelled; a database that is away is asked again."""
        cursor: int | None = None
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._nudge.wait(), POLL_S)
            self._nudge.clear()
            try:
                if cursor is None:
                    cursor = await self._ledger(last_id)
                    self._wake_all()
                    continue
                rows = await self._ledger(touched_after, cursor)
            except DatabaseError as error:
                log.debug("log not readable", error=type(error).__name__)
                continue
            for row, conversation_id in rows:
                cursor = row
                self._wake(conversation_id)

    def _wake(self, conversation_id: str) -> None:
        for event in list(self._readers.get(conversation_id, ())):
            event.set()

    def _wake_all(self) -> None:
        for conversation_id in list(self._readers):
            self._wake(conversation_id)
