"""Who is asking: the bearer token of a web-chat session, and how many messages a minute it may send."""

from __future__ import annotations

import time
from collections.abc import Callable
from ipaddress import IPv6Address, IPv6Network, ip_address

from aiohttp import web

from connectors.core.errors import ApiError
from connectors.core.ledger import LedgerDoor
from connectors.core.pace import Pace
from contracts.clock import Clock
from ledger.web_sessions import KnownSession, session_of

CROWD = 20  # as many sessions may use one address at full speed
NOW_AND_THEN = 5  # messages within a minute of somebody who does not write fast


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


class WebPace:
    """Who may send how fast. A whole commune may share one address, so an address alone never locks anybody out: when it
    is used hard, whoever asks now and then goes on, and only those who write fast have to wait."""

    def __init__(self, sessions: Pace, now: Callable[[], float] = time.monotonic) -> None:
        self._sessions = sessions
        self._addresses = Pace(sessions.per_minute * CROWD, now)

    def may_send(self, session_id: str, address: str) -> bool:
        """Takes one message out of the session's bucket, and of the address's where that is known."""
        crowded = bool(address) and not self._addresses.allow(address)
        unhurried = max(0, self._sessions.per_minute - NOW_AND_THEN)
        return self._sessions.allow(f"web:{session_id}", reserve=unhurried if crowded else 0)

    def may_open(self, address: str) -> bool:
        """Whether the address may open another session now; its share comes back within seconds."""
        return not address or self._addresses.allow(address)


def address_of(request: web.Request, behind_proxy: bool) -> str:
    """The resident's address; of IPv6 the network, for a home has a whole one. Empty when it is not known: behind a proxy
    that does not tell it, everybody has the proxy's."""
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() if behind_proxy else request.remote
    try:
        address = ip_address(told or "")
    except ValueError:
        return ""
    if address.is_loopback:
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(IPv6Network((address, 64), strict=False))
    return str(address)
