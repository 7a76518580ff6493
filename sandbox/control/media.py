"""Files of phones: put on the shelf, shown on the page, loaded by receivers of events."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from sandbox.control.fields import ControlError
from sandbox.media import LINK_LIFE_MS, MEGABYTE, Media, picture_type
from sandbox.platform import PLATFORM

MAX_BYTES = 5 * MEGABYTE
AUDIO_TYPES = ("audio/amr", "audio/mpeg", "audio/ogg", "audio/webm")


async def put_on_shelf(request: web.Request) -> web.StreamResponse:
    """``POST /sandbox/media?name=…`` with the raw file → 201 ``{media_id}``; then send_image, send_voice, send_file."""
    content = await request.read()
    if not 1 <= len(content) <= MAX_BYTES:
        raise ControlError(f"Tệp phải có từ 1 đến {MAX_BYTES} byte.")
    name = request.query.get("name", "tep")[:200]
    content_type = picture_type(content) or (
        request.content_type if request.content_type in AUDIO_TYPES else "application/octet-stream"
    )
    media = request.app[PLATFORM].media.keep("phone", "file", name, content_type, content)
    return web.json_response({"media_id": media.media_id}, status=201)


async def show(request: web.Request) -> web.StreamResponse:
    """``GET /sandbox/media/{media_id}``: for the page, at any time."""
    media = request.app[PLATFORM].media.find(request.match_info["media_id"])
    if media is None:
        raise ControlError("Không có tệp này.", 404)
    return _file(media)


async def cdn(request: web.Request) -> web.StreamResponse:
    """``GET /cdn/{media_id}``: the address in events; it dies after 30 minutes."""
    shelf = request.app[PLATFORM].media
    media = shelf.find(request.match_info["media_id"])
    if media is None or media.purpose != "phone" or shelf.is_expired(media, LINK_LIFE_MS):
        raise web.HTTPNotFound
    return _file(media)


def _file(media: Media) -> web.Response:
    headers = {"X-Content-Type-Options": "nosniff"}
    if not media.content_type.startswith(("image/", "audio/")):
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(media.name)}"
    return web.Response(body=media.content, content_type=media.content_type, headers=headers)
