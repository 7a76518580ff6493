"""What a resident's event brings beside words: files to fetch, a place, a link, a contact card, a filled-in form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from connectors.channels.zalo.messages import Event, UnreadableEventError
from contracts.text import clean_text
from contracts.turn import Location, TurnShapeError, location_from_json
from ledger.sent_files import ForeignFile

# Events whose attachments are files, by what the operator calls them; the last two bring no file that is fetched.
MEDIA = {
    "user_send_image": "image",
    "user_send_gif": "image",
    "user_send_video": "video",
    "user_send_audio": "voice",
    "user_send_file": "file",
    "user_send_sticker": "sticker",
    "user_send_business_card": "card",
}
MOST_FILES = 10  # of one message; Zalo sends pictures one by one
MAX_URL = 2000
MAX_FIELD = 200
_CONTACT = {"name": "name", "phone": "phone", "user_dob": "born", "gender": "gender"}
_PLACE = ("user_address", "user_ward", "user_district", "user_city", "address", "ward", "district", "city")


def read_files(event: Event) -> tuple[ForeignFile, ...]:
    """The files of a message; a card's pictures and what has no address are passed over."""
    kind = MEDIA.get(event.name, "")
    if kind in ("", "card"):
        return ()
    found = [payload for payload in _payloads(event)[:MOST_FILES] if 0 < len(_text(payload, "url")) <= MAX_URL]
    return tuple(ForeignFile(kind=kind, url=_text(one, "url"), name=_field(one, "name")) for one in found)


def read_location(event: Event) -> Location:
    """The place of a ``user_send_location``; coordinates come as text or numbers.

    Raises:
        UnreadableEventError: no coordinates on the globe.
    """
    try:
        coordinates = event.message["attachments"][0]["payload"]["coordinates"]
        return location_from_json({"lat": coordinates["latitude"], "lng": coordinates["longitude"]})
    except (KeyError, IndexError, TypeError, OverflowError, TurnShapeError) as error:
        raise UnreadableEventError("attachments hold no place") from error


def read_link(event: Event) -> str:
    """The address of a ``user_send_link``, which is only ever shown, never opened; empty when there is none."""
    return next((_text(payload, "url")[:MAX_URL] for payload in _payloads(event)), "")


def read_card(event: Event) -> dict[str, str]:
    """Name and phone of a business card: ``description`` is a JSON text (sheet §1.7), the name stands in the message."""
    name = event.message.get("text")
    card = {"name": clean_text(name)[:MAX_FIELD]} if isinstance(name, str) else {}
    for payload in _payloads(event)[:1]:
        try:
            described = json.loads(_text(payload, "description"))
        except (ValueError, RecursionError):
            continue
        if isinstance(described, dict):
            card["phone"] = _field(described, "phone")
    return {key: value for key, value in card.items() if value}


def read_contact(event: Event) -> dict[str, str]:
    """``info`` of a ``user_submit_info``, in its newer shape (``full_address``) or its older flat one.

    ``{name, phone, address, born, gender}``; what is empty is left out.

    Raises:
        UnreadableEventError: nothing in it.
    """
    info = event.body.get("info")
    if not isinstance(info, dict):
        raise UnreadableEventError("info is missing")
    contact = {ours: _field(info, theirs) for theirs, ours in _CONTACT.items()}
    nested = info.get("full_address")
    place = nested if isinstance(nested, dict) else info
    contact["address"] = ", ".join(filter(None, (_field(place, name) for name in _PLACE)))[: 2 * MAX_FIELD]
    filled = {key: value for key, value in contact.items() if value}
    if not filled:
        raise UnreadableEventError("info is empty")
    return filled


def _payloads(event: Event) -> list[Mapping[str, Any]]:
    given = event.message.get("attachments")
    found = [one.get("payload") for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    return [payload for payload in found if isinstance(payload, dict)]


def _text(source: Mapping[str, Any], name: str) -> str:
    value = source.get(name)
    return clean_text(value) if isinstance(value, str) else ""


def _field(source: Mapping[str, Any], name: str) -> str:
    """A short text; a number (phones come as such) is written out, 0 means nothing."""
    value = source.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if value else ""
    return " ".join(clean_text(value).split())[:MAX_FIELD] if isinstance(value, str) else ""
