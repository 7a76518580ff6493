"""What breaks during a run, and how it is mended."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from deploy.readiness import connect_zalo
from tests.chaos.plan import Plan, Trouble
from tests.support.sandbox_phone import call_sandbox
from tests.support.stack import Stack

CALM: dict[str, float] = {"probability": 0}


class Troubles:
    """Carries out a plan's troubles on a stack; the others go on meanwhile."""

    def __init__(self, stack: Stack, say: Callable[[str], None]) -> None:
        self._stack = stack
        self._say = say

    async def run(self, plan: Plan) -> None:
        """Ends when the last one is mended, the weather calm, every program ready and the account connected."""
        begin = asyncio.get_running_loop().time()
        await asyncio.gather(self._weather(plan, begin), self._one_after_the_other(plan, begin))
        await asyncio.to_thread(self._mend)

    async def _weather(self, plan: Plan, begin: float) -> None:
        for number, faults in enumerate(plan.weather):
            await _until(begin + number * 10)
            await asyncio.to_thread(call_sandbox, self._stack.sandbox, "PUT", "/faults", _seeded(plan, faults))
        await _until(begin + plan.seconds)

    async def _one_after_the_other(self, plan: Plan, begin: float) -> None:
        for trouble in plan.troubles:
            await _until(begin + trouble.at)
            self._say(f"{trouble.at:6.1f} s  {trouble.what} for {trouble.for_s:.1f} s")
            await self._cause(trouble)

    async def _cause(self, trouble: Trouble) -> None:
        if trouble.what == "token":
            # A new pair from the console: the gateway's tokens are dead, also the one to refresh with.
            await asyncio.to_thread(call_sandbox, self._stack.sandbox, "POST", "/tokens", {})
            await asyncio.sleep(trouble.for_s)
            await asyncio.to_thread(self._connect)
        elif trouble.what == "database":
            await asyncio.to_thread(self._cut_database, trouble.for_s)
        else:
            await asyncio.to_thread(self._stack.kill, trouble.what)
            await asyncio.sleep(trouble.for_s)
            self._stack.start(trouble.what)

    def _cut_database(self, for_s: float) -> None:
        """PostgreSQL: every connection is cut. SQLite has none that could be: somebody else holds its only lock."""
        import time

        url = self._stack.environment.get("LEDGER_DATABASE_URL", "")
        if url.startswith("postgresql"):
            end_connections(url)
            return
        with locked_ledger(self._stack):
            time.sleep(for_s)

    def _connect(self) -> None:
        """As an admin of the account does, until it works: programs may be dying at this time too."""
        for _ in range(10):
            problem = connect_zalo(self._stack.environment)
            if not problem:
                return
        raise AssertionError(problem)

    def _mend(self) -> None:
        call_sandbox(self._stack.sandbox, "PUT", "/faults", {"reset": True})
        self._stack.wait_ready()
        self._connect()


def end_connections(url: str) -> None:
    """Cuts all connections to a PostgreSQL database but the one that does it."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def locked_ledger(stack: Stack) -> AbstractContextManager[None]:
    """Nobody else can write to the ledger meanwhile."""
    url = stack.environment.get("LEDGER_DATABASE_URL", "")
    return _locked_table(url) if url.startswith("postgresql") else _locked_file(stack.environment["VAR_DIR"])


@contextmanager
def _locked_table(url: str) -> Iterator[None]:
    import psycopg

    with psycopg.connect(url) as connection:
        # One table only, which every job of the ledger needs: two would invite a deadlock with running jobs.
        connection.execute("LOCK TABLE ledger_conversation IN ACCESS EXCLUSIVE MODE")
        yield


@contextmanager
def _locked_file(var_dir: str) -> Iterator[None]:
    connection = sqlite3.connect(f"{var_dir}/ledger.sqlite3", isolation_level=None, timeout=30)
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")
    finally:
        connection.close()


async def _until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - asyncio.get_running_loop().time()))


def _seeded(plan: Plan, faults: dict[str, dict[str, float]]) -> dict[str, object]:
    return {"seed": plan.seed, "faults": faults}
