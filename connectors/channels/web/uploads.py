"""Pictures in the web chat: uploaded by a resident, shown again to nobody but the same conversation."""

from __future__ import annotations

import asyncio

import structlog
from aiohttp import web

from connectors.core.errors import ApiError
from ledger.media import MediaStore, RefusedFileError
from ledger.models import Entry

log = structlog.get_logger()
ADDRESS = "/chat/v1/uploads/"
PICTURES = ("jpg", "png")
MAX_BYTES = 1024 * 1024  # Zalo takes no larger pictures either


async def keep_upload(request: web.Request, media: MediaStore, conversation_id: str) -> str:
    """Stores the request's body; returns the picture's address.

    Raises:
        ApiError: 422 for what is no JPEG or PNG, 503 when it cannot be stored; aiohttp answers 413 above one megabyte.
    """
    content = await request.clone(client_max_size=MAX_BYTES).read()
    try:
        name = await asyncio.to_thread(media.keep, conversation_id, content, PICTURES)
    except RefusedFileError as error:
        raise ApiError(422, "not_a_picture", "Tệp này không phải ảnh JPEG hoặc PNG. Bạn chọn ảnh khác giúp.") from error
    except OSError as error:
        log.error("picture not stored", reason=error.strerror)
        text = "Hệ thống chưa nhận được ảnh. Bạn gõ câu hỏi bằng chữ, hoặc thử lại sau ít phút giúp."
        raise ApiError(503, "not_stored", text, retry_after=30) from error
    return ADDRESS + name


def belongs(conversation_id: str, name: str) -> bool:
    """Whether a message of this conversation shows the picture."""
    return Entry.objects.filter(conversation=conversation_id, image=ADDRESS + name).exists()


async def show_upload(media: MediaStore, name: str) -> web.FileResponse:
    """The picture.

    Raises:
        ApiError: 404 when it is gone.
    """
    found = await asyncio.to_thread(media.find, name)
    if found is None:
        raise ApiError(404, "no_picture", "Không có ảnh này.")
    headers = {"Content-Type": found.content_type, "Cache-Control": "private, no-store"}
    return web.FileResponse(found.path, headers=headers)
