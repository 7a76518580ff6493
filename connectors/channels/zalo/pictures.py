"""Pictures on their way out: uploaded to Zalo once per account, then sent again by the id that Zalo gave."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import datetime, timedelta

import aiohttp

from connectors.channels.zalo.client import ZaloClient
from connectors.channels.zalo.codes import ZaloError
from connectors.core.ledger import LedgerDoor
from connectors.core.sending import SendError
from connectors.snapshot.pictures import PictureFolder
from contracts.clock import Clock
from contracts.media import PICTURES
from ledger.media import MediaStore, ending_of
from ledger.uploads import find_upload, forget_upload, keep_upload

MAX_BYTES = 1024 * 1024
ALLOWED = frozenset({"jpg", "png"})
# Zalo keeps an upload for 7 days; ours ends earlier, so that it does not run out between look-up and send.
LIFE = timedelta(days=6)
REMEMBERED = timedelta(minutes=1)
FETCH = aiohttp.ClientTimeout(total=5.0)


class PictureError(Exception):
    """A picture that can never be sent: gone, too large, or no JPEG or PNG. The text says which."""


class Pictures:
    """Finds a picture's bytes and the id under which Zalo has them; one per process."""

    def __init__(
        self,
        client: ZaloClient,
        session: aiohttp.ClientSession,
        ledger: LedgerDoor,
        media: MediaStore,
        released: PictureFolder,
        clock: Clock,
    ) -> None:
        self._client = client
        self._session = session
        self._ledger = ledger
        self._media = media
        self._released = released
        self._clock = clock
        self._uploading = asyncio.Lock()
        self._last: tuple[str, bytes, datetime] | None = None

    async def attachment(self, account: str, image: str, urgent: bool) -> str:
        """Zalo's id of the picture at an address of ours, uploaded unless Zalo has it already.

        Raises:
            PictureError: it can never be sent.
            SendError: not now.
        """
        content = await self._content(image)
        owner, sha256 = f"zalo:{account}", hashlib.sha256(content).hexdigest()
        # One at a time: a bulletin goes to many at once, and Zalo counts uploads by the month.
        async with self._uploading:
            known = await self._ledger(find_upload, owner, sha256, self._clock.real_now())
            if known is not None:
                return known
            attachment_id = await self._upload(account, content, urgent)
            now = self._clock.real_now()
            await self._ledger(keep_upload, owner, sha256, attachment_id, now, now + LIFE)
            return attachment_id

    async def forget(self, account: str, attachment_id: str) -> None:
        """Zalo does not know the id any more; the next ``attachment`` uploads anew."""
        await self._ledger(forget_upload, f"zalo:{account}", attachment_id)

    async def _upload(self, account: str, content: bytes, urgent: bool) -> str:
        try:
            return await self._client.upload(account, content, urgent)
        except ZaloError as error:
            if error.permanent or error.plainer:
                raise PictureError(f"upload refused: {error.reason}") from error
            raise

    async def _content(self, image: str) -> bytes:
        content = await (self._remembered(image) if image.startswith(("https://", "http://")) else self._kept(image))
        if not content or len(content) > MAX_BYTES:
            raise PictureError(f"picture has {len(content)} bytes; Zalo takes 1 to {MAX_BYTES}")
        if ending_of(content) not in ALLOWED:
            raise PictureError("picture is no JPEG or PNG")
        return content

    async def _kept(self, image: str) -> bytes:
        name = image.rsplit("/", 1)[-1]
        if image.startswith(PICTURES):
            path = await asyncio.to_thread(self._released.find, name)
        else:
            found = await asyncio.to_thread(self._media.find, name)
            path = None if found is None else found.path
        if path is None:
            raise PictureError("picture is gone")
        return await asyncio.to_thread(path.read_bytes)

    async def _remembered(self, address: str) -> bytes:
        """A bulletin goes to many within minutes: its picture is not fetched for each of them."""
        if self._last is None or self._last[0] != address or self._clock.real_now() >= self._last[2]:
            self._last = (address, await self._fetched(address), self._clock.real_now() + REMEMBERED)
        return self._last[1]

    async def _fetched(self, address: str) -> bytes:
        """A picture of an approved text; its address comes from a release, and leads nowhere else."""
        try:
            async with self._session.get(address, timeout=FETCH, allow_redirects=False) as response:
                if response.status != 200:
                    raise PictureError(f"picture's address answers {response.status}")
                content = b""
                while len(content) <= MAX_BYTES and (more := await response.content.read(MAX_BYTES)):
                    content += more
                return content
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SendError("picture's address does not answer", retry_after=10.0) from error
