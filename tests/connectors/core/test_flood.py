"""In a flood of webhooks new work is begun slowly, and all that waits as soon as it is over."""

from __future__ import annotations

import asyncio

import pytest

from connectors.core import flood as module
from connectors.core.flood import CROWD, LASTS_S, Flood


class Time:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    monkeypatch.setattr(module, "LOOK_AGAIN_S", 0)
    return Time()


async def _begun(flood: Flood, begun: list[str], name: str) -> None:
    await flood.let_by()
    begun.append(name)


async def _rest() -> None:
    """Lets every task go as far as it can."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_it_lets_everybody_by_when_few_share_a_commit(time: Time) -> None:
    flood = Flood(pace_s=1, now=time)
    flood.note(CROWD - 1)

    for _ in range(3):
        async with asyncio.timeout(5):
            await flood.let_by()


async def test_it_lets_one_by_at_a_time_in_their_order_as_long_as_a_flood_lasts(time: Time) -> None:
    flood, begun = Flood(pace_s=1, now=time), list[str]()
    flood.note(CROWD)
    tasks = [asyncio.create_task(_begun(flood, begun, name)) for name in "abc"]
    seen = []
    for _ in range(3):
        await _rest()
        seen.append("".join(begun))
        time.now += 1
        flood.note(CROWD)
    await _rest()

    assert [*seen, "".join(begun)] == ["", "a", "ab", "abc"]
    await asyncio.gather(*tasks)


async def test_it_lets_all_by_at_once_when_the_flood_is_over(time: Time) -> None:
    flood, begun = Flood(pace_s=1, now=time), list[str]()
    flood.note(CROWD)
    tasks = [asyncio.create_task(_begun(flood, begun, name)) for name in "abc"]
    await _rest()
    before = list(begun)
    time.now += LASTS_S
    await asyncio.gather(*tasks)

    assert (before, begun) == ([], ["a", "b", "c"])


async def test_it_goes_on_with_the_next_when_one_who_waits_is_cancelled(time: Time) -> None:
    flood, begun = Flood(pace_s=1, now=time), list[str]()
    flood.note(CROWD)
    first, second = (asyncio.create_task(_begun(flood, begun, name)) for name in "ab")
    await _rest()
    first.cancel()
    await _rest()
    time.now += LASTS_S
    await second

    assert begun == ["b"]
