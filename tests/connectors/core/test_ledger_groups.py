"""Jobs that wait together share a commit, and none can spoil another's."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import OperationalError, connections

from connectors.core.ledger import LedgerDoor
from contracts.clock import VIETNAM
from ledger.conversations import find_or_open
from ledger.inbound import Received, RepeatedIdError, ResidentMessage, receive
from ledger.models import Entry
from ledger.router import ALIAS

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=VIETNAM)


async def _at_once(door: LedgerDoor, jobs: list[Callable[[], Any]]) -> list[Any]:
    """Results and errors of jobs that all wait when the thread becomes free."""
    gate = threading.Event()
    blocked = asyncio.create_task(door.urgent(gate.wait))
    await asyncio.sleep(0)
    tasks = [asyncio.create_task(door.urgent(job)) for job in jobs]
    await asyncio.sleep(0)
    gate.set()
    await blocked
    results = await asyncio.gather(*tasks, return_exceptions=True)
    door.close()
    return results


def _message(number: int, text: str = "hỏi") -> ResidentMessage:
    return ResidentMessage(external_id=f"m{number}", text=text)


async def test_it_keeps_the_others_when_one_of_a_group_is_refused() -> None:
    door = LedgerDoor(1)
    found = await door(find_or_open, "zalo", "group", NOW)
    messages = [_message(1), _message(2), _message(1, "khác"), _message(3)]

    results = await _at_once(door, [lambda m=m: receive(found.pk, m, None, NOW) for m in messages])

    assert [type(result) for result in results] == [Received, Received, RepeatedIdError, Received]
    assert await asyncio.to_thread(_stored, found.pk) == ["m1", "m2", "m3"]


async def test_it_does_each_alone_when_the_database_refuses_the_group() -> None:
    door, tries = LedgerDoor(1), list[int]()
    found = await door(find_or_open, "zalo", "alone", NOW)

    def broken_once() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError("disk I/O error")
        return len(tries)

    results = await _at_once(door, [lambda: receive(found.pk, _message(1), None, NOW), broken_once])

    assert (results[0].new, results[1]) == (True, 2)
    assert await asyncio.to_thread(_stored, found.pk) == ["m1"]


@pytest.mark.skipif(connections[ALIAS].vendor != "sqlite", reason="PostgreSQL commits side by side")
async def test_it_tells_nobody_before_the_commit() -> None:
    door, seen = LedgerDoor(1), list[bool]()
    result = await _at_once(door, [lambda: seen.append(connections[ALIAS].in_atomic_block)] * 3)

    assert (result, seen) == ([None] * 3, [True] * 3)


def _stored(conversation_id: str) -> list[str | None]:
    found = list(
        Entry.objects.filter(conversation=conversation_id).order_by("id").values_list("external_id", flat=True)
    )
    connections.close_all()
    return found
