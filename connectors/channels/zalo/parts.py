"""Our messages as Zalo takes them: text under 2,000 characters, up to five buttons, a numbered list where those fail."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from connectors.channels.zalo.messages import TOKEN_MARK
from connectors.channels.zalo.split import LIMIT, length, split_text
from connectors.core.sending import OutgoingMessage, OutgoingPart

MAX_TITLE = 100
ASK_NUMBER = "Bạn nhắn lại số của mục cần chọn."
_PHONE = re.compile(r"0\d{8,10}")
type Shown = Mapping[str, Any]


def parts_of(message: OutgoingMessage, max_buttons: int, template: str) -> list[OutgoingPart]:
    """The calls for a message, at least one. Buttons ride on the last one; what cannot be a button becomes a line.

    The parts before the last are the same with and without buttons, so a message can go on plain after a refusal.
    """
    pieces = split_text(f"{message.text}\n{message.image}" if message.image else message.text)
    buttons = [rendered for button in message.buttons if (rendered := _button(button)) is not None]
    listed = message.plain or len(buttons) > max_buttons or any(_too_long(button) for button in message.buttons)
    lines = _lines(message.buttons, listed)
    if lines:
        pieces = _with_lines(pieces, lines)
    bodies: list[dict[str, Any]] = [{"text": piece} for piece in pieces]
    if buttons and not listed:
        bodies[-1]["attachment"] = _attachment(buttons, template)
    choices = listed and any("payload" in button for button in message.buttons)
    last = len(bodies) - 1
    return [
        OutgoingPart(text=body["text"], body=body, listed=choices and number == last)
        for number, body in enumerate(bodies)
    ]


def _attachment(buttons: list[dict[str, Any]], template: str) -> dict[str, Any]:
    """Whether ``template_type`` belongs here is open: the official .NET SDK sends none, some others ``button``."""
    payload: dict[str, Any] = {"template_type": template} if template else {}
    return {"type": "template", "payload": {**payload, "buttons": buttons}}


def _button(button: Shown) -> dict[str, Any] | None:
    """None for a button that Zalo would refuse: plain http, or a short number such as 115."""
    title = button["title"]
    if "payload" in button:
        return {"title": title, "type": "oa.query.hide", "payload": f"{TOKEN_MARK}{button['payload']}"}
    url, phone = str(button.get("url", "")), str(button.get("phone", ""))
    if url.startswith("https://"):
        return {"title": title, "type": "oa.open.url", "payload": {"url": url}}
    if _PHONE.fullmatch(phone):
        return {"title": title, "type": "oa.open.phone", "payload": {"phone_code": f"84{phone[1:]}"}}
    return None


def _too_long(button: Shown) -> bool:
    return length(str(button["title"])) > MAX_TITLE


def _lines(buttons: Sequence[Shown], listed: bool) -> list[str]:
    """Choices with their numbers (only in a list), then addresses and numbers to call that are no buttons."""
    titles = [str(button["title"]) for button in buttons if "payload" in button] if listed else []
    lines = [f"{number}. {title}" for number, title in enumerate(titles, 1)]
    if lines:
        lines.append(ASK_NUMBER)
    for button in buttons:
        if "payload" not in button and (listed or _button(button) is None):
            lines.append(f"{button['title']}: {button.get('url') or button.get('phone')}")
    return lines


def _with_lines(pieces: list[str], lines: list[str]) -> list[str]:
    block = "\n".join(lines)
    joined = f"{pieces[-1]}\n\n{block}".strip()
    if length(joined) <= LIMIT:
        return [*pieces[:-1], joined]
    return [*pieces, *split_text(block)]
