"""The actions of ``POST /sandbox/residents/{user_id}/actions``, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.control.fields import ControlError, coordinate, text, whole_number
from sandbox.phone import Phone
from sandbox.transcript import Message

type Body = dict[str, Any]


def act(phone: Phone, body: Body) -> Body:
    """Does what ``action`` names: ``{message}`` of what was sent, ``{opens}`` of a tapped link, or ``{}``.

    Raises:
        ControlError: for an unknown action or a missing field.
        PhoneError: when the phone cannot do it now.
    """
    action = ACTIONS.get(text(body, "action"))
    if action is None:
        raise ControlError(f"Không có hành động này. Có: {', '.join(ACTIONS)}.")
    outcome = action(phone, body)
    if isinstance(outcome, Message):
        return {"message": outcome.to_json()}
    return outcome or {}


def _send_text(phone: Phone, body: Body) -> Message:
    return phone.send_text(text(body, "text"), text(body, "quote_message_id", ""))


def _send_image(phone: Phone, body: Body) -> Message:
    return phone.send_media("image", text(body, "media_id"), text(body, "text", ""))


def _send_file(phone: Phone, body: Body) -> Message:
    return phone.send_media("file", text(body, "media_id"))


def _send_voice(phone: Phone, body: Body) -> Message:
    return phone.send_media("audio", text(body, "media_id"))


def _send_location(phone: Phone, body: Body) -> Message:
    return phone.send_location(coordinate(body, "latitude", 90), coordinate(body, "longitude", 180))


def _send_sticker(phone: Phone, body: Body) -> Message:
    return phone.send_sticker(text(body, "sticker_id"))


def _tap(phone: Phone, body: Body) -> Message | Body:
    return phone.tap(text(body, "message_id"), whole_number(body, "index"))


def _follow(phone: Phone, body: Body) -> None:
    phone.follow(text(body, "source", "oa_profile"))


def _unfollow(phone: Phone, body: Body) -> None:
    phone.unfollow(text(body, "source", "oa_profile"))


def _chat_now(phone: Phone, _: Body) -> None:
    phone.chat_now()


def _submit_info(phone: Phone, body: Body) -> None:
    """``{name, phone, address?, ward?, city?}`` in the newer, nested shape."""
    place = {"user_city": text(body, "city", ""), "user_ward": text(body, "ward", "")}
    address = place | {"user_address": text(body, "address", "")}
    phone.submit_info({"name": text(body, "name"), "phone": text(body, "phone"), "full_address": address})


def _withdraw(phone: Phone, _: Body) -> None:
    phone.withdraw()


def _see(phone: Phone, _: Body) -> Body:
    return {"seen": [message.message_id for message in phone.see()]}


def _go_offline(phone: Phone, _: Body) -> None:
    phone.platform.residents.set_online(phone.resident.user_id, False)


def _go_online(phone: Phone, _: Body) -> None:
    phone.go_online()


def _block(phone: Phone, _: Body) -> None:
    phone.platform.residents.set_blocking(phone.resident.user_id, True)


def _unblock(phone: Phone, _: Body) -> None:
    phone.platform.residents.set_blocking(phone.resident.user_id, False)


ACTIONS: dict[str, Callable[[Phone, Body], Message | Body | None]] = {
    "send_text": _send_text,
    "send_image": _send_image,
    "send_file": _send_file,
    "send_voice": _send_voice,
    "send_location": _send_location,
    "send_sticker": _send_sticker,
    "tap": _tap,
    "follow": _follow,
    "unfollow": _unfollow,
    "chat_now": _chat_now,
    "submit_info": _submit_info,
    "withdraw": _withdraw,
    "see": _see,
    "go_offline": _go_offline,
    "go_online": _go_online,
    "block": _block,
    "unblock": _unblock,
}
