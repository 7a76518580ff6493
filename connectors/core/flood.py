"""A flood of webhooks: as long as it lasts, new work is begun slowly, so that whoever writes is acknowledged in time.

An acknowledgement costs the programs together a third of a millisecond, an answer twenty, and both want the same
processors. A provider sends again what was not acknowledged in its two seconds, which would make the flood worse.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

# Callers who share one commit: how busy the gateway is shows in how many came while the last one was made. At 1,000
# webhooks a second one commit in ten has more than 11, with 64 connections at full speed half of them over 20. 12 instead
# of 32 took a fifth off the slowest hundredth at 1,000 a second, and 7 % off the engine's work (medians of five runs).
CROWD = 12
LASTS_S = 0.05  # after the last commit with a crowd
PACE_S = 0.2
LOOK_AGAIN_S = 0.01


class Flood:
    """Told of each commit by who makes them, asked by who begins work."""

    def __init__(self, pace_s: float = PACE_S, now: Callable[[], float] = time.monotonic) -> None:
        self._pace_s = pace_s
        self._now = now
        self._until = 0.0
        self._line = asyncio.Lock()

    def note(self, callers: int) -> None:
        """So many waited for the commit that was just made."""
        if callers >= CROWD:
            self._until = self._now() + LASTS_S

    async def let_by(self) -> None:
        """Returns when there is no flood; in one, to one caller each ``pace_s``, in their order."""
        async with self._line:
            turn = self._now() + self._pace_s
            while self._now() < min(turn, self._until):  # noqa: ASYNC110 -- nothing tells that a flood is over
                await asyncio.sleep(LOOK_AGAIN_S)
