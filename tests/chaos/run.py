"""One run of chaos over a running product: residents talk, operators work, programs die; then the books are compared."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import aiohttp

from tests.chaos.crowd import Crowd
from tests.chaos.operators import Operator
from tests.chaos.plan import Plan
from tests.chaos.trouble import Troubles
from tests.support.accountant import Account, audit, unsettled
from tests.support.books import Journal
from tests.support.sandbox_phone import SandboxPhone
from tests.support.stack import Stack

REST_S = 180.0  # the platform's last repetition comes 60 to 120 s after the first try
KILLED = ("gateway", "engine", "actions", "newsroom")
OPERATORS = ("truc_ban", "truong_ca")


def run_plan(stack: Stack, plan: Plan, say: Callable[[str], None]) -> Account:
    """The account of a run. ``connect_ledger`` comes first, once per process."""
    crowd, operators = asyncio.run(_play(stack, plan, say))
    phones = [SandboxPhone(stack.sandbox, "", user_id) for user_id in crowd.user_ids]
    begin = time.monotonic()
    _rest(stack, phones)
    say(f"at rest after {time.monotonic() - begin:.0f} s")
    return audit(stack, phones, [reply for operator in operators for reply in operator.accepted])


async def _play(stack: Stack, plan: Plan, say: Callable[[str], None]) -> tuple[Crowd, list[Operator]]:
    stop = asyncio.Event()
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(60)) as session:
        crowd = Crowd(session, stack.sandbox)
        await crowd.arrive(plan)
        operators = [_operator(stack, name, plan.seed) for name in OPERATORS]
        async with asyncio.TaskGroup() as group:
            for operator in operators:
                group.create_task(operator.work(stop))
            await asyncio.gather(crowd.talk(plan), Troubles(stack, say).run(plan))
            stop.set()
    return crowd, operators


def _operator(stack: Stack, name: str, seed: int) -> Operator:
    accounts = json.loads((Path(stack.environment["VAR_DIR"]) / "demo_accounts.json").read_text("utf-8"))
    password = next(str(account["password"]) for account in accounts if account["username"] == name)
    return Operator(name, password, stack.newsroom, Random(f"{name} {seed}"))


def _rest(stack: Stack, phones: list[SandboxPhone]) -> None:
    """Waits until nothing is under way any more, neither on the platform nor here; what never ends the audit will name."""
    deadline, journal = time.monotonic() + REST_S, Journal(stack)
    while time.monotonic() < deadline:
        if not journal.pending() and not unsettled(phones):
            return
        time.sleep(0.5)
