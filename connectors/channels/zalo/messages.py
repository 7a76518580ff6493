"""What Zalo sends: one event a request, read leniently where its documents disagree, strictly where ids are concerned."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from connectors.channels.zalo.tokens import CHANNEL
from contracts.text import clean_text
from ledger.inbox import event_key

TOKEN_MARK = "#"  # noqa: S105 -- Zalo's habit for commands; passes its syntax filter
_ID = re.compile(r"[!-~]{1,100}")
_TOKEN = re.compile(r"#([A-Za-z0-9_-]{16,64})")
_NUMBER = re.compile(r"(?:số\s*)?(\d{1,2})\s*[.)]?", re.IGNORECASE)


class UnreadableEventError(ValueError):
    """A genuine event that lacks a field or has one of a wrong type; the message names the field, never its content."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """An event with its two parties told apart; both are empty where it names none of ours."""

    name: str
    timestamp: str
    oa_id: str
    user_id: str
    by_oa: bool
    body: Mapping[str, Any]

    @property
    def message(self) -> Mapping[str, Any]:
        """The ``message`` object, empty when there is none."""
        message = self.body.get("message")
        return message if isinstance(message, dict) else {}

    @property
    def address(self) -> str:
        """The resident's address in the ledger: a user id belongs to one OA only."""
        return f"{self.oa_id}:{self.user_id}"

    @property
    def identity(self) -> str:
        """What tells this event from others of its name."""
        msg_id = self.message.get("msg_id")
        return f"{self.oa_id}:{f'{self.timestamp}:{self.user_id}' if msg_id is None else read_id(msg_id, 'msg_id')}"

    @property
    def key(self) -> str:
        """Its fingerprint for the ledger's inbox."""
        return event_key(CHANNEL, self.name, self.identity)

    @property
    def at(self) -> datetime | None:
        """When it happened, by Zalo's clock; None when it says nothing usable."""
        try:
            return datetime.fromtimestamp(int(self.timestamp) / 1000, UTC)
        except (ValueError, OverflowError, OSError):
            return None


def parse_body(raw: bytes) -> Mapping[str, Any] | None:
    """The JSON object of a request; None for anything else, also for what is no UTF-8 or nested too deeply."""
    try:
        body = json.loads(raw.decode())
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def body_timestamp(body: Mapping[str, Any]) -> str | None:
    """The body's ``timestamp`` as text; some payloads have it as a number."""
    value = body.get("timestamp")
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def named_ids(body: Mapping[str, Any]) -> list[str]:
    """Every id of a party that the event names, the usual places of the OA first."""
    found = [body.get("oa_id")]
    found += [
        party.get("id") for name in ("recipient", "sender", "follower") if isinstance(party := body.get(name), dict)
    ]
    found.append(body.get("user_id"))
    return [str(value) for value in found if isinstance(value, str | int) and not isinstance(value, bool)]


def parse_event(body: Mapping[str, Any], our_oas: Collection[str]) -> Event:
    """Reads the envelope.

    Sender and recipient change places between messages, echoes and receipts, so the party whose id is one of our
    OAs is the OA, the other one the resident.

    Raises:
        UnreadableEventError: no name, or an id that is neither text nor an exact whole number.
    """
    name = body.get("event_name")
    if not isinstance(name, str):
        raise UnreadableEventError("event_name is missing")
    sender, recipient = _party(body, "sender"), _party(body, "recipient")
    oa = next((one for one in (_optional(body, "oa_id"), recipient, sender) if one in our_oas), "")
    others = (sender, recipient, _party(body, "follower"), _optional(body, "user_id"))
    user = next((one for one in others if one and one != oa), "")
    return Event(
        name=name,
        timestamp=body_timestamp(body) or "",
        oa_id=oa,
        user_id=user,
        by_oa=bool(oa) and sender == oa,
        body=body,
    )


def read_id(value: object, name: str) -> str:
    """An id as text. A JSON number is taken only when it is whole: Zalo's ids do not fit into a float.

    Raises:
        UnreadableEventError: anything else.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or _ID.fullmatch(value) is None:
        raise UnreadableEventError(f"{name} is no id")
    return value


def read_text(event: Event) -> str:
    """``message.text`` as the product keeps text; empty when there is none.

    Raises:
        UnreadableEventError: not text.
    """
    value = event.message.get("text", "")
    if not isinstance(value, str):
        raise UnreadableEventError("message.text is no text")
    return clean_text(value)


def read_receipts(event: Event) -> list[str]:
    """Ids of the messages that a receipt is about: ``msg_id``, or the array ``msg_ids`` of a seen receipt.

    Raises:
        UnreadableEventError: neither.
    """
    ids = event.message.get("msg_ids")
    given = ids if isinstance(ids, list) else [event.message.get("msg_id")]
    return [read_id(value, "msg_ids") for value in given[:200]]


def button_token(text: str) -> str | None:
    """The token that a tapped button sent as text; Zalo has no other way, so the text may be typed as well."""
    found = _TOKEN.fullmatch(text)
    return None if found is None else found[1]


def list_number(text: str) -> int | None:
    """The number with which somebody answers a numbered list."""
    found = _NUMBER.fullmatch(text)
    return None if found is None else int(found[1])


def comparable(text: str) -> str:
    """A text as it can be compared with what Zalo repeats of it."""
    return " ".join(clean_text(text).split())


def _party(body: Mapping[str, Any], name: str) -> str:
    party = body.get(name)
    return _optional(party, "id") if isinstance(party, dict) else ""


def _optional(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    return "" if value is None else read_id(value, name)
