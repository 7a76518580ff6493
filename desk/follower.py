"""One cursor on the ledger's log for all open pages of this process: who looks is told within a quarter of a second."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import structlog
from django.db import DatabaseError, close_old_connections

from desk.upkeep import UPKEEP
from ledger.reading import last_id, touched_after

log = structlog.get_logger()
POLL_S = 0.25
KEPT_ROWS = 2000  # a page that is further behind is told to fetch everything anew

Row = tuple[int, str]


class Follower:
    """Reads the log only while somebody reads; ``since`` tells what has come after a reader's cursor."""

    def __init__(self) -> None:
        self._readers: set[asyncio.Event] = set()
        self._rows: deque[Row] = deque(maxlen=KEPT_ROWS)
        self._start = 0  # rows up to this id are not in memory
        self._task: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="desk-follower")

    @property
    def is_running(self) -> bool:
        """Whether the log is being read."""
        return self._task is not None and not self._task.done()

    @contextmanager
    def reading(self) -> Iterator[asyncio.Event]:
        """An event that is set whenever the log has grown."""
        event = asyncio.Event()
        self._readers.add(event)
        if not self.is_running:
            self._task = asyncio.create_task(self._follow())
        try:
            yield event
        finally:
            self._readers.discard(event)
            if not self._readers and self._task is not None:
                self._task.cancel()
                self._task = None

    async def newest(self) -> int:
        """The highest id in the log now, from the database.

        Raises:
            DatabaseError: the ledger is away.
        """
        return await self.job(last_id)

    def since(self, cursor: int) -> tuple[list[Row], bool, int]:
        """Rows above the cursor, whether these are all, and where the cursor stands then."""
        rows = [row for row in self._rows if row[0] > cursor]
        return rows, cursor >= self._start, rows[-1][0] if rows else max(cursor, self._start)

    async def job[T](self, function: Callable[[], T]) -> T:
        """Runs a function of the ledger in the follower's thread, on a connection that it does not keep."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, _healthy, function)

    async def _follow(self) -> None:
        self._rows.clear()
        cursor: int | None = None
        while True:
            try:
                if cursor is None:
                    cursor = self._start = await self.newest()
                    self._wake()
                await self.job(UPKEEP.run_when_due)
                rows = await self.job(lambda after=cursor: touched_after(after))  # type: ignore[misc]
            except DatabaseError as error:
                log.warning("log not readable", error=type(error).__name__)
                rows = []
            if rows:
                cursor = rows[-1][0]
                self._keep(rows)
                self._wake()
            await asyncio.sleep(POLL_S)

    def _keep(self, rows: list[Row]) -> None:
        for row in rows:
            if len(self._rows) == KEPT_ROWS:
                self._start = self._rows[0][0]
            self._rows.append(row)

    def _wake(self) -> None:
        for event in self._readers:
            event.set()


async def wait(event: asyncio.Event, seconds: float) -> None:
    """Waits for the event, at most so long, and clears it."""
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
    event.clear()


def _healthy[T](function: Callable[[], T]) -> T:
    close_old_connections()
    try:
        return function()
    finally:
        close_old_connections()


FOLLOWER = Follower()
