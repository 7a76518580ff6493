"""How far our clock is ahead of Zalo's: their times are compared with ours, and either may be an hour off."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

SAMPLES = 50
BELIEVED = timedelta(days=1)  # no clock is that wrong; such a time is none


class ZaloTime:
    """Learns from events as they come: of the delays seen lately the shortest is mostly the clocks' difference."""

    def __init__(self) -> None:
        self._delays: deque[timedelta] = deque(maxlen=SAMPLES)

    def note(self, at: datetime, now: datetime) -> None:
        """An event of ``at`` (Zalo's clock) came at ``now`` (ours)."""
        if abs(now - at) < BELIEVED:
            self._delays.append(now - at)

    def ours(self, at: datetime) -> datetime:
        """A moment of Zalo's clock on ours. Only a clock of ours that is ahead is made up for: one that is behind makes
        Zalo's times look late, which never hides an echo of what we sent."""
        return at + max(min(self._delays, default=timedelta()), timedelta())
