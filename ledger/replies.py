"""Replies enter the log: their buttons become opaque tokens, channels that must be called get a delivery."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ledger.appending import append
from ledger.models import Author, ButtonToken, Conversation, Delivery, Entry
from ledger.sql import insert

# Channels whose readers follow the log themselves; all others are called by delivery.
PULLED_CHANNELS = frozenset({"web"})


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One bubble. Buttons are ``{title, payload{answer, slots} | url | phone}``; ``release`` is the id it tells from.

    ``actor`` is the display name of the person who speaks; ``external_id`` makes a reply sent twice one reply.
    """

    text: str
    meta: Mapping[str, Any] = field(default_factory=dict)
    buttons: Sequence[Mapping[str, Any]] = ()
    image: str = ""
    release: str = ""
    actor: str = ""
    external_id: str | None = None


def append_reply(conversation: Conversation, cause: Entry | None, reply: Reply, author: Author, now: datetime) -> Entry:
    """Appends one reply inside the caller's transaction."""
    shown, hidden = _split_buttons(reply.buttons)
    entry = append(
        conversation,
        at=now,
        author=author,
        text=reply.text,
        buttons=shown,
        image=reply.image,
        meta=dict(reply.meta),
        reply_to=cause,
        release=reply.release,
        actor=reply.actor,
        external_id=reply.external_id,
    )
    for token, title, payload in hidden:
        insert(ButtonToken(token=token, conversation=conversation, entry=entry, title=title, payload=payload))
    if conversation.channel not in PULLED_CHANNELS:
        insert(Delivery(entry=entry, conversation=conversation, next_at=now, changed_at=now))
    return entry


def _split_buttons(
    buttons: Sequence[Mapping[str, Any]],
) -> tuple[list[dict[str, Any]], list[tuple[str, str, dict[str, Any]]]]:
    """Buttons as the resident sees them, and what their tokens stand for."""
    shown: list[dict[str, Any]] = []
    hidden: list[tuple[str, str, dict[str, Any]]] = []
    for button in buttons:
        if "payload" not in button:
            shown.append(dict(button))
            continue
        token = secrets.token_urlsafe(16)
        shown.append({"title": button["title"], "payload": token})
        hidden.append((token, str(button["title"])[:100], dict(button["payload"])))
    return shown, hidden
