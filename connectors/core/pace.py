"""How fast somebody may send: a bucket of messages that refills evenly over a minute."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

_BUCKETS = 10_000  # remembered ones; a forgotten one merely is full again


class Pace:
    """A bucket for each of many keys, in this process's memory: with several gateways each gives its own."""

    def __init__(self, per_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._now = now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allow(self, key: str, reserve: float = 0.0) -> bool:
        """Takes one message out of the key's bucket; False when that would leave less than ``reserve``."""
        now = self._now()
        level, at = self._buckets.pop(key, (float(self.per_minute), now))
        level = min(float(self.per_minute), level + (now - at) * self.per_minute / 60)
        allowed = level - 1 >= reserve
        self._buckets[key] = (level - 1 if allowed else level, now)
        if len(self._buckets) > _BUCKETS:
            self._buckets.popitem(last=False)
        return allowed
