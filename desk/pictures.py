"""Pictures that an operator sends: checked by their first bytes, kept beside those of residents."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from desk.files import media_store
from ledger.media import RefusedFileError
from ledger.sent_files import owns_file

ADDRESS = "/chat/v1/uploads/"  # where the gateway shows pictures to a browser's resident
MAX_BYTES = 1024 * 1024  # Zalo takes no larger ones
ALLOWED = frozenset({"jpg", "png"})


class UnfitPictureError(ValueError):
    """A file that cannot be sent as a picture; the text tells the operator why."""


def keep_picture(conversation_id: str, upload: UploadedFile[Any]) -> str:
    """Stores a picture; its address for the log.

    Raises:
        UnfitPictureError: over 1 MB, or neither JPEG nor PNG.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise UnfitPictureError("Ảnh lớn hơn 1 MB. Bạn thu nhỏ ảnh rồi gửi lại.")
    try:
        return ADDRESS + media_store().keep(conversation_id, upload.read(), ALLOWED)
    except RefusedFileError as error:
        raise UnfitPictureError("Tệp này không phải ảnh JPEG hoặc PNG. Bạn chọn ảnh khác.") from error


def drop_picture(conversation_id: str, address: str) -> None:
    """The reply was refused: its picture goes, unless an earlier message of the conversation shows the same one."""
    name = address.removeprefix(ADDRESS)
    if not owns_file(conversation_id, name):
        media_store().remove([name])
