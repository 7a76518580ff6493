"""Following the log: rows after a cursor, for one conversation or for all. Every reader of every reply asks these, in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from django.db import connections

from ledger.appending import ConversationGoneError
from ledger.conversations import queue_position
from ledger.models import Conversation, Entry, Handoff
from ledger.router import ALIAS
from ledger.sql import select

RECENT_HANDOFFS = 20  # what the expected wait is judged by


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Who owns a conversation; while it waits, its place in the queue (1 is next) and the usual wait in seconds."""

    state: str
    position: int | None
    wait_s: int | None
    operator: str


def entries_after(conversation_id: str, cursor: int, limit: int = 200) -> list[Entry]:
    """Rows of one conversation with an id above the cursor, oldest first."""
    return select(
        Entry, "WHERE conversation_id = %s AND id > %s ORDER BY id LIMIT %s", [conversation_id, cursor, limit]
    )


def touched_after(cursor: int, limit: int = 1000) -> list[tuple[int, str]]:
    """(id, conversation) of all rows above the cursor, oldest first: what a follower wakes its readers with."""
    with connections[ALIAS].cursor() as database:
        database.execute(
            "SELECT id, conversation_id FROM ledger_entry WHERE id > %s ORDER BY id LIMIT %s", [cursor, limit]
        )
        return list(database.fetchall())


def last_id() -> int:
    """The highest id in the log, 0 when it is empty."""
    newest = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def standing(conversation_id: str) -> Standing:
    """The conversation's present owner and queue place.

    Raises:
        ConversationGoneError: unknown id.
    """
    found = select(Conversation, "WHERE id = %s", [conversation_id])
    if not found:
        raise ConversationGoneError(conversation_id)
    conversation = found[0]
    position = queue_position(conversation)
    return Standing(
        state=conversation.state,
        position=position,
        wait_s=None if position is None else _usual_wait_s(),
        operator=conversation.owner_name,
    )


def _usual_wait_s() -> int | None:
    """Median wait of the last handoffs that a person took; None when there were none yet."""
    taken = Handoff.objects.exclude(taken_at=None).order_by("-pk").values_list("requested_at", "taken_at")
    waits = [(end - start).total_seconds() for start, end in taken[:RECENT_HANDOFFS] if end is not None]
    return round(median(waits)) if waits else None
