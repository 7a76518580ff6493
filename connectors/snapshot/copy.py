"""Keeps the gateway's copy of the content snapshot fresh: polled every two seconds, kept on disk for the next start."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import structlog

from contracts.clock import Clock
from contracts.snapshot import POLL_SECONDS, Snapshot, SnapshotCopy, SnapshotError, snapshot_from_json

log = structlog.get_logger()
_TIMEOUT = aiohttp.ClientTimeout(total=10)


class SnapshotPoller:
    """Refreshes a ``SnapshotCopy``; goes on with the last one while the newsroom is away."""

    def __init__(self, copy: SnapshotCopy, url: str, token: str, clock: Clock) -> None:
        self.copy = copy
        self.reachable = False
        self._stored = True
        self._url = f"{url}/api/v1/snapshot"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._clock = clock

    async def run(self) -> None:
        """Polls until cancelled."""
        async with aiohttp.ClientSession(timeout=_TIMEOUT, headers=self._headers) as session:
            while True:
                await self._try(session)
                await asyncio.sleep(POLL_SECONDS)

    async def _try(self, session: aiohttp.ClientSession) -> None:
        was_reachable, self.reachable = self.reachable, False
        try:
            self.reachable = await self._refresh(session)
        except (aiohttp.ClientError, TimeoutError, json.JSONDecodeError, UnicodeDecodeError, SnapshotError) as error:
            if was_reachable:
                log.warning("snapshot not refreshed", error=type(error).__name__)

    async def _refresh(self, session: aiohttp.ClientSession) -> bool:
        snapshot = self.copy.snapshot
        headers = {} if snapshot is None else {"If-None-Match": f'"{snapshot.etag}"'}
        async with session.get(self._url, headers=headers) as response:
            if response.status == 304 and snapshot is not None:
                self._take(snapshot)
                return True
            if response.status != 200:
                log.warning("snapshot refused", status=response.status)
                return False
            new = snapshot_from_json(json.loads(await response.read()))
        self._take(new)
        log.info("snapshot replaced", etag=new.etag, releases=len(new.releases))
        return True

    def _take(self, snapshot: Snapshot) -> None:
        """What the newsroom says counts at once, a retraction above all, also while the disk has no room to keep it."""
        now = self._clock.content_now()
        if self._stored and snapshot is self.copy.snapshot:
            self.copy.confirm(now)
            return
        try:
            self.copy.replace(snapshot, now)
        except OSError as error:
            self._stored = False
            log.error("snapshot not stored", file=str(self.copy.path), reason=error.strerror)
        else:
            self._stored = True
