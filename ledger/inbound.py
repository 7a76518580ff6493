"""A resident's message enters the log: once, with the safety text and the handoff of a danger hit in one transaction.

Zalo stops sending when its webhook answers slowly, and composing a statement costs Django ten times what the database
needs for it; so what every message needs is written as SQL here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connections

from ledger.appending import append, locked_conversation
from ledger.conversations import ORDINARY_PRIORITY, request_person
from ledger.inbox import finish
from ledger.models import Author, ButtonToken, Conversation, Entry, State
from ledger.replies import Reply, append_reply
from ledger.router import ALIAS
from ledger.sent_files import ForeignFile, note
from ledger.sql import stored

TELL_AGAIN = timedelta(minutes=5)


class RepeatedIdError(Exception):
    """The same external id came with another body."""

    def __init__(self, external_id: str) -> None:
        super().__init__(f"message id {external_id} was used before with another body")


@dataclass(frozen=True, kw_only=True)
class ResidentMessage:
    """What a channel hands over: clean text, or a tapped button's payload, or a place. ``external_id`` is the channel's.

    ``event`` is the key of the provider's event that brought it (``inbox.event_key``), empty without one; ``acted_at``
    is when the resident wrote it by the provider's clock, None where it comes without delay. ``files`` are still to be
    fetched.
    """

    external_id: str
    text: str
    payload: Mapping[str, Any] | None = None
    location: Mapping[str, float] | None = None
    image: str = ""
    meta: Mapping[str, Any] = field(default_factory=dict)
    event: str = ""
    acted_at: datetime | None = None
    files: tuple[ForeignFile, ...] = ()

    @property
    def sha256(self) -> str:
        """Fingerprint of what the resident sent, to tell a repetition from a mix-up of ids."""
        body = [self.text, self.payload, self.location, self.image]
        return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """A danger rule's hit: the key, its priority, and the approved safety text."""

    key: str
    priority: int
    reply: Reply


@dataclass(frozen=True, kw_only=True)
class Brake:
    """Why a message is kept but gets no turn: its writer sends too fast (``notice`` says so, once in a while), or it is so
    late that only a person can judge what is still to be said (``reason`` asks for one)."""

    notice: Reply | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Received:
    """What became of it; ``new`` is false for a repetition, ``needs_turn`` says whether the relay has work.

    ``entry_id`` is 0 for a repeated event: its row may be erased by now.
    """

    entry_id: int
    new: bool
    needs_turn: bool


def receive(
    conversation_id: str, message: ResidentMessage, alarm: Alarm | None, now: datetime, brake: Brake | None = None
) -> Received:
    """Appends a resident's message (committed on return).

    A brake holds back the turn, never an alarm. With an alarm the safety text follows at once, a person is requested, and no turn is needed; while a person owns the
    conversation the text has author ``system`` and the priority rises. Messages to a person go to the relay too, which
    stays silent unless the resident wants the assistant back.

    Raises:
        ConversationGoneError: unknown conversation.
        RepeatedIdError: ``external_id`` was used with another body.
    """
    with locked_conversation(conversation_id) as conversation:
        if message.event and not finish(message.event):
            return Received(entry_id=0, new=False, needs_turn=False)
        known = _known(conversation, message)
        if known is not None:
            return known
        needs_turn = alarm is None and brake is None
        entry = _append_message(conversation, message, now, handled=not needs_turn)
        if message.files:
            note(entry, message.files, now)
        note_activity(conversation, message.acted_at, now, needs_turn)
        if alarm is not None:
            _sound(conversation, entry, alarm, now)
        elif brake is not None:
            _hold_back(conversation, entry, brake, now)
        return Received(entry_id=entry.pk, new=True, needs_turn=needs_turn)


def button_payload(conversation_id: str, token: str) -> tuple[str, dict[str, Any]] | None:
    """Title and payload of a token that was shown in this conversation, else None."""
    button = ButtonToken.objects.filter(token=token, conversation_id=conversation_id).first()
    return None if button is None else (button.title, button.payload)


def _known(conversation: Conversation, message: ResidentMessage) -> Received | None:
    """What was said of this id before, if it came before."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT id, body_sha256, handled_at IS NULL FROM ledger_entry WHERE conversation_id = %s AND external_id = %s",
            [conversation.pk, message.external_id],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    if row[1] != message.sha256:
        raise RepeatedIdError(message.external_id)
    return Received(entry_id=row[0], new=False, needs_turn=bool(row[2]))


def note_activity(conversation: Conversation, acted_at: datetime | None, now: datetime, needs_turn: bool) -> None:
    """Call inside ``locked_conversation``. A provider's window counts from when the resident acted, not from when we were
    told; a clock that is ahead of ours must not open it for longer, and nothing moves it back."""
    last = conversation.last_resident_at
    acted = min(acted_at or now, now)
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_conversation SET last_resident_at = %s, unhandled = (unhandled OR %s) WHERE id = %s",
            [stored(acted if last is None else max(acted, last)), needs_turn, conversation.pk],
        )


def _append_message(conversation: Conversation, message: ResidentMessage, now: datetime, handled: bool) -> Entry:
    meta = dict(message.meta)
    if message.payload is not None:
        meta["payload"] = dict(message.payload)
    if message.location is not None:
        meta["location"] = dict(message.location)
    return append(
        conversation,
        at=now,
        author=Author.RESIDENT,
        text=message.text,
        image=message.image,
        meta=meta,
        external_id=message.external_id,
        body_sha256=message.sha256,
        handled_at=now if handled else None,
    )


def _sound(conversation: Conversation, entry: Entry, alarm: Alarm, now: datetime) -> None:
    author = Author.SYSTEM if conversation.state == State.HUMAN else Author.BOT
    append_reply(conversation, entry, alarm.reply, author, now)
    request_person(conversation, entry, alarm.key, alarm.priority, now)


def _hold_back(conversation: Conversation, entry: Entry, brake: Brake, now: datetime) -> None:
    """Tells a fast writer once in a while, by approved text; asks a person to see to what is too late for an answer."""
    if brake.reason:
        request_person(conversation, entry, brake.reason, ORDINARY_PRIORITY, now)
    if brake.notice is None or conversation.state == State.HUMAN:
        return
    said = Entry.objects.filter(conversation=conversation, release=brake.notice.release, at__gt=now - TELL_AGAIN)
    if not said.exists():
        append_reply(conversation, entry, brake.notice, Author.BOT, now)
