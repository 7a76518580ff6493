"""What the platform takes as buttons (sheet §2.4)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from sandbox.api.envelope import ApiError, a_text, an_object, invalid, too_much

MAX_BUTTONS = 5
MAX_TITLE = 100
MAX_PAYLOAD = 1000
MAX_SMS = 160
MAX_URL = 2000
QUERY_TYPES = ("oa.query.show", "oa.query.hide")
# Sheet §8: phone numbers are written 84… without a plus; whether short numbers such as 1022 pass is unknown.
PHONE = re.compile(r"84\d{8,10}", re.ASCII)


def parse_buttons(value: object) -> list[dict[str, Any]]:
    """The buttons as the phone shows them: ``{title, type, payload}``.

    Raises:
        ApiError: -201 for a wrong field, -210 for one too long or a sixth button, -233 for an unknown type.
    """
    if not isinstance(value, list) or not value:
        raise invalid("buttons")
    if len(value) > MAX_BUTTONS:
        raise too_much("buttons", MAX_BUTTONS)
    return [_button(an_object(item, f"buttons[{index}]"), f"buttons[{index}]") for index, item in enumerate(value)]


def _button(item: dict[str, Any], name: str) -> dict[str, Any]:
    title = a_text(item.get("title"), f"{name}.title", MAX_TITLE)
    kind = item.get("type")
    return {"title": title, "type": kind, "payload": _payload(kind, item.get("payload"), f"{name}.payload")}


def _payload(kind: object, value: object, name: str) -> str | dict[str, str]:
    if kind in QUERY_TYPES:
        return a_text(value, name, MAX_PAYLOAD)
    if kind == "oa.open.url":
        return {"url": https_url(an_object(value, name).get("url"), f"{name}.url")}
    if kind == "oa.open.phone":
        return {"phone_code": _phone(an_object(value, name), name)}
    if kind == "oa.open.sms":
        fields = an_object(value, name)
        content = a_text(fields.get("content"), f"{name}.content", MAX_SMS)
        return {"content": content, "phone_code": _phone(fields, name)}
    raise ApiError(-233, f"button type {kind!r} is not supported")


def https_url(value: object, name: str) -> str:
    """An address that begins with https; plain http is let through for this machine only, where there is no https."""
    text = a_text(value, name, MAX_URL)
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise invalid(name) from error
    local = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
    if not parts.hostname or not (parts.scheme == "https" or local):
        raise invalid(name)
    return text


def _phone(fields: dict[str, Any], name: str) -> str:
    value = a_text(fields.get("phone_code"), f"{name}.phone_code", 20)
    if not PHONE.fullmatch(value):
        raise invalid(f"{name}.phone_code")
    return value
