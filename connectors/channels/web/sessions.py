"""Who is asking: the bearer token of a web-chat session, and how many messages a minute it may send."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from aiohttp import web

from connectors.core.errors import ApiError
from connectors.core.ledger import LedgerDoor
from contracts.clock import Clock
from ledger.web_sessions import KnownSession, session_of

_BUCKETS = 10_000  # remembered sessions; a forgotten one merely starts with a full bucket


class SessionCheck:
    """Finds the session of a request."""

    def __init__(self, ledger: LedgerDoor, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    async def __call__(self, request: web.Request) -> KnownSession:
        """The session.

        Raises:
            ApiError: 401 when the token is missing, wrong, expired, or its data was erased.
        """
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        known = None
        if scheme.lower() == "bearer" and 0 < len(token) <= 200:
            known = await self._ledger(session_of, token, self._clock.real_now())
        if known is None:
            raise ApiError(401, "no_session", "Phiên trò chuyện đã hết hạn. Bạn bắt đầu phiên mới giúp.")
        return known


class Pace:
    """A bucket of messages per session, refilled evenly over a minute. By session, never by address: a commune shares one."""

    def __init__(self, per_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._now = now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allow(self, session_id: str) -> bool:
        """Takes one message out of the session's bucket; False when it is empty."""
        now = self._now()
        level, at = self._buckets.pop(session_id, (float(self._per_minute), now))
        level = min(float(self._per_minute), level + (now - at) * self._per_minute / 60)
        allowed = level >= 1
        self._buckets[session_id] = (level - 1 if allowed else level, now)
        if len(self._buckets) > _BUCKETS:
            self._buckets.popitem(last=False)
        return allowed
