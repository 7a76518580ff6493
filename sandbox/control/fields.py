"""Reading the JSON of the control API; refusals say in Vietnamese what to send."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web


class ControlError(Exception):
    """A refusal: ``status`` 400, 403, 404 or 409 and a sentence."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


async def json_body(request: web.Request) -> dict[str, Any]:
    """The body as an object. Only ``application/json`` is read: no foreign page can send that without being asked."""
    if request.content_type != "application/json":
        raise ControlError("Hãy gửi nội dung kiểu application/json.")
    try:
        value = json.loads(await request.read())
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise ControlError("Nội dung không phải là JSON hợp lệ.") from error
    if not isinstance(value, dict):
        raise ControlError("Nội dung phải là một đối tượng JSON.")
    return value


def text(body: dict[str, Any], name: str, default: str | None = None) -> str:
    """A text of the body."""
    value = body.get(name, default)
    if not isinstance(value, str):
        raise ControlError(f"Thiếu trường {name!r} (chữ).")
    return value


def whole_number(body: dict[str, Any], name: str) -> int:
    """A whole number of the body."""
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ControlError(f"Thiếu trường {name!r} (số nguyên).")
    return value


def coordinate(body: dict[str, Any], name: str, limit: int) -> str:
    """A coordinate, number or text, within ±limit degrees; as text."""
    value = str(body.get(name, ""))
    try:
        fits = abs(float(value)) <= limit
    except ValueError:
        fits = False
    if not fits:
        raise ControlError(f"Trường {name!r} phải là số từ -{limit} đến {limit}.")
    return value


def query_number(request: web.Request, name: str, default: int, limit: int) -> int:
    """A whole number of the query, within 0..limit."""
    value = request.query.get(name, str(default))
    if not (value.isascii() and value.isdigit()) or int(value) > limit:
        raise ControlError(f"Tham số {name!r} phải là số nguyên từ 0 đến {limit}.")
    return int(value)
