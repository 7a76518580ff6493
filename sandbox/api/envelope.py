"""Answers of the API: HTTP 200 with ``error`` and ``message``, also for failures (sheet §2.1)."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web


class ApiError(Exception):
    """A refusal with its code of the sheet's table (§2.9)."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


def success(data: dict[str, Any] | None = None) -> web.Response:
    """``{error: 0, message: "Success", data?}``."""
    body: dict[str, Any] = {"error": 0, "message": "Success"}
    return web.json_response(body | {"data": data} if data is not None else body)


def failure(error: ApiError, status: int = 200) -> web.Response:
    """``{error, message}``."""
    return web.json_response({"error": error.code, "message": error.message}, status=status)


def invalid(name: str) -> ApiError:
    """A field that is missing, of the wrong type or unusable."""
    return ApiError(-201, f"{name} is invalid")


def too_much(name: str, limit: int) -> ApiError:
    """A field that exceeds its limit."""
    return ApiError(-210, f"{name} exceeds limit {limit}")


def read_object(body: bytes | str, name: str) -> dict[str, Any]:
    """A JSON object of the caller.

    Raises:
        ApiError: -201 for anything else, and for lone surrogates, which are no text.
    """
    try:
        value = json.loads(body)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise invalid(name) from error
    return an_object(value, name)


def an_object(value: object, name: str) -> dict[str, Any]:
    """The value, if it is a JSON object; else -201."""
    if not isinstance(value, dict):
        raise invalid(name)
    return value


def a_text(value: object, name: str, limit: int, empty: bool = False) -> str:
    """The value, if it is text of at most ``limit`` characters; else -201 or -210."""
    if not isinstance(value, str) or not (empty or value.strip()):
        raise invalid(name)
    if len(value) > limit:
        raise too_much(name, limit)
    return value
