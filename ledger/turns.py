"""The relay's side of the ledger: claiming a conversation, its next message, and the end of a turn in one transaction.

A claim is a conditional UPDATE with a lease, the same on SQLite and PostgreSQL; a dead worker's lease runs out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from ledger.appending import locked_conversation
from ledger.conversations import give_to_bot, queue_position, request_person
from ledger.models import Author, Conversation, Effect, Entry, EntryKind, State
from ledger.replies import Reply, append_reply

LEASE = timedelta(seconds=6)


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


def waiting_conversations(now: datetime, limit: int = 100) -> list[str]:
    """Conversations with messages that nobody works on, longest waiting first."""
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    found = Conversation.objects.filter(free, unhandled=True).order_by("last_resident_at")
    return list(found.values_list("pk", flat=True)[:limit])


def claim(conversation_id: str, worker: str, now: datetime) -> bool:
    """Takes the conversation for this worker, unless another one holds it."""
    free = Q(lease_until=None) | Q(lease_until__lt=now) | Q(lease_by=worker)
    claimed = Conversation.objects.filter(free, pk=conversation_id, unhandled=True)
    return claimed.update(lease_by=worker, lease_until=now + LEASE) == 1


def renew(worker: str, conversations: Iterable[str], now: datetime) -> None:
    """Heartbeat: moves the end of the leases that this worker still holds."""
    held = Conversation.objects.filter(pk__in=list(conversations), lease_by=worker)
    held.update(lease_until=now + LEASE)


def release(conversation_id: str, worker: str) -> None:
    """Gives a conversation free; does nothing when the lease is another worker's by now."""
    Conversation.objects.filter(pk=conversation_id, lease_by=worker).update(lease_by="", lease_until=None)


def next_work(conversation_id: str, worker: str) -> Work | None:
    """The oldest unhandled message; None when there is none, and then the conversation no longer counts as unhandled."""
    found = _oldest(conversation_id)
    if found is None:
        with locked_conversation(conversation_id) as conversation:
            found = _oldest(conversation_id)
            if found is None:
                conversation.unhandled = False
                conversation.save(update_fields=["unhandled"])
    if found is None or found.conversation.lease_by != worker:
        return None
    conversation = found.conversation
    spoken = Entry.objects.filter(conversation=conversation, kind=EntryKind.MESSAGE).exclude(author=Author.RESIDENT)
    return Work(
        conversation_id=conversation.pk,
        entry_id=found.pk,
        channel=conversation.channel,
        text=found.text or "",
        meta=found.meta,
        at=found.at,
        state=conversation.state,
        position=queue_position(conversation),
        first=not spoken.exists(),
    )


def complete(
    work: Work, worker: str, replies: Sequence[Reply], effects: Sequence[Mapping[str, Any]], now: datetime
) -> bool:
    """Ends a turn: replies and effects appended, the message marked as handled.

    Returns False, with nothing written but the mark, when a person has taken the conversation meanwhile; and False
    with nothing written at all when the message was handled already or the lease is lost.
    """
    with locked_conversation(work.conversation_id) as conversation:
        entry = Entry.objects.get(pk=work.entry_id)
        if entry.handled_at is not None or conversation.lease_by != worker:
            return False
        Entry.objects.filter(pk=entry.pk).update(handled_at=now)
        if conversation.state == State.HUMAN:
            return False
        for reply in replies:
            append_reply(conversation, entry, reply, Author.BOT, now)
        for effect in effects:
            _apply(conversation, entry, effect, now)
    return True


def come_back(work: Work, worker: str, reply: Reply, now: datetime) -> None:
    """The resident, owned by a person or waiting for one, wishes to have the assistant back."""
    with locked_conversation(work.conversation_id) as conversation:
        entry = Entry.objects.get(pk=work.entry_id)
        if entry.handled_at is not None or conversation.lease_by != worker:
            return
        Entry.objects.filter(pk=entry.pk).update(handled_at=now)
        if conversation.state != State.BOT:
            give_to_bot(conversation, Author.RESIDENT, "", "resident", now)
        append_reply(conversation, entry, reply, Author.BOT, now)


def _oldest(conversation_id: str) -> Entry | None:
    unhandled = Entry.objects.filter(conversation=conversation_id, author=Author.RESIDENT, handled_at=None)
    return unhandled.filter(kind=EntryKind.MESSAGE).select_related("conversation").order_by("id").first()


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
