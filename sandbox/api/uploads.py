"""``POST /v2.0/oa/upload/{image,gif,file}`` (sheet §5)."""

from __future__ import annotations

from aiohttp import BodyPartReader, web

from sandbox.api.envelope import ApiError, invalid, success
from sandbox.media import MEGABYTE, picture_type
from sandbox.platform import PLATFORM, Platform

PICTURES = {"image": ("image/jpeg", "image/png"), "gif": ("image/gif",)}
LIMITS = {"image": MEGABYTE, "gif": 5 * MEGABYTE, "file": 5 * MEGABYTE}
FILES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv",
}
UPLOADS_PER_MONTH = 5000


async def upload(request: web.Request) -> web.StreamResponse:
    """Keeps a file; pictures give ``attachment_id``, files ``token``."""
    platform = request.app[PLATFORM]
    kind = request.match_info["kind"]
    name, content = await _part(request, LIMITS[kind])
    content_type = _content_type(kind, name, content)
    _check_month(platform, kind)
    media = platform.media.keep("upload", kind, name, content_type, content)
    return success({"token" if kind == "file" else "attachment_id": media.media_id})


async def _part(request: web.Request, limit: int) -> tuple[str, bytes]:
    if request.content_type != "multipart/form-data":
        raise invalid("Content-Type")
    try:
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.name == "file" and part.filename:
                content = bytes(await part.read())
                if not content or len(content) > limit:
                    raise ApiError(-201, f"file is invalid: it must have 1 to {limit} bytes")
                return part.filename[:200], content
    except ValueError as error:
        raise invalid("file") from error
    raise invalid("file")


def _content_type(kind: str, name: str, content: bytes) -> str:
    if kind == "file":
        found = FILES.get(name.rpartition(".")[2].lower(), "")
        allowed: tuple[str, ...] = tuple(FILES.values())
        advice = "only pdf, doc, docx and csv are allowed"
    else:
        found, allowed = picture_type(content), PICTURES[kind]
        advice = "only png and jpeg are allowed" if kind == "image" else "only gif is allowed"
    if found not in allowed:
        raise ApiError(-201, f"file is invalid: {advice}")
    return found


def _check_month(platform: Platform, kind: str) -> None:
    month = platform.clock.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    if platform.media.uploads_since(kind, round(month.timestamp() * 1000)) >= UPLOADS_PER_MONTH:
        raise ApiError(-210, f"uploads exceed limit {UPLOADS_PER_MONTH} per month")
