"""The limit of API calls per calendar minute (sheet §7)."""

from __future__ import annotations

from sandbox.clock import SandboxClock


class RateLimit:
    """Counts within the current calendar minute of the sandbox's clock."""

    def __init__(self, clock: SandboxClock, per_minute: int) -> None:
        self._clock = clock
        self.per_minute = per_minute
        self._minute = 0
        self._used = 0

    def take(self) -> bool:
        """Counts one call; false when it is one too many."""
        self._roll()
        if self._used >= self.per_minute:
            return False
        self._used += 1
        return True

    def headers(self) -> dict[str, str]:
        """The headers of every answer."""
        self._roll()
        remain = max(0, self.per_minute - self._used)
        return {"X-RateLimit-Limit": str(self.per_minute), "X-RateLimit-Remain": str(remain)}

    def _roll(self) -> None:
        minute = self._clock.now_ms() // 60_000
        if minute != self._minute:
            self._minute, self._used = minute, 0
