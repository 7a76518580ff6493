"""The door from asyncio to the ledger: Django's ORM runs in threads, each job with a healthy connection."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.db import InterfaceError, OperationalError, close_old_connections, connections

from ledger.router import ALIAS

CLOSE_PATIENCE_S = 30.0


class LedgerDoor:
    """Runs the ledger's functions in a small pool of threads.

    Every function that is called through it either changes nothing or can be repeated (external ids, the handled
    mark and leases make a second run harmless), so one failed for the connection's sake is tried once more.
    """

    def __init__(self, threads: int = 8) -> None:
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="ledger")

    async def __call__[**P, T](self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result.

        Raises:
            OperationalError, InterfaceError: the database is away, also at the second try.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, partial(_healthy, partial(function, *args, **kwargs)))

    def close(self) -> None:
        """Waits for the running jobs, then closes each thread's own connection."""
        together = threading.Barrier(self._threads)
        for _ in range(self._threads):
            self._pool.submit(_close_connections, together)
        self._pool.shutdown(wait=True)


def _close_connections(together: threading.Barrier) -> None:
    """The barrier makes every thread of the pool take exactly one of these jobs."""
    together.wait(CLOSE_PATIENCE_S)
    connections.close_all()


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
