"""Our messages as Zalo takes them: text under 2,000 characters, up to five buttons, a numbered list where those fail."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any

from connectors.channels.zalo.messages import TOKEN_MARK
from connectors.core.sending import OutgoingMessage, OutgoingPart
from contracts.split import length
from contracts.zalo_layout import Shown, zalo_button_type, zalo_layout

MAX_SUBTITLE = 500
FORM_TITLE = "Thông tin liên hệ"
PICTURE = "picture"  # what a part leaves out when it goes without its picture


def parts_of(message: OutgoingMessage, max_buttons: int, template: str, form_image: str = "") -> list[OutgoingPart]:
    """The calls for a message, at least one. Buttons ride on the last one; what cannot be a button becomes a line.

    A picture rides on the first one, whose text is its caption; Zalo takes no buttons beside a picture, so they get a
    call of their own. There are as many calls with and without ``plain``, and those before the last have the same text,
    so a message can go on plain after a refusal. ``form_image`` is the picture that Zalo wants in a form; without one a
    form is asked in words.
    """
    if message.form and form_image and not message.plain and _fits_form(message.text):
        return [OutgoingPart(text="", body=_form(message.text, form_image))]
    layout = zalo_layout(
        message.text, message.buttons, max_buttons=max_buttons, plain=message.plain, picture=bool(message.image)
    )
    bodies: list[dict[str, Any]] = [{"text": text} for text in layout.texts]
    if layout.buttons:
        bodies[-1]["attachment"] = _attachment([_button(button) for button in layout.buttons], template)
    choices = layout.listed and any("payload" in button for button in message.buttons)
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


def _button(button: Shown) -> dict[str, Any]:
    kind, title = zalo_button_type(button), button["title"]
    if kind == "oa.query.hide":
        return {"title": title, "type": kind, "payload": f"{TOKEN_MARK}{button['payload']}"}
    if kind == "oa.open.url":
        return {"title": title, "type": kind, "payload": {"url": str(button["url"])}}
    return {"title": title, "type": kind, "payload": {"phone_code": f"84{str(button['phone'])[1:]}"}}
