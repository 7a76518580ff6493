"""Keeps an OA's token pair alive. A refresh token works once: losing it means that a person has to connect the OA anew.

So there is one refresher at a time over all processes (a lease in the ledger, longer than the request), both tokens
are stored before either is used, and a refresh once begun is finished even when its caller is gone.
"""

from __future__ import annotations

import asyncio
import uuid
from datetime import datetime, timedelta
from functools import lru_cache

import structlog
from django.db import DatabaseError

from connectors.channels.zalo.oauth import OAuthClient, OAuthError, TokenPair
from connectors.channels.zalo.sealing import Sealer, SealError
from connectors.core.ledger import LedgerDoor
from connectors.core.metrics import GatewayMetrics
from connectors.core.sending import SendError
from contracts.clock import Clock
from ledger.credentials import SealedPair, StoredPair, give_up_lease, lease_refresh, mark_trouble, read_pair, store_pair

log = structlog.get_logger()
CHANNEL = "zalo"
LEASE = timedelta(seconds=60)  # two requests of 15 s and the store
FRESH_SHARE = 0.8
WAIT_FOR_OTHER_S = 40.0
ASK_AGAIN_S = 0.2
STORE_TRIES = 10
OPENED = 16  # tokens that are kept open: each message that goes out needs one
PATIENCE = timedelta(seconds=30)  # after a refresh that failed, while the old token still works


class TokenKeeper:
    """Gives out access tokens; one per process, for all OAs."""

    def __init__(
        self, ledger: LedgerDoor, oauth: OAuthClient, sealer: Sealer, clock: Clock, metrics: GatewayMetrics
    ) -> None:
        self._worker = uuid.uuid4().hex
        self._ledger = ledger
        self._oauth = oauth
        self._sealer = sealer
        self._opened = lru_cache(OPENED)(sealer.open)
        self._clock = clock
        self._metrics = metrics
        self._refreshing: dict[str, asyncio.Task[str]] = {}
        self._patience: dict[str, datetime] = {}

    async def token(self, account: str) -> str:
        """An access token that should work.

        Raises:
            SendError: the OA is not connected (any more), or a refresh that is needed now did not succeed yet.
        """
        stored = await self._stored(account)
        if not stored.trouble and self._stale(stored.pair):
            return await self._fresher(account, stored)
        return self._open(account, stored.pair.access)

    async def renewed(self, account: str, refused: str) -> str:
        """Another token than the one that Zalo refused: the stored one when somebody refreshed, else a new one.

        Raises:
            SendError: as ``token``.
        """
        stored = await self._stored(account)
        present = self._open(account, stored.pair.access)
        return present if present != refused else await self._refresh(account, stored)

    async def connect(self, account: str, pair: TokenPair) -> None:
        """Stores the first pair of a new consent."""
        await self._store(account, pair)
        log.info("oa connected", oa=account)

    async def close(self) -> None:
        """Lets refreshes under way end: a reply that is not stored is a lost refresh token."""
        await asyncio.gather(*self._refreshing.values(), return_exceptions=True)

    async def _fresher(self, account: str, stored: StoredPair) -> str:
        """A new token before the old one runs out; the old one while that does not work."""
        now = self._clock.real_now()
        if now < min(stored.pair.expires_at, self._patience.get(account, now)):
            return self._open(account, stored.pair.access)
        try:
            return await self._refresh(account, stored)
        except SendError:
            if stored.pair.expires_at <= self._clock.real_now():
                raise
            return self._open(account, stored.pair.access)

    async def _refresh(self, account: str, seen: StoredPair) -> str:
        if seen.trouble:
            raise SendError(f"OA is not connected: {seen.trouble}", retry_after=60.0)
        task = self._refreshing.get(account)
        if task is None:
            task = asyncio.create_task(self._refresh_once(account, seen))
            self._refreshing[account] = task
            task.add_done_callback(lambda done: self._refreshed(account, done))
        return await asyncio.shield(task)

    def _refreshed(self, account: str, task: asyncio.Task[str]) -> None:
        self._refreshing.pop(account, None)
        if task.cancelled() or task.exception() is not None:
            self._patience[account] = self._clock.real_now() + PATIENCE

    async def _refresh_once(self, account: str, seen: StoredPair) -> str:
        """Under the lease, which is bound to the version seen: whoever gets it knows that nobody refreshed since."""
        waited = 0.0
        while waited < WAIT_FOR_OTHER_S:
            now = self._clock.real_now()
            if await self._ledger(lease_refresh, CHANNEL, account, seen.version, self._worker, now + LEASE, now):
                return await self._exchange(account, seen)
            stored = await self._stored(account)
            if stored.version != seen.version:
                return self._open(account, stored.pair.access)
            if stored.trouble:
                raise SendError(f"OA is not connected: {stored.trouble}", retry_after=60.0)
            await asyncio.sleep(ASK_AGAIN_S)
            waited += ASK_AGAIN_S
        raise SendError("token refresh under way elsewhere", retry_after=5.0)

    async def _exchange(self, account: str, seen: StoredPair) -> str:
        old = self._open(account, seen.pair.refresh)
        try:
            try:
                pair = await self._oauth.refresh(old)
            except OAuthError as error:
                if not error.arrived:
                    raise
                # If the first call never arrived, this one works; if it did, Zalo says that the token is used up.
                log.warning("token refresh uncertain, once more", oa=account, reason=error.reason)
                pair = await self._oauth.refresh(old)
        except OAuthError as error:
            raise await self._refused(account, seen, error) from error
        await self._store(account, pair)
        log.info("tokens refreshed", oa=account)
        return pair.access

    async def _refused(self, account: str, seen: StoredPair, error: OAuthError) -> SendError:
        if not error.final:
            await self._ledger(give_up_lease, CHANNEL, account, self._worker)
            return SendError(f"token refresh: {error.reason}", retry_after=15.0)
        await self._ledger(mark_trouble, CHANNEL, account, seen.version, error.reason)
        self._alert(account, "refresh refused", error.reason)
        return SendError(f"OA is not connected: {error.reason}", retry_after=60.0)

    async def _store(self, account: str, pair: TokenPair) -> None:
        """Both tokens in one commit, before use. A database that is away is asked again: the pair exists only here."""
        now = self._clock.real_now()
        sealed = SealedPair(
            access=self._sealer.seal(pair.access),
            refresh=self._sealer.seal(pair.refresh),
            issued_at=now,
            expires_at=now + timedelta(seconds=pair.life_s),
        )
        for tries_left in reversed(range(STORE_TRIES)):
            try:
                await self._ledger(store_pair, CHANNEL, account, sealed)
                return
            except DatabaseError:
                if tries_left == 0:
                    self._alert(account, "tokens not stored", "the database is away")
                    raise
                await asyncio.sleep(1.0)

    async def _stored(self, account: str) -> StoredPair:
        stored = await self._ledger(read_pair, CHANNEL, account)
        if stored is None:
            raise SendError("OA was never connected", retry_after=60.0)
        return stored

    def _stale(self, pair: SealedPair) -> bool:
        return self._clock.real_now() >= _refresh_at(pair)

    def _open(self, account: str, sealed: str) -> str:
        try:
            return self._opened(sealed)
        except SealError as error:
            self._alert(account, "tokens do not open", "ZALO_TOKEN_KEY")
            raise SendError("tokens do not open with ZALO_TOKEN_KEY", retry_after=60.0) from error

    def _alert(self, account: str, what: str, reason: str) -> None:
        self._metrics.channel_alerts.labels(CHANNEL, what).inc()
        log.error(
            what, oa=account, reason=reason, action="newsroom, /desk/ket-noi/: make a link for an admin of the OA"
        )


def _refresh_at(pair: SealedPair) -> datetime:
    return pair.issued_at + (pair.expires_at - pair.issued_at) * FRESH_SHARE
