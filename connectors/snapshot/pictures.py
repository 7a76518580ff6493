"""Pictures of releases, kept on disk as soon as the snapshot names them, so that they are shown while the newsroom is away.

The newsroom gives a picture only when a release names it, and each is checked against its name, its own fingerprint. One
that no release in the snapshot names any more is still shown, for it stands in residents' conversations; but the newsroom
is asked again, and takes it away when the release was retracted.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import aiohttp
import structlog

from contracts.clock import Clock
from contracts.media import PICTURE_NAME, picture_of
from contracts.snapshot import POLL_SECONDS, Snapshot, SnapshotCopy

log = structlog.get_logger()
MAX_BYTES = 5_000_000  # the newsroom makes them smaller than Zalo's megabyte
ASKED_FOR_S = 5.0  # how long who asks for a picture waits for the newsroom
# How long for this gateway's snapshot: the actions' may be newer, and then an answer is faster than its picture.
BEHIND_S = POLL_SECONDS + 0.5
_LOOK_EVERY_S = 0.1
_TIMEOUT = aiohttp.ClientTimeout(total=10)


class PictureFolder:
    """The files. Calls touch the disk: run them in a thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, name: str) -> Path | None:
        """The file of a picture's name; None for anything else."""
        path = self._folder / name
        return path if PICTURE_NAME.fullmatch(name) and path.is_file() else None

    def names(self) -> set[str]:
        """Of all that are here."""
        if not self._folder.is_dir():
            return set()
        return {path.name for path in self._folder.iterdir() if PICTURE_NAME.fullmatch(path.name)}

    def keep(self, name: str, content: bytes) -> None:
        """Puts a picture under its name, whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = self._folder / f"{name}.{os.getpid()}.new"
        draft.write_bytes(content)
        os.replace(draft, self._folder / name)

    def remove(self, name: str) -> None:
        """Takes a picture away."""
        (self._folder / name).unlink(missing_ok=True)


def picture_folder(var_dir: Path) -> PictureFolder:
    """The gateway's own."""
    return PictureFolder(var_dir / "gateway" / "pictures")


class ReleasedPictures:
    """Brings the pictures that the snapshot names, and says which may be shown."""

    def __init__(
        self,
        copy: SnapshotCopy,
        folder: PictureFolder,
        session: aiohttp.ClientSession,
        url: str,
        token: str,
        clock: Clock,
    ) -> None:
        self._copy = copy
        self._folder = folder
        self._session = session
        self._url = f"{url}/api/v1/pictures/"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._clock = clock
        self._settled = ""
        self._lost: set[str] = set()
        self._bringing = asyncio.Lock()

    async def run(self) -> None:
        """Follows the snapshot until cancelled."""
        while True:
            snapshot = self._copy.snapshot
            if snapshot is not None and snapshot.etag != self._settled and await self._follow(snapshot):
                self._settled = snapshot.etag
            await asyncio.sleep(POLL_SECONDS)

    async def find(self, name: str) -> Path | None:
        """The file of a picture that may be shown now: named by a release that has begun, or was and was not retracted."""
        if PICTURE_NAME.fullmatch(name) is None:
            return None
        begins, found = _begins(self._copy.snapshot), await asyncio.to_thread(self._folder.find, name)
        if found is None and name not in begins:
            begins = await self._named_soon(name)
        if name in begins and begins[name] > self._clock.content_now():
            return None
        if found is None and name in begins and name not in self._lost:
            with suppress(TimeoutError, OSError):
                async with asyncio.timeout(ASKED_FOR_S):
                    await self._bring([name])
            found = await asyncio.to_thread(self._folder.find, name)
        return found

    async def _named_soon(self, name: str) -> dict[str, datetime]:
        """What the snapshot names as soon as it names this picture, or is as new as the actions' must be."""
        for _ in range(round(BEHIND_S / _LOOK_EVERY_S)):
            await asyncio.sleep(_LOOK_EVERY_S)
            if name in (begins := _begins(self._copy.snapshot)):
                return begins
        return {}

    async def _follow(self, snapshot: Snapshot) -> bool:
        """Whether everything is as the newsroom wants it; False when it could not be asked, or the disk not used."""
        self._lost.clear()
        try:
            named, here = set(_begins(snapshot)), await asyncio.to_thread(self._folder.names)
            return await self._bring(named - here) and await self._ask_again(here - named)
        except OSError as error:
            log.error("pictures not kept", reason=error.strerror)
            return False

    async def _bring(self, names: Iterable[str]) -> bool:
        """Fetches what is not here yet; one at a time, so that many who ask for one picture cost one request."""
        async with self._bringing:
            for name in names:
                if await asyncio.to_thread(self._folder.find, name) is None and not await self._fetch(name):
                    return False
        return True

    async def _ask_again(self, names: Iterable[str]) -> bool:
        for name in names:
            status, _ = await self._ask(name, {"If-None-Match": f'"{name}"'})
            if status == 404:
                await asyncio.to_thread(self._folder.remove, name)
                log.info("picture taken away", picture=name)
            elif status != 304:
                return False
        return True

    async def _fetch(self, name: str) -> bool:
        """False when it may come later; what the newsroom does not have, or has spoilt, is not asked for again."""
        status, content = await self._ask(name, {})
        if status not in {200, 404}:
            return False
        if status == 404 or hashlib.sha256(content).hexdigest() != name.partition(".")[0]:
            log.error("picture not in the newsroom", picture=name, status=status)
            self._lost.add(name)
            return True
        await asyncio.to_thread(self._folder.keep, name, content)
        return True

    async def _ask(self, name: str, headers: dict[str, str]) -> tuple[int, bytes]:
        """Status and body, 0 when the newsroom is away; what is too large comes cut off, and so does not fit its name."""
        try:
            async with self._session.get(
                self._url + name, headers={**self._headers, **headers}, timeout=_TIMEOUT
            ) as response:
                content = bytearray()
                while len(content) <= MAX_BYTES and (more := await response.content.read(MAX_BYTES)):
                    content += more
                return response.status, bytes(content)
        except (aiohttp.ClientError, TimeoutError):
            return 0, b""


def _begins(snapshot: Snapshot | None) -> dict[str, datetime]:
    """Name of each picture in a snapshot → when the first release that has it begins."""
    found: dict[str, datetime] = {}
    for release in () if snapshot is None else snapshot.releases:
        if picture := picture_of(release.payload):
            found[picture.name] = min(release.valid_from, found.get(picture.name, release.valid_from))
    return found
