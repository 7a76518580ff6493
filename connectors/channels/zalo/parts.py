"""Our messages as Zalo takes them: text under 2,000 characters, up to five buttons, a numbered list where those fail."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from connectors.channels.zalo.messages import TOKEN_MARK
from connectors.channels.zalo.split import LIMIT, length, split_text
from connectors.core.sending import OutgoingMessage, OutgoingPart

MAX_TITLE = 100
MAX_SUBTITLE = 500
ASK_NUMBER = "Bạn nhắn lại số của mục cần chọn."
CHOOSE = "Bạn có thể chọn tiếp:"
FORM_TITLE = "Thông tin liên hệ"
PICTURE = "picture"  # what a part leaves out when it goes without its picture
_PHONE = re.compile(r"0\d{8,10}")
type Shown = Mapping[str, Any]


def parts_of(message: OutgoingMessage, max_buttons: int, template: str, form_image: str = "") -> list[OutgoingPart]:
    """The calls for a message, at least one. Buttons ride on the last one; what cannot be a button becomes a line.

    A picture rides on the first one, whose text is its caption; Zalo takes no buttons beside a picture, so they get a
    call of their own. There are as many calls with and without ``plain``, and those before the last have the same text,
    so a message can go on plain after a refusal. ``form_image`` is the picture that Zalo wants in a form; without one a
    form is asked in words.
    """
    if message.form and form_image and not message.plain and _fits_form(message.text):
        return [OutgoingPart(text="", body=_form(message.text, form_image))]
    pieces = split_text(message.text)
    if message.image and message.buttons and len(pieces) == 1:
        pieces.append(CHOOSE)
    buttons = [rendered for button in message.buttons if (rendered := _button(button)) is not None]
    listed = message.plain or len(buttons) > max_buttons or any(_too_long(button) for button in message.buttons)
    lines = _lines(message.buttons, listed)
    if lines:
        pieces = _with_lines(pieces, lines)
    bodies: list[dict[str, Any]] = [{"text": piece} for piece in pieces]
    if buttons and not listed:
        bodies[-1]["attachment"] = _attachment(buttons, template)
    choices = listed and any("payload" in button for button in message.buttons)
    parts = [OutgoingPart(text=body["text"], body=body) for body in bodies]
    parts[-1] = replace(parts[-1], listed=choices)
    if message.image:
        plain = message.plain
        parts[0] = replace(parts[0], image="" if plain else message.image, left_out=PICTURE if plain else "")
    return parts


def with_picture(part: OutgoingPart, attachment_id: str) -> dict[str, Any]:
    """The body of a part with its uploaded picture; the text is the caption."""
    element = {"media_type": "image", "attachment_id": attachment_id}
    media = {"type": "template", "payload": {"template_type": "media", "elements": [element]}}
    return {"text": part.text, "attachment": media} if part.text else {"attachment": media}


def _fits_form(text: str) -> bool:
    return 0 < length(text) <= MAX_SUBTITLE


def _form(text: str, image: str) -> dict[str, Any]:
    """``request_user_info``: the resident fills in name, phone and address, which arrive as ``user_submit_info``."""
    element = {"title": FORM_TITLE, "subtitle": unicodedata.normalize("NFC", text), "image_url": image}
    payload = {"template_type": "request_user_info", "elements": [element]}
    return {"attachment": {"type": "template", "payload": payload}}


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
