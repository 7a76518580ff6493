"""The one way into the log: rows are appended under their conversation's lock, ids become visible in order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import connections, transaction

from ledger.models import Conversation, Entry
from ledger.router import ALIAS
from ledger.sql import for_update

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
        found = f"SELECT * FROM ledger_conversation WHERE id = %s{for_update()}"  # noqa: S608 -- two constants
        for conversation in Conversation.objects.raw(found, [conversation_id]):
            yield conversation
            return
        raise ConversationGoneError(conversation_id)


def append(conversation: Conversation, **fields: Any) -> Entry:
    """Appends one row; call inside ``locked_conversation``, after everything that can wait for another lock."""
    connection = connections[ALIAS]
    entry = Entry(conversation=conversation, **fields)
    columns = _columns()
    # Every message comes through here, so Django's composing of the same statement each time is spared.
    statement = (
        f"INSERT INTO ledger_entry ({', '.join(column for column, _ in columns)})"  # noqa: S608 -- the model's columns
        f" VALUES ({', '.join(['%s'] * len(columns))}) RETURNING id"
    )
    values = [field.get_db_prep_save(getattr(entry, field.attname), connection) for _, field in columns]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [APPEND_LOCK])
        cursor.execute(statement, values)
        entry.pk = cursor.fetchone()[0]
    entry._state.adding, entry._state.db = False, ALIAS
    return entry


@cache
def _columns() -> list[tuple[str, Any]]:
    """The log's columns but its id, with their fields."""
    return [(str(field.column), field) for field in Entry._meta.concrete_fields if not field.primary_key]
