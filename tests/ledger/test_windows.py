"""Free for 48 hours after the resident's last act, charged until the seventh day, then closed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ledger.windows import Standing, Window, window_of

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("silence", "window", "left"),
    [
        (timedelta(0), Window.FREE, 48 * HOUR),
        (48 * HOUR, Window.FREE, timedelta(0)),
        (48 * HOUR + timedelta(seconds=1), Window.CHARGED, 120 * HOUR - timedelta(seconds=1)),
        (168 * HOUR, Window.CHARGED, timedelta(0)),
        (168 * HOUR + timedelta(seconds=1), Window.CLOSED, None),
    ],
)
def test_it_follows_the_silence(now: datetime, silence: timedelta, window: Window, left: timedelta | None) -> None:
    until = None if left is None else now + left
    assert window_of("zalo", now - silence, now) == Standing(window=window, until=until)


def test_it_is_open_for_ever_elsewhere_and_for_who_was_never_seen(now: datetime) -> None:
    free = Standing(window=Window.FREE, until=None)
    assert window_of("web", now - 1000 * HOUR, now) == free
    assert window_of("zalo", None, now) == free
