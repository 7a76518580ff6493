"""The one way into the log: rows are appended under their conversation's lock, ids become visible in order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction

from ledger.models import Conversation, Entry
from ledger.router import ALIAS
from ledger.sql import for_update, insert, select

# Any fixed number: held from id assignment to commit by whoever appends, so that a cursor never skips a row that a
# slower transaction commits later (PostgreSQL only; SQLite has one writer at a time).
APPEND_LOCK = 7_402_021


class ConversationGoneError(LookupError):
    """There is no conversation with this id."""

    def __init__(self, conversation_id: str) -> None:
        super().__init__(f"conversation {conversation_id} does not exist")


@contextmanager
def locked_conversation(conversation_id: str) -> Iterator[Conversation]:
    """A transaction in which this conversation's row is locked; appends and changes of state happen inside.

    Raises:
        ConversationGoneError: unknown id.
    """
    with transaction.atomic(using=ALIAS):
        found = select(Conversation, f"WHERE id = %s{for_update()}", [conversation_id])
        if not found:
            raise ConversationGoneError(conversation_id)
        yield found[0]


def append(conversation: Conversation, **fields: Any) -> Entry:
    """Appends one row; call inside ``locked_conversation``, after everything that can wait for another lock."""
    entry = Entry(conversation=conversation, **fields)
    if connections[ALIAS].vendor == "postgresql":
        with connections[ALIAS].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [APPEND_LOCK])
    insert(entry)
    return entry
