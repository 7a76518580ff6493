"""Pictures that residents send: kept in the state folder under a name made of their content, gone when erased."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

MAX_BYTES = 1024 * 1024  # the same for all channels: Zalo takes no larger pictures either
_SIGNATURES = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
_NAME = re.compile(r"[0-9a-f]{40}\.(?:jpg|png)")


class NotAPictureError(ValueError):
    """The bytes are neither a JPEG nor a PNG, whatever they were called."""


class MediaStore:
    """One folder of pictures. Calls touch the disk: run them in a thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, conversation_id: str, content: bytes) -> str:
        """Stores a picture; the same one in the same conversation has the same name.

        Raises:
            NotAPictureError: see the class.
        """
        ending = next((end for start, end in _SIGNATURES.items() if content.startswith(start)), None)
        if ending is None:
            raise NotAPictureError(f"upload starts with {content[:4].hex()}; send a JPEG or PNG")
        name = f"{hashlib.sha256(conversation_id.encode() + content).hexdigest()[:40]}.{ending}"
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = self._folder / f"{name}.{os.getpid()}.new"
        draft.write_bytes(content)
        os.replace(draft, self._folder / name)
        return name

    def find(self, name: str) -> Path | None:
        """The file of a name that ``keep`` gave; None for anything else."""
        path = self._folder / name
        return path if _NAME.fullmatch(name) and path.is_file() else None

    def remove(self, images: Iterable[str]) -> None:
        """Removes the files behind the addresses of erased messages; addresses elsewhere are passed over."""
        for image in images:
            path = self.find(image.rsplit("/", 1)[-1])
            if path is not None:
                path.unlink(missing_ok=True)
