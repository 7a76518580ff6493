"""An attempt to deliver: a message of the log, the part of it that is to be sent, and what earlier attempts left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.keys import is_sensitive
from ledger.models import Author, Conversation, Delivery


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A message whose part number ``part`` (from 0) is to be sent; with ``doubtful`` it may have been sent already.

    ``form`` names what the resident is asked to fill in, empty for an ordinary message. ``urgent``: a person's words or
    a safety text. ``wanted_at`` is when the message entered the log, or when a person ordered this dead letter to be sent
    again (``ordered``); ``since`` is when this attempt began (for a doubtful one: since when it may be at the provider);
    ``last_resident_at`` is when the resident last did something.
    """

    delivery_id: int
    conversation_id: str
    channel: str
    address: str
    entry_id: int
    text: str
    buttons: Sequence[Mapping[str, Any]]
    image: str
    form: str
    urgent: bool
    ordered: bool
    part: int
    plain: bool
    doubtful: bool
    attempts: int
    doubts: int
    wanted_at: datetime
    since: datetime
    last_resident_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """``recorded``: the part counts as sent under this id, now or since an echo. ``more``: the conversation has more to send."""

    recorded: bool
    more: bool


def attempt_of(conversation: Conversation, delivery: Delivery, since: datetime, doubtful: bool) -> Attempt:
    """An attempt at a row as it stands; ``since`` is when it began."""
    entry = delivery.entry
    answer = str(entry.meta.get("answer") or "")
    return Attempt(
        delivery_id=delivery.pk,
        conversation_id=conversation.pk,
        channel=conversation.channel,
        address=conversation.address,
        entry_id=entry.pk,
        text=entry.text or "",
        buttons=entry.buttons,
        image=entry.image,
        form=str(entry.meta.get("form") or ""),
        urgent=entry.author != Author.BOT or is_sensitive(answer),
        ordered=delivery.resent_at is not None,
        part=delivery.part,
        plain=delivery.plain,
        doubtful=doubtful,
        attempts=delivery.attempts + (0 if doubtful else 1),
        doubts=delivery.doubts,
        wanted_at=delivery.resent_at or entry.at,
        since=since,
        last_resident_at=conversation.last_resident_at,
    )
