"""Keeps the snapshot copy current: asks the newsroom every two seconds, and goes on with the last copy when it is away."""

from __future__ import annotations

import asyncio

import structlog
from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from contracts.clock import Clock
from contracts.snapshot import POLL_SECONDS, SnapshotCopy, snapshot_from_json

log = structlog.get_logger(__name__)

# The answer to a changed snapshot is some hundred kilobytes over loopback; who takes longer hangs.
REQUEST_TIMEOUT = ClientTimeout(total=10)


class NewsroomAnswerError(ClientError):
    """The newsroom answered with a status that is neither 200 nor 304."""


class SnapshotRefresher:
    """``trouble`` says why the last attempt failed, "" after one that worked."""

    def __init__(self, copy: SnapshotCopy, clock: Clock, url: str, token: str) -> None:
        self.trouble = "the newsroom was not asked yet"
        self._copy = copy
        self._clock = clock
        self._url = url
        self._authorization = {"Authorization": f"Bearer {token}"}
        self._etag = ""

    async def run(self) -> None:
        """Refreshes until cancelled."""
        async with ClientSession(timeout=REQUEST_TIMEOUT, headers=self._authorization) as session:
            while True:
                await self.refresh(session)
                await asyncio.sleep(POLL_SECONDS)

    async def refresh(self, session: ClientSession) -> None:
        """Asks once; any failure leaves the copy as it is and is kept in ``trouble``."""
        try:
            async with session.get(self._url, headers=self._condition()) as response:
                await self._take(response)
        except (ClientError, OSError, ValueError) as error:
            self._note(f"{type(error).__name__}: {error}"[:200])
        else:
            self._note("")

    def _condition(self) -> dict[str, str]:
        """Asks for a change only; after a start by the tag that the copy on disk holds."""
        if self._copy.snapshot is None:
            return {}
        own = self._copy.snapshot.etag.strip('"')
        return {"If-None-Match": self._etag or f'"{own}"'}

    async def _take(self, response: ClientResponse) -> None:
        if response.status == 304:
            self._copy.confirm(self._clock.content_now())
            return
        if response.status != 200:
            raise NewsroomAnswerError(f"{self._url} answered {response.status}; check NEWSROOM_URL and SNAPSHOT_TOKEN")
        # Off the loop: parsing and checking every fingerprint takes long enough to delay a turn.
        snapshot = await asyncio.to_thread(snapshot_from_json, await response.json())
        self._copy.replace(snapshot, self._clock.content_now())
        self._etag = response.headers.get("ETag", "")
        log.info("snapshot_taken", etag=snapshot.etag, releases=len(snapshot.releases))

    def _note(self, trouble: str) -> None:
        """Logs a change only: the newsroom may be away for hours."""
        if trouble and trouble != self.trouble:
            log.warning("snapshot_not_refreshed", reason=trouble)
        elif self.trouble and not trouble:
            log.info("newsroom_reached")
        self.trouble = trouble
