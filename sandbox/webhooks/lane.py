"""One resident's events: first attempts go one after the other, unless an event is held back on purpose."""

from __future__ import annotations

import asyncio

from sandbox.clock import SandboxClock


class Hold:
    """An event that lets the next one pass, but waits no longer than ``longest_ms`` for one to come."""

    def __init__(self, longest_ms: int) -> None:
        self.longest_ms = longest_ms
        self.passed = asyncio.Event()
        self.gone = asyncio.Event()

    async def let_go(self) -> None:
        """Called by the event that has passed: returns when the held one has gone out behind it."""
        self.passed.set()
        await self.gone.wait()


class Lane:
    """``turn`` is taken for the first attempt of an event; waiting for it is in the order of asking."""

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self._held: Hold | None = None

    def hold(self, longest_ms: int) -> Hold:
        """A place behind the next event."""
        self._held = Hold(longest_ms)
        return self._held

    def overtake(self) -> Hold | None:
        """The held event, if there is one; whoever asks passes it and must let it go."""
        held, self._held = self._held, None
        return held

    async def wait_passed(self, hold: Hold, clock: SandboxClock) -> bool:
        """True when another event has passed; false when none came in time, and from then on none will."""
        passed = asyncio.ensure_future(hold.passed.wait())
        tired = asyncio.ensure_future(clock.wait_until(clock.now_ms() + hold.longest_ms))
        try:
            await asyncio.wait({passed, tired}, return_when=asyncio.FIRST_COMPLETED)
            if self._held is hold:
                self._held = None
                return False
            await passed
            return True
        finally:
            passed.cancel()
            tired.cancel()
