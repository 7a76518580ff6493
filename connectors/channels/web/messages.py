"""What the web chat sends and shows: parsing of a resident's message, and the JSON shape of a message."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connectors.core.errors import ApiError
from contracts.text import clean_text
from contracts.turn import Location, TurnShapeError, location_from_json
from ledger.models import Entry

MAX_BODY_CHARS = 10_000
MAX_REASON_CHARS = 500
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_META_SHOWN = ("answer", "confidence", "asked_back", "release", "handoff", "image_text")


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A parsed ``POST /chat/v1/messages``: exactly one of text, token, location."""

    client_id: str
    text: str = ""
    token: str = ""
    location: Location | None = None


def parse_json(raw: bytes) -> Mapping[str, Any]:
    """A JSON object.

    Raises:
        ApiError: not UTF-8, not JSON, nested too deeply, a number of thousands of digits, or not an object.
    """
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ApiError(400, "bad_json", "Yêu cầu không đọc được. Bạn tải lại trang rồi thử lại giúp.") from error
    if not isinstance(body, dict):
        raise ApiError(400, "bad_json", "Yêu cầu không đọc được. Bạn tải lại trang rồi thử lại giúp.")
    return body


def parse_sent(raw: bytes) -> Sent:
    """A resident's message.

    Raises:
        ApiError: 400 for a wrong shape, 422 for an empty or overlong text.
    """
    body = parse_json(raw)
    client_id = parse_client_id(body.get("client_id"))
    given = [name for name in ("text", "payload", "location") if body.get(name) is not None]
    if len(given) != 1:
        raise ApiError(400, "bad_message", "Mỗi lần gửi một nội dung: chữ, lựa chọn, hoặc vị trí.")
    if given == ["location"]:
        return Sent(client_id=client_id, location=_location(body["location"]))
    if not isinstance(body[given[0]], str):
        raise ApiError(400, "bad_message", "Nội dung gửi lên không phải là chữ.")
    if given == ["payload"]:
        return Sent(client_id=client_id, token=body["payload"][:64])
    return Sent(client_id=client_id, text=_text(body["text"]))


def parse_client_id(value: Any) -> str:
    """The browser's id of a message.

    Raises:
        ApiError: 400 when it is missing or holds anything but letters, digits, "_" and "-".
    """
    if not isinstance(value, str) or _CLIENT_ID.fullmatch(value) is None:
        raise ApiError(400, "bad_client_id", "Yêu cầu thiếu mã tin nhắn. Bạn tải lại trang rồi thử lại giúp.")
    return value


def message_json(entry: Entry) -> dict[str, Any]:
    """``{id, at, author, text, buttons, image, meta}`` of design §4; an erased message has null for its text."""
    meta = {name: entry.meta.get(name) for name in _META_SHOWN} if entry.author != "resident" else {}
    return {
        "id": str(entry.pk),
        "at": entry.at.isoformat(),
        "author": entry.author,
        "text": entry.text,
        "buttons": entry.buttons,
        "image": entry.image,
        "meta": meta,
    }


def _text(raw: str) -> str:
    if len(raw) > MAX_BODY_CHARS:
        raise ApiError(422, "too_long", "Tin nhắn dài quá. Bạn viết dưới 2.000 ký tự, mỗi lần hỏi một việc giúp.")
    text = clean_text(raw)
    if not text:
        raise ApiError(422, "empty", "Bạn chưa viết gì. Bạn gõ câu hỏi rồi gửi lại giúp.")
    return text


def _location(body: Any) -> Location:
    try:
        return location_from_json(body)
    except (TurnShapeError, KeyError, TypeError, OverflowError) as error:
        raise ApiError(400, "bad_location", "Vị trí gửi lên không đọc được.") from error
