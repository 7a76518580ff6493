"""Pictures and files: what the Official Account uploads, and what phones send."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.clock import SandboxClock
from sandbox.ids import Ids
from sandbox.store import Store

MEGABYTE = 1024 * 1024
DAY_MS = 24 * 3600 * 1000
# Sheet §5: an uploaded picture is kept for 7 days; §1.7: addresses in events are reported to live about 30 minutes.
UPLOAD_LIFE_MS = 7 * DAY_MS
LINK_LIFE_MS = 30 * 60 * 1000


@dataclass(frozen=True, kw_only=True)
class Media:
    """One stored file; ``purpose`` is upload (by the Official Account) or phone."""

    media_id: str
    purpose: str
    kind: str
    name: str
    content_type: str
    content: bytes
    created_ms: int


class MediaShelf:
    """Keeps files by id."""

    def __init__(self, store: Store, clock: SandboxClock, ids: Ids) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids

    def keep(self, purpose: str, kind: str, name: str, content_type: str, content: bytes) -> Media:
        """Stores a file under a new id."""
        media = Media(
            media_id=self._ids.opaque()[:40],
            purpose=purpose,
            kind=kind,
            name=name,
            content_type=content_type,
            content=content,
            created_ms=self._clock.now_ms(),
        )
        values = (media.media_id, purpose, kind, name, content_type, content, media.created_ms)
        self._store.run("INSERT INTO media VALUES (?, ?, ?, ?, ?, ?, ?)", *values)
        return media

    def find(self, media_id: str) -> Media | None:
        """The file, however old."""
        row = self._store.row("SELECT * FROM media WHERE media_id = ?", media_id)
        return Media(**dict(row)) if row else None

    def find_upload(self, media_id: str, kind: str) -> Media | None:
        """An upload of this kind, however old."""
        media = self.find(media_id)
        return media if media and media.purpose == "upload" and media.kind == kind else None

    def is_expired(self, media: Media, life_ms: int) -> bool:
        """Whether the file is older than a life."""
        return self._clock.now_ms() >= media.created_ms + life_ms

    def uploads_since(self, kind: str, since_ms: int) -> int:
        """How many files of a kind were uploaded."""
        sql = "SELECT count(*) FROM media WHERE purpose = 'upload' AND kind = ? AND created_ms >= ?"
        return self._store.number(sql, kind, since_ms)


def picture_type(content: bytes) -> str:
    """``image/jpeg``, ``image/png``, ``image/gif`` by the file's first bytes, or nothing."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return "image/gif" if content.startswith((b"GIF87a", b"GIF89a")) else ""
