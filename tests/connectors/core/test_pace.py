"""Buckets that refill over a minute."""

from __future__ import annotations

from connectors.core import pace as module
from connectors.core.pace import Pace


class _Time:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_lets_a_minutes_worth_through_at_once_and_then_evenly() -> None:
    time = _Time()
    pace = Pace(6, time)

    assert [pace.allow("a") for _ in range(8)] == [True] * 6 + [False] * 2
    time.now = 10.0
    assert [pace.allow("a") for _ in range(2)] == [True, False]
    time.now = 10_000.0
    assert [pace.allow("a") for _ in range(8)] == [True] * 6 + [False] * 2


def test_one_who_floods_takes_nothing_from_another() -> None:
    pace = Pace(3, _Time())
    for _ in range(50):
        pace.allow("a")

    assert pace.allow("b")


def test_it_keeps_a_reserve_when_asked() -> None:
    pace = Pace(6, _Time())

    assert [pace.allow("a", reserve=4) for _ in range(3)] == [True, True, False]
    assert pace.allow("a")


def test_it_forgets_the_oldest_of_too_many() -> None:
    pace = Pace(1, _Time())
    for number in range(module._BUCKETS + 1):
        pace.allow(str(number))

    assert pace.allow("0")
    assert not pace.allow(str(module._BUCKETS))
