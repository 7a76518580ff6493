"""Reading the body of ``POST /v3.0/oa/message/cs`` (sheet §2.3–2.6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.api.attachments import file_token, info_form, media_element
from sandbox.api.buttons import parse_buttons
from sandbox.api.envelope import ApiError, a_text, an_object, invalid
from sandbox.media import MediaShelf

MAX_TEXT = 2000


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A message that is well formed; whether it may go to this resident is another question."""

    user_id: str
    kind: str
    text: str = ""
    quote_message_id: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


async def parse_draft(body: dict[str, Any], shelf: MediaShelf) -> Draft:
    """The message of a request.

    Text is counted as it comes: decomposed Vietnamese counts each mark (sheet §2.3).

    Raises:
        ApiError: -201 for a wrong field, -210 for one beyond its limit, -233 for an unsupported kind,
            -100 for an upload that ran out.
    """
    user_id = a_text(an_object(body.get("recipient"), "recipient").get("user_id"), "user_id", 50)
    message = an_object(body.get("message"), "message")
    quote = message.get("quote_message_id")
    quoted = a_text(quote, "quote_message_id", 100) if quote is not None else ""
    if "attachment" not in message:
        text = a_text(message.get("text"), "text", MAX_TEXT)
        return Draft(user_id=user_id, kind="text", text=text, quote_message_id=quoted)
    kind, text, detail = await _attached(message, shelf)
    return Draft(user_id=user_id, kind=kind, text=text, quote_message_id=quoted, detail=detail)


async def _attached(message: dict[str, Any], shelf: MediaShelf) -> tuple[str, str, dict[str, Any]]:
    attachment = an_object(message["attachment"], "attachment")
    payload = an_object(attachment.get("payload"), "payload")
    text = a_text(message.get("text", ""), "text", MAX_TEXT, empty=True)
    if attachment.get("type") == "file":
        _no_text(text)
        return "file", "", file_token(payload, shelf)
    if attachment.get("type") != "template":
        raise ApiError(-233, f"attachment type {attachment.get('type')!r} is not supported")
    template = payload.get("template_type")
    if template is None:
        return "text", a_text(text, "text", MAX_TEXT), {"buttons": parse_buttons(payload.get("buttons"))}
    if template == "media":
        kind, detail = await media_element(payload.get("elements"), shelf)
        return kind, text, detail
    if template == "request_user_info":
        _no_text(text)
        return "request_user_info", "", info_form(payload.get("elements"))
    # Sheet §2.4, §2.5: "button" and "list" are not confirmed on this path; what is not known to pass is refused.
    raise ApiError(-233, f"template_type {template!r} is not supported")


def _no_text(text: str) -> None:
    if text:
        raise invalid("text")
