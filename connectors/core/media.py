"""Fetches what residents send through a provider: in the background, at once, because the provider's addresses die soon.

An address comes from outside, so it is asked with care: only hosts of the list, no address of an inner network behind
their names, also after a redirect, no more bytes than allowed, and only what its first bytes show to be harmless.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import urljoin

import aiohttp
import structlog
from django.db import DatabaseError

from connectors.core.foreign_hosts import PublicResolver, is_allowed
from connectors.core.ledger import LedgerDoor
from connectors.core.metrics import GatewayMetrics
from contracts.clock import Clock
from ledger.media import MediaStore, RefusedFileError, name_of
from ledger.sent_files import Fetch, kept, name_file, next_fetch, put_off, refused

log = structlog.get_logger()
HANDS = 3  # files fetched at the same time
LOOK_EVERY_S = 1.0
TIMEOUT = aiohttp.ClientTimeout(total=60, sock_connect=5, sock_read=15)
REDIRECTS = 3
_REDIRECTED = frozenset({301, 302, 303, 307, 308})
PLAIN = {"Accept-Encoding": "identity"}  # what unpacks to gigabytes is not asked for
_CHUNK = 64 * 1024


class FetchError(Exception):
    """The file did not come; ``final``: no use in asking again. ``reason`` is a word for the operator's page and metrics."""

    def __init__(self, reason: str, *, final: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.final = final


class MediaFetcher:
    """Fetches and keeps. ``hosts``: names whose subdomains count as well, or ``address:port``, which may be an inner one."""

    def __init__(
        self,
        ledger: LedgerDoor,
        store: MediaStore,
        clock: Clock,
        metrics: GatewayMetrics,
        hosts: Sequence[str],
        max_bytes: int,
    ) -> None:
        self._ledger = ledger
        self._store = store
        self._clock = clock
        self._metrics = metrics
        self._hosts = hosts
        self._max_bytes = max_bytes
        self._free = asyncio.Semaphore(HANDS)

    async def run(self) -> None:
        """Works until cancelled; what it was at then is fetched by the next one."""
        connector = aiohttp.TCPConnector(resolver=PublicResolver(), use_dns_cache=False)
        async with (
            aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session,
            asyncio.TaskGroup() as hands,
        ):
            while True:
                await self._free.acquire()
                fetch = await self._next()
                if fetch is None:
                    self._free.release()
                    await asyncio.sleep(LOOK_EVERY_S)
                    continue
                hands.create_task(self._fetch(session, fetch))

    async def _next(self) -> Fetch | None:
        try:
            return await self._ledger(next_fetch, self._clock.real_now())
        except DatabaseError as error:
            log.debug("files wait", error=type(error).__name__)
            return None

    async def _fetch(self, session: aiohttp.ClientSession, fetch: Fetch) -> None:
        """The outermost loop of one file: whatever happens in it must not touch the others; the lease brings it back."""
        try:
            await self._one(session, fetch)
        except Exception:  # outermost loop
            log.exception("file failed", file=fetch.id)
        finally:
            self._free.release()

    async def _one(self, session: aiohttp.ClientSession, fetch: Fetch) -> None:
        try:
            content = await self._load(session, fetch.url)
            outcome = await self._keep(fetch, content)
        except FetchError as error:
            outcome = error.reason
            if error.final:
                await self._ledger(refused, fetch.id, error.reason)
            elif await self._ledger(put_off, fetch, error.reason, self._clock.real_now()):
                outcome = "put_off"
            log.warning("file not fetched", file=fetch.id, reason=error.reason, outcome=outcome)
        self._metrics.files.labels(fetch.kind, outcome).inc()

    async def _keep(self, fetch: Fetch, content: bytes) -> str:
        try:
            name = name_of(fetch.conversation_id, content)
        except RefusedFileError as error:
            raise FetchError("type", final=True) from error
        if not await self._ledger(name_file, fetch.id, name, len(content)):
            return "erased"
        try:
            await asyncio.to_thread(self._store.write, name, content)
        except OSError as error:
            raise FetchError("disk", final=False) from error
        if await self._ledger(kept, fetch.id):
            return "kept"
        await asyncio.to_thread(self._store.remove, [name])
        return "erased"

    async def _load(self, session: aiohttp.ClientSession, url: str) -> bytes:
        """The file's bytes; redirects are followed by hand, so that each stop is checked."""
        for _ in range(REDIRECTS + 1):
            if not is_allowed(url, self._hosts):
                raise FetchError("host", final=True)
            try:
                async with session.get(url, timeout=TIMEOUT, headers=PLAIN, allow_redirects=False) as response:
                    if response.status not in _REDIRECTED:
                        return await self._read(response)
                    url = urljoin(url, response.headers.get("Location", ""))
            except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
                raise FetchError("unreachable", final=False) from error
        raise FetchError("redirects", final=True)

    async def _read(self, response: aiohttp.ClientResponse) -> bytes:
        if response.status != 200:
            raise FetchError("gone" if response.status in {403, 404, 410} else "unreachable", final=False)
        if (response.content_length or 0) > self._max_bytes:
            raise FetchError("size", final=True)
        content = bytearray()
        async for chunk in response.content.iter_chunked(_CHUNK):
            content += chunk
            if len(content) > self._max_bytes:
                raise FetchError("size", final=True)
        return bytes(content)
