"""Files that residents send: kept in the state folder under a name made of their content, gone when erased.

What a file is shows in its first bytes, not in its name; anything but pictures, sound, video and PDF is refused, for an
operator opens it. Both the gateway, which stores, and the desk, which shows, know the folder (``VAR_DIR/media``).
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FOLDER = "media"  # below VAR_DIR
PICTURES = frozenset({"jpg", "png", "gif", "webp"})
CONTENT_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "amr": "audio/amr",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "aac": "audio/aac",
    "m4a": "audio/mp4",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
}
_STARTS = {
    b"\xff\xd8\xff": "jpg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
    b"#!AMR": "amr",
    b"ID3": "mp3",
    b"\xff\xfb": "mp3",
    b"\xff\xf3": "mp3",
    b"\xff\xf1": "aac",
    b"\xff\xf9": "aac",
    b"OggS": "ogg",
    b"%PDF-": "pdf",
}
_NAME = re.compile(rf"[0-9a-f]{{40}}\.(?:{'|'.join(CONTENT_TYPES)})")


class RefusedFileError(ValueError):
    """The bytes are of no kind that is kept, whatever they were called."""


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A file in the folder; ``content_type`` is what its first bytes said."""

    path: Path
    content_type: str
    is_picture: bool


def ending_of(content: bytes) -> str | None:
    """What a file is, as the ending of its name; None for what is not kept."""
    if content[:4] == b"RIFF":
        return {b"WEBP": "webp", b"WAVE": "wav"}.get(content[8:12])
    if content[4:8] == b"ftyp":
        return "m4a" if content[8:12] == b"M4A " else "mp4"
    return next((ending for start, ending in _STARTS.items() if content.startswith(start)), None)


def name_of(conversation_id: str, content: bytes, allowed: Iterable[str] = CONTENT_TYPES) -> str:
    """The name under which a conversation's file is kept.

    Raises:
        RefusedFileError: not of the ``allowed`` endings.
    """
    ending, endings = ending_of(content), frozenset(allowed)
    if ending not in endings:
        raise RefusedFileError(f"file starts with {content[:4].hex()}; allowed are {', '.join(sorted(endings))}")
    return f"{hashlib.sha256(conversation_id.encode() + content).hexdigest()[:40]}.{ending}"


class MediaStore:
    """One folder of files. Calls touch the disk: run them in a thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, conversation_id: str, content: bytes, allowed: Iterable[str] = CONTENT_TYPES) -> str:
        """Stores a file; the same one in the same conversation has the same name.

        Raises:
            RefusedFileError: not of the ``allowed`` endings.
        """
        name = name_of(conversation_id, content, allowed)
        self.write(name, content)
        return name

    def write(self, name: str, content: bytes) -> None:
        """Puts a file under its name, whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = self._folder / f"{name}.{os.getpid()}.new"
        draft.write_bytes(content)
        os.replace(draft, self._folder / name)

    def find(self, name: str) -> StoredFile | None:
        """The file of a name that ``keep`` gave; None for anything else."""
        path = self._folder / name
        if _NAME.fullmatch(name) is None or not path.is_file():
            return None
        ending = path.suffix.removeprefix(".")
        return StoredFile(path=path, content_type=CONTENT_TYPES[ending], is_picture=ending in PICTURES)

    def remove(self, files: Iterable[str]) -> None:
        """Removes the files behind names or addresses of erased messages; addresses elsewhere are passed over."""
        for file in files:
            found = self.find(file.rsplit("/", 1)[-1])
            if found is not None:
                found.path.unlink(missing_ok=True)
