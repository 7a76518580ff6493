"""Pictures, stickers and files in a message (sheet §2.6)."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp

from sandbox.api.buttons import https_url
from sandbox.api.envelope import ApiError, a_text, an_object, invalid
from sandbox.media import MEGABYTE, UPLOAD_LIFE_MS, Media, MediaShelf, picture_type

FETCH_DEADLINE_S = 5.0
MAX_TITLE = 100
MAX_SUBTITLE = 500


async def media_element(value: object, shelf: MediaShelf) -> tuple[str, dict[str, Any]]:
    """Kind and detail of the single element of a media template: ``media_type`` with ``url`` or ``attachment_id``."""
    element = an_object(_single(value), "elements[0]")
    kind = element.get("media_type")
    url, attachment = element.get("url"), element.get("attachment_id")
    if (url is None) == (attachment is None):
        raise ApiError(-201, "elements[0] needs either url or attachment_id, not both")
    if kind == "sticker":
        return "sticker", {"sticker_id": a_text(attachment, "elements[0].attachment_id", 100)}
    if kind not in ("image", "gif"):
        raise ApiError(-233, f"media_type {kind!r} is not supported")
    if kind == "gif":
        for side in ("width", "height"):
            _size(element.get(side), f"elements[0].{side}")
    if url is not None:
        media = await _fetch(https_url(url, "elements[0].url"), kind, shelf)
    else:
        media = _upload(attachment, kind, "elements[0].attachment_id", shelf)
    return kind, {"media_id": media.media_id, "name": media.name}


def file_token(value: object, shelf: MediaShelf) -> dict[str, Any]:
    """Detail of a file that was uploaded."""
    media = _upload(an_object(value, "payload").get("token"), "file", "payload.token", shelf)
    return {"media_id": media.media_id, "name": media.name, "size": len(media.content)}


def info_form(value: object) -> dict[str, Any]:
    """Detail of a request for the resident's data: title, subtitle, picture."""
    element = an_object(_single(value), "elements[0]")
    return {
        "title": a_text(element.get("title"), "elements[0].title", MAX_TITLE),
        "subtitle": a_text(element.get("subtitle"), "elements[0].subtitle", MAX_SUBTITLE),
        "image_url": https_url(element.get("image_url"), "elements[0].image_url"),
    }


def _single(value: object) -> object:
    if not isinstance(value, list) or len(value) != 1:
        raise ApiError(-201, "elements is invalid: exactly one is needed")
    return value[0]


def _size(value: object, name: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise invalid(name)


def _upload(value: object, kind: str, name: str, shelf: MediaShelf) -> Media:
    media = shelf.find_upload(a_text(value, name, 200), kind)
    if media is None:
        raise invalid(name)
    if shelf.is_expired(media, UPLOAD_LIFE_MS):
        raise ApiError(-100, "attachment_id is expired")
    return media


async def _fetch(url: str, kind: str, shelf: MediaShelf) -> Media:
    """The platform loads the picture itself, so it must be reachable, of the right type, and at most 1 MB (GIF 5 MB)."""
    limit = MEGABYTE if kind == "image" else 5 * MEGABYTE
    try:
        async with asyncio.timeout(FETCH_DEADLINE_S), aiohttp.ClientSession() as session, session.get(url) as response:
            content = await response.content.read(limit + 1)
            while len(content) <= limit and (more := await response.content.read(limit + 1)):
                content += more
            found = response.status == 200
    except (aiohttp.ClientError, TimeoutError) as error:
        raise invalid("elements[0].url") from error
    content_type = picture_type(content)
    allowed = ("image/gif",) if kind == "gif" else ("image/jpeg", "image/png")
    if not found or len(content) > limit or content_type not in allowed:
        raise invalid("elements[0].url")
    return shelf.keep("upload", kind, url.rpartition("/")[2][:100], content_type, content)
