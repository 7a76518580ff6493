"""The door from asyncio to the ledger: Django's ORM runs in threads, each job with a healthy connection.

SQLite has one writer at a time, and who waits for it sleeps and polls, so threads of one process would only hold each
other up: there one thread does everything, what somebody waits for at the other end of a request goes first, and jobs
that wait together share a transaction, for each commit has to reach the disk. PostgreSQL gets several threads.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import partial
from itertools import count
from queue import Empty, PriorityQueue
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections, connections, transaction

from ledger.router import ALIAS

URGENT, USUAL, LAST = range(3)
POSTGRESQL_THREADS = 8
GROUP_S = 0.004  # how long a shared transaction takes in jobs: SQLite's only write lock is the desk's as well
URGENT_S = 0.001  # the same from the moment when an urgent job is in it, whose caller waits for the commit
# Each SQL statement gives the interpreter's lock away and has to get it back from the event loop. Python lets the loop
# keep it for 5 ms; with a dozen statements in a job that alone would be more than a webhook may take.
SWITCH_S = 0.0005
# How long other jobs stand back while somebody waits for an urgent one. It is less the disk than the interpreter that
# they fight over: at 200 webhooks a second the slowest hundredth took 23-37 ms instead of 47-66 (three runs each), and as
# many turns were answered. They look again every few milliseconds; woken by the urgent one's end they would all come in the way of its answer.
STAND_BACK_S = 0.1
LOOK_AGAIN_S = 0.004

type Job = tuple[Future[Any], Callable[[], Any]]


class LedgerDoor:
    """Runs the ledger's functions in its threads, urgent ones first, otherwise in their order.

    Every function that is called through it either changes nothing or can be repeated (external ids, the handled
    mark and leases make a second run harmless), so one failed for the connection's sake is tried once more. It writes
    in one statement or inside one ``atomic`` block, so that a failure leaves nothing of it.
    """

    def __init__(self, threads: int | None = None, stand_back_s: float = STAND_BACK_S) -> None:
        sys.setswitchinterval(SWITCH_S)
        self._grouping = connections[ALIAS].vendor == "sqlite"
        self._numbers = count()
        self._jobs: PriorityQueue[tuple[int, int, Job | None]] = PriorityQueue()
        self._pressing = 0
        self._stand_back_s = stand_back_s
        names = [f"ledger-{number}" for number in range(threads or (1 if self._grouping else POSTGRESQL_THREADS))]
        self._threads = [threading.Thread(target=self._work, name=name, daemon=True) for name in names]
        for thread in self._threads:
            thread.start()

    async def __call__[**P, T](self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result.

        Raises:
            OperationalError, InterfaceError: the database is away, also at the second try.
        """
        await self._stand_back()
        return await self._run(USUAL, partial(function, *args, **kwargs))

    async def urgent[**P, T](self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same, before everything that is not urgent."""
        self._pressing += 1
        try:
            return await self._run(URGENT, partial(function, *args, **kwargs))
        finally:
            self._pressing -= 1

    def close(self) -> None:
        """Waits for the jobs that were given in, then closes each thread's own connection."""
        for _ in self._threads:
            self._put(LAST, None)
        for thread in self._threads:
            thread.join()

    async def _stand_back(self) -> None:
        """Until nobody waits for an urgent job, for a while at most: a flood must not stop all other work."""
        end = time.monotonic() + self._stand_back_s
        while self._pressing and time.monotonic() < end:  # noqa: ASYNC110 -- see LOOK_AGAIN_S
            await asyncio.sleep(LOOK_AGAIN_S)

    async def _run[T](self, rank: int, function: Callable[[], T]) -> T:
        future: Future[T] = Future()
        self._put(rank, (future, function))
        return await asyncio.wrap_future(future)

    def _put(self, rank: int, job: Job | None) -> None:
        self._jobs.put((rank, next(self._numbers), job))

    def _work(self) -> None:
        while True:
            job = self._jobs.get()[2]
            if job is None:
                connections.close_all()
                return
            if not job[0].set_running_or_notify_cancel():
                continue
            done = [job]
            if not (self._grouping and not self._jobs.empty() and self._settle_together(done)):
                for future, function in done:
                    _settle(future, partial(_healthy, function))

    def _settle_together(self, done: list[Job]) -> bool:
        """Runs the one job in ``done`` and those that wait behind it in one transaction, each a savepoint of it, and tells
        their callers after the commit; puts into ``done`` what it took.

        False, with nothing written and nobody told, when the database refused anything: then each has to run alone.
        """
        close_old_connections()
        outcomes: list[Future[Any]] = []
        end = time.monotonic() + GROUP_S
        try:
            with transaction.atomic(using=ALIAS):
                for _, function in self._taken(done, end):
                    outcome: Future[Any] = Future()
                    outcomes.append(outcome)
                    _settle(outcome, function)
                    if isinstance(outcome.exception(), DatabaseError | InterfaceError):
                        transaction.set_rollback(True, using=ALIAS)
                        return False
        except (DatabaseError, InterfaceError):
            return False
        for outcome, (future, _) in zip(outcomes, done, strict=True):
            _settle(future, outcome.result)
        return True

    def _taken(self, done: list[Job], end: float) -> Iterator[Job]:
        """The job in ``done``, then what waits, which is put there too, until the time is over."""
        yield done[0]
        while time.monotonic() < end:
            try:
                item = self._jobs.get_nowait()
            except Empty:
                return
            if item[0] == URGENT:
                end = min(end, time.monotonic() + URGENT_S)
            if item[2] is None:
                self._jobs.put(item)
                return
            if item[2][0].set_running_or_notify_cancel():
                done.append(item[2])
                yield item[2]


def _settle[T](future: Future[T], function: Callable[[], T]) -> None:
    """Runs a job into its future; whoever awaits it gets its exception."""
    try:
        future.set_result(function())
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
