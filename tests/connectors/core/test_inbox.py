"""Events between a provider's webhook and their effect: stored together, in each person's order, danger first."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest
from django.db import OperationalError

from connectors.core import inbox as module
from connectors.core.errors import NotReadyError
from connectors.core.flood import CROWD, Flood
from connectors.core.inbox import Inbox, InboxFullError
from connectors.core.ledger import LedgerDoor
from connectors.core.metrics import GatewayMetrics
from contracts.clock import Clock
from ledger import inbox as stored
from ledger.inbox import Arrival
from ledger.models import InboundEvent

CLOCK = Clock(offset=timedelta(0), demo=False)


def _arrival(key: str, lane: str = "1:2", urgent: bool = False) -> Arrival:
    return Arrival(channel="zalo", key=key, lane=lane, body=key, urgent=urgent)


@asynccontextmanager
async def _inbox(
    handler: Callable[[str], Awaitable[None]], running: bool = True, worker: str = "me", flood: Flood | None = None
) -> AsyncIterator[Inbox]:
    door = LedgerDoor(1)
    inbox = Inbox(worker, door, CLOCK, GatewayMetrics(), flood)
    inbox.serve("zalo", handler)
    task = asyncio.create_task(inbox.run()) if running else None
    yield inbox
    if task is not None:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await inbox.leave()
    door.close()


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.005)


async def test_it_works_on_each_persons_events_in_their_order_and_once() -> None:
    seen: list[str] = []

    async def note(body: str) -> None:
        await asyncio.sleep(0.001 * (len(seen) % 3))
        seen.append(body)

    async with _inbox(note) as inbox:
        events = [_arrival(f"{person}{number:02}", lane=person) for number in range(20) for person in "abc"]
        fresh = [await inbox.put(event) for event in events] + [await inbox.put(event) for event in events]
        await _until(lambda: len(seen) == 60)

    assert fresh == [True] * 60 + [False] * 60
    for person in "abc":
        assert [body for body in seen if body[0] == person] == [f"{person}{number:02}" for number in range(20)]


async def test_events_that_arrive_together_share_a_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    groups: list[int] = []
    put = stored.put

    def counted(worker: str, arrivals: list[Arrival], now: object) -> dict[str, int]:
        groups.append(len(arrivals))
        return put(worker, arrivals, now)  # type: ignore[arg-type] # handed through

    monkeypatch.setattr(stored, "put", counted)

    async def nothing(_body: str) -> None: ...

    async with _inbox(nothing) as inbox:
        assert all(await asyncio.gather(*(inbox.put(_arrival(f"k{number}")) for number in range(50))))

    assert sum(groups) == 50
    assert len(groups) <= 2


async def test_a_flood_of_one_person_does_not_delay_another_and_danger_goes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str] = []
    gate = asyncio.Event()

    async def note(body: str) -> None:
        seen.append(body)
        await gate.wait()

    monkeypatch.setattr(module, "HANDS", 1)
    async with _inbox(note) as inbox:
        for event in [*(_arrival(f"flood{number:02}", lane="flood") for number in range(30)), _arrival("calm", "b")]:
            await inbox.put(event)
        await inbox.put(_arrival("danger", lane="c", urgent=True))
        await _until(lambda: "danger" in seen)
        gate.set()
        await _until(lambda: len(seen) == 32)

    assert seen.index("danger") <= 1  # the first of the flood was in hand already
    assert seen.index("calm") <= 3


async def test_danger_does_not_wait_for_its_turn_in_a_flood() -> None:
    seen: list[str] = []

    async def note(body: str) -> None:
        seen.append(body)

    flood = Flood(pace_s=math.inf, now=lambda: 0.0)  # one that does not end
    async with _inbox(note, flood=flood) as inbox:
        await asyncio.gather(*(inbox.put(_arrival(f"{number}", lane=f"{number}")) for number in range(2 * CROWD)))
        for number in range(9):
            await inbox.put(_arrival(f"danger{number}", lane=f"in danger {number}", urgent=True))
        await _until(lambda: sum(body.startswith("danger") for body in seen) == 9)

    assert len(seen) <= 9 + module.HANDS  # each hand had begun one before the flood was noticed


async def test_a_broken_event_is_set_aside_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    async def note(body: str) -> None:
        seen.append(body)
        if body == "broken":
            raise ZeroDivisionError

    monkeypatch.setattr(module, "PAUSE_S", 0.01)
    async with _inbox(note) as inbox:
        await inbox.put(_arrival("broken"))
        await inbox.put(_arrival("whole"))
        await _until(lambda: "whole" in seen)

    assert seen == ["broken"] * stored.MAX_TRIES + ["whole"]
    left = await asyncio.to_thread(_left)
    assert left == [("broken", "ZeroDivisionError")]


@pytest.mark.parametrize("trouble", [NotReadyError(), OperationalError("away")])
async def test_it_tries_again_as_long_as_content_or_ledger_are_away(
    monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    seen: list[str] = []

    async def note(body: str) -> None:
        seen.append(body)
        if len(seen) < 10:
            raise trouble

    monkeypatch.setattr(module, "PAUSE_S", 0.001)
    async with _inbox(note) as inbox:
        await inbox.put(_arrival("k1"))
        await _until(lambda: len(seen) == 10)

    assert await asyncio.to_thread(_left) == []


async def test_it_takes_over_what_a_dead_gateway_left_before_what_came_later() -> None:
    seen: list[str] = []

    async def note(body: str) -> None:
        seen.append(body)

    def dead() -> None:
        stored.stay_alive("dead", CLOCK.real_now() - stored.LEASE + timedelta(seconds=0.3))
        stored.put("dead", [_arrival("before")], CLOCK.real_now())

    door = LedgerDoor(1)
    await door(dead)
    door.close()
    async with _inbox(note) as inbox:
        await inbox.put(_arrival("after"))
        await _until(lambda: len(seen) == 2)

    assert seen == ["before", "after"]


async def test_an_event_that_ends_every_gateway_is_set_aside_and_its_persons_next_goes_on() -> None:
    seen: list[str] = []

    async def note(body: str) -> None:
        seen.append(body)
        if body == "deadly":
            raise asyncio.CancelledError  # as far as the ledger can tell, the process is gone

    async with _inbox(note, running=False) as inbox:
        await inbox.put(_arrival("deadly"))
        await inbox.put(_arrival("harmless"))
    for number in range(1, stored.MAX_TRIES + 2):
        async with _inbox(note, worker=f"w{number}"):
            await _until(lambda: len(seen) == number)  # noqa: B023 -- awaited in this round

    assert seen == ["deadly"] * stored.MAX_TRIES + ["harmless"]


async def test_it_refuses_when_too_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(_body: str) -> None: ...

    monkeypatch.setattr(module, "MOST_WAITING", 2)
    async with _inbox(nothing, running=False) as inbox:
        await inbox.put(_arrival("k1"))
        await inbox.put(_arrival("k2"))
        with pytest.raises(InboxFullError):
            await inbox.put(_arrival("k3"))


def _left() -> list[tuple[str | None, str]]:
    from django.db import connections

    found = list(InboundEvent.objects.filter(body__isnull=False).values_list("body", "set_aside"))
    connections.close_all()
    return found
