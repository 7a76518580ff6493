"""Zalo's times on our clock, whichever of the two is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from connectors.channels.zalo.skew import SAMPLES, ZaloTime

NOW = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)
HOUR, MOMENT = timedelta(hours=1), timedelta(milliseconds=50)


def test_it_takes_zalos_time_for_ours_while_nothing_came() -> None:
    assert ZaloTime().ours(NOW) == NOW


def test_it_makes_up_for_a_clock_of_ours_that_is_an_hour_ahead() -> None:
    time = ZaloTime()
    time.note(NOW - HOUR - MOMENT, NOW)
    time.note(NOW - 3 * HOUR, NOW)  # one that Zalo repeated

    assert time.ours(NOW - HOUR) == NOW + MOMENT


def test_it_leaves_times_alone_when_our_clock_is_behind() -> None:
    time = ZaloTime()
    time.note(NOW + HOUR, NOW)

    assert time.ours(NOW + HOUR) == NOW + HOUR


def test_it_forgets_a_difference_that_is_over_and_never_believes_a_time_of_another_age() -> None:
    time = ZaloTime()
    for _ in range(SAMPLES):
        time.note(NOW - MOMENT, NOW)
    for _ in range(SAMPLES):
        time.note(NOW - HOUR, NOW)
    time.note(datetime(2040, 1, 1, tzinfo=UTC), NOW)
    time.note(datetime(1970, 1, 21, tzinfo=UTC), NOW)

    assert time.ours(NOW - HOUR) == NOW
