"""The door to the ledger: urgent jobs first, the rest in order, nothing lost at the end."""

from __future__ import annotations

import asyncio
import math
import threading

import pytest
from django.db import OperationalError

from connectors.core.ledger import LedgerDoor


async def test_it_does_urgent_jobs_first_and_the_others_in_order() -> None:
    door, gate, done = LedgerDoor(1), threading.Event(), list[str]()
    blocked = asyncio.create_task(door(gate.wait))
    await asyncio.sleep(0)
    usual = [asyncio.create_task(door(done.append, name)) for name in ("a", "b")]
    await asyncio.sleep(0)
    urgent = asyncio.create_task(door.urgent(done.append, "now"))
    await asyncio.sleep(0)

    gate.set()
    await asyncio.gather(blocked, urgent, *usual)
    door.close()

    assert done == ["now", "a", "b"]


async def test_it_holds_other_jobs_back_while_somebody_waits_for_an_urgent_one() -> None:
    door, gate, done = LedgerDoor(2, stand_back_s=math.inf), threading.Event(), list[str]()
    urgent = asyncio.create_task(door.urgent(lambda: gate.wait() and done.append("urgent")))
    await asyncio.sleep(0)
    usual = asyncio.create_task(door(done.append, "usual"))
    await asyncio.sleep(0)

    gate.set()
    await asyncio.gather(usual, urgent)
    door.close()

    assert done == ["urgent", "usual"]


async def test_it_does_other_jobs_in_spite_of_an_urgent_one_when_they_have_waited_long_enough() -> None:
    door, gate, done = LedgerDoor(2, stand_back_s=0), threading.Event(), list[str]()
    urgent = asyncio.create_task(door.urgent(lambda: gate.wait() and done.append("urgent")))
    await asyncio.sleep(0)

    await door(done.append, "usual")
    gate.set()
    await urgent
    door.close()

    assert done == ["usual", "urgent"]


async def test_it_hands_over_results_and_errors() -> None:
    door = LedgerDoor(2)

    assert await door(lambda: 7) == 7
    with pytest.raises(KeyError):
        await door({}.__getitem__, "missing")
    door.close()


async def test_it_tries_once_more_when_the_connection_broke() -> None:
    door, tries = LedgerDoor(1), list[int]()

    def broken_once() -> int:
        tries.append(len(tries))
        if len(tries) == 1:
            raise OperationalError("server closed the connection")
        return len(tries)

    assert await door(broken_once) == 2
    door.close()


async def test_it_skips_a_job_that_nobody_waits_for_any_more() -> None:
    door, gate, done = LedgerDoor(1), threading.Event(), list[str]()
    blocked = asyncio.create_task(door(gate.wait))
    await asyncio.sleep(0)
    given_up = asyncio.create_task(door(done.append, "late"))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.sleep(0)

    gate.set()
    await blocked
    door.close()

    assert done == []


async def test_it_finishes_what_was_given_in_before_it_closes() -> None:
    door, done = LedgerDoor(3), list[int]()
    jobs = [asyncio.create_task(door(done.append, number)) for number in range(20)]
    await asyncio.sleep(0)

    door.close()
    await asyncio.gather(*jobs)

    assert sorted(done) == list(range(20))
