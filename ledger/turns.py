"""The relay's side of the ledger: taking a conversation's next message, and the end of a turn in one transaction.

A claim is a conditional UPDATE with a lease, the same on SQLite and PostgreSQL; a dead worker's lease runs out. A turn
is two jobs, ``take_work`` and ``complete``; what each of them needs is written as SQL, because composing a statement
costs Django ten times what the database needs for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connections, transaction
from django.db.models import Q

from ledger.appending import locked_conversation
from ledger.conversations import give_to_bot, queue_position, request_person
from ledger.models import Author, Conversation, Effect, Entry, State
from ledger.replies import Reply, append_reply
from ledger.router import ALIAS
from ledger.sql import select, stored

LEASE = timedelta(seconds=6)
_UNHANDLED = "conversation_id = %s AND author = 'resident' AND kind = 'message' AND handled_at IS NULL"
_SPOKEN = "conversation_id = %s AND author <> 'resident' AND kind = 'message'"


@dataclass(frozen=True, kw_only=True)
class Work:
    """A resident's message that waits for its turn."""

    conversation_id: str
    entry_id: int
    channel: str
    text: str
    meta: Mapping[str, Any]
    at: datetime
    state: str
    position: int | None
    first: bool


@dataclass(frozen=True, kw_only=True)
class Completed:
    """How a turn ended: whether it was ``said``, and whether the worker still has the conversation, with ``more`` to do."""

    said: bool
    more: bool


def waiting_conversations(now: datetime, limit: int = 100) -> list[str]:
    """Conversations with messages that nobody works on, longest waiting first."""
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    found = Conversation.objects.filter(free, unhandled=True).order_by("last_resident_at")
    return list(found.values_list("pk", flat=True)[:limit])


def take_work(conversation_id: str, worker: str, now: datetime) -> Work | None:
    """Takes the conversation for this worker and returns its oldest unhandled message.

    None when another worker holds it, or when nothing waits; then nobody holds it and it no longer counts as unhandled.
    """
    # One transaction: who appends needs the row that the UPDATE has locked, so nothing comes in unseen.
    with transaction.atomic(using=ALIAS):
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(
                "UPDATE ledger_conversation SET lease_by = %s, lease_until = %s WHERE id = %s AND unhandled"
                " AND (lease_until IS NULL OR lease_until < %s OR lease_by = %s)",
                [worker, stored(now + LEASE), conversation_id, stored(now), worker],
            )
            if cursor.rowcount != 1:
                return None
        for entry in select(Entry, f"WHERE {_UNHANDLED} ORDER BY id LIMIT 1", [conversation_id]):
            return _work(entry)
        _set_down(conversation_id)
    return None


def renew(worker: str, conversations: Iterable[str], now: datetime) -> None:
    """Heartbeat: moves the end of the leases that this worker still holds."""
    held = Conversation.objects.filter(pk__in=list(conversations), lease_by=worker)
    held.update(lease_until=now + LEASE)


def release(conversation_id: str, worker: str) -> None:
    """Gives a conversation free in the middle of its work; does nothing when the lease is another worker's by now."""
    Conversation.objects.filter(pk=conversation_id, lease_by=worker).update(lease_by="", lease_until=None)


def complete(
    work: Work, worker: str, replies: Sequence[Reply], effects: Sequence[Mapping[str, Any]], now: datetime
) -> Completed:
    """Ends a turn: replies and effects appended, the message marked as handled, the conversation given free unless more waits.

    Not ``said``, with nothing written but the mark, when a person has taken the conversation meanwhile; and with nothing
    written at all when the message was handled already or the lease is lost.
    """
    with locked_conversation(work.conversation_id) as conversation:
        if conversation.lease_by != worker:
            return Completed(said=False, more=False)
        said = _mark_handled(work.entry_id, now) and conversation.state != State.HUMAN
        if said:
            entry = _cause(conversation, work)
            for reply in replies:
                append_reply(conversation, entry, reply, Author.BOT, now)
            for effect in effects:
                _apply(conversation, entry, effect, now)
        return Completed(said=said, more=_keeps(work.conversation_id))


def come_back(work: Work, worker: str, reply: Reply, now: datetime) -> Completed:
    """The resident, owned by a person or waiting for one, wishes to have the assistant back."""
    with locked_conversation(work.conversation_id) as conversation:
        if conversation.lease_by != worker:
            return Completed(said=False, more=False)
        said = _mark_handled(work.entry_id, now)
        if said:
            if conversation.state != State.BOT:
                give_to_bot(conversation, Author.RESIDENT, "", "resident", now)
            append_reply(conversation, _cause(conversation, work), reply, Author.BOT, now)
        return Completed(said=said, more=_keeps(work.conversation_id))


def _work(entry: Entry) -> Work:
    (conversation,) = select(Conversation, "WHERE id = %s", [entry.conversation_id])
    return Work(
        conversation_id=conversation.pk,
        entry_id=entry.pk,
        channel=conversation.channel,
        text=entry.text or "",
        meta=entry.meta,
        at=entry.at,
        state=conversation.state,
        position=queue_position(conversation),
        first=not _any(_SPOKEN, conversation.pk),
    )


def _cause(conversation: Conversation, work: Work) -> Entry:
    """The message as far as replies and effects need it: they point at its row."""
    return Entry(id=work.entry_id, conversation=conversation)


def _mark_handled(entry_id: int, now: datetime) -> bool:
    """False when it was handled before."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_entry SET handled_at = %s WHERE id = %s AND handled_at IS NULL",
            [stored(now), entry_id],
        )
        return bool(cursor.rowcount == 1)


def _keeps(conversation_id: str) -> bool:
    """Whether more waits; without it the conversation is set down."""
    more = _any(_UNHANDLED, conversation_id)
    if not more:
        _set_down(conversation_id)
    return more


def _set_down(conversation_id: str) -> None:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_conversation SET unhandled = FALSE, lease_by = '', lease_until = NULL WHERE id = %s",
            [conversation_id],
        )


def _any(condition: str, conversation_id: str) -> bool:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM ledger_entry WHERE {condition} LIMIT 1", [conversation_id])  # noqa: S608 -- a constant
        return cursor.fetchone() is not None


def _apply(conversation: Conversation, entry: Entry, effect: Mapping[str, Any], now: datetime) -> None:
    """Applies one effect, once per (message, kind); ``erase`` is recorded here and carried out by the relay."""
    data = {name: value for name, value in effect.items() if name != "kind"}
    _, new = Effect.objects.get_or_create(entry=entry, kind=effect["kind"], defaults={"data": data, "at": now})
    if not new:
        return
    if effect["kind"] == "handoff":
        request_person(conversation, entry, str(data["reason"]), int(data["priority"]), now)
    if effect["kind"] == "return" and conversation.state != State.BOT:
        give_to_bot(conversation, Author.RESIDENT, "", "resident", now)
