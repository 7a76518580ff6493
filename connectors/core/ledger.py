"""The door from asyncio to the ledger: Django's ORM runs in threads, each job with a healthy connection.

SQLite has one writer at a time, and who waits for it sleeps and polls, so threads of one process would only hold each
other up: there one thread does everything, and what somebody waits for at the other end of a request goes first.
PostgreSQL gets several threads.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from itertools import count
from queue import PriorityQueue

from django.db import InterfaceError, OperationalError, close_old_connections, connections

from ledger.router import ALIAS

URGENT, USUAL, LAST = range(3)
POSTGRESQL_THREADS = 8


class LedgerDoor:
    """Runs the ledger's functions in its threads, urgent ones first, otherwise in their order.

    Every function that is called through it either changes nothing or can be repeated (external ids, the handled
    mark and leases make a second run harmless), so one failed for the connection's sake is tried once more.
    """

    def __init__(self, threads: int | None = None) -> None:
        usual = 1 if connections[ALIAS].vendor == "sqlite" else POSTGRESQL_THREADS
        self._numbers = count()
        self._jobs: PriorityQueue[tuple[int, int, Callable[[], None] | None]] = PriorityQueue()
        names = [f"ledger-{number}" for number in range(threads or usual)]
        self._threads = [threading.Thread(target=self._work, name=name, daemon=True) for name in names]
        for thread in self._threads:
            thread.start()

    async def __call__[**P, T](self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result.

        Raises:
            OperationalError, InterfaceError: the database is away, also at the second try.
        """
        return await self._run(USUAL, partial(function, *args, **kwargs))

    async def urgent[**P, T](self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same, before everything that is not urgent."""
        return await self._run(URGENT, partial(function, *args, **kwargs))

    def close(self) -> None:
        """Waits for the jobs that were given in, then closes each thread's own connection."""
        for _ in self._threads:
            self._put(LAST, None)
        for thread in self._threads:
            thread.join()

    async def _run[T](self, rank: int, function: Callable[[], T]) -> T:
        future: Future[T] = Future()
        self._put(rank, partial(_settle, future, function))
        return await asyncio.wrap_future(future)

    def _put(self, rank: int, job: Callable[[], None] | None) -> None:
        self._jobs.put((rank, next(self._numbers), job))

    def _work(self) -> None:
        while True:
            _, _, job = self._jobs.get()
            if job is None:
                connections.close_all()
                return
            job()


def _settle[T](future: Future[T], function: Callable[[], T]) -> None:
    """Runs a job into its future; whoever awaits it gets its exception."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(_healthy(function))
    except BaseException as error:  # noqa: BLE001 -- handed over to the caller, as an executor does
        future.set_exception(error)


def _healthy[T](job: Callable[[], T]) -> T:
    close_old_connections()
    try:
        try:
            return job()
        except (OperationalError, InterfaceError):
            connections[ALIAS].close()
            return job()
    finally:
        close_old_connections()
