"""The sandbox's time: the machine's, moved forward on request, so that windows and expiry can be tried at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from contracts.clock import VIETNAM, system_now


class SandboxClock:
    """``now`` is the source (the machine's clock); ``offset_s`` is how far ahead of it the sandbox lives."""

    def __init__(self, now: Callable[[], datetime] = system_now, offset_s: float = 0.0) -> None:
        self._now = now
        self.offset_s = offset_s
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """Aware, in Vietnamese time."""
        return self._now().astimezone(VIETNAM) + timedelta(seconds=self.offset_s)

    def now_ms(self) -> int:
        """Milliseconds since 1970, the unit of all Zalo timestamps."""
        return round(self.now().timestamp() * 1000)

    def set_offset(self, offset_s: float) -> None:
        """Moves the time and wakes everything that waits for a moment."""
        self.offset_s = offset_s
        self.wake()

    def wake(self) -> None:
        """Makes every waiter look at the time again."""
        self._moved.set()
        self._moved = asyncio.Event()

    async def wait_until(self, moment_ms: int) -> None:
        """Returns once the sandbox's time has reached the moment, by running or by being moved."""
        while (rest_ms := moment_ms - self.now_ms()) > 0:
            try:
                async with asyncio.timeout(rest_ms / 1000):
                    await self._moved.wait()
            except TimeoutError:
                continue
