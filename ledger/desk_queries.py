"""What the operators' desk asks of the ledger: lists of conversations, alarms, and one conversation's rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery

from contracts.keys import SENSITIVE_PREFIX
from ledger.models import Author, Conversation, Entry, EntryKind, Handoff, State

URGENT = 1


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A conversation in a list. ``last_words`` are the resident's, None when erased or there are none.

    ``cause_words``: of the message for whose sensitive content it waits, None when it is the last one itself, erased, or
    there was none. ``unanswered``: the resident spoke after the last operator or the taking.
    """

    id: str
    channel: str
    state: str
    priority: int | None
    reason: str
    waiting_since: datetime | None
    owner_id: str
    owner_name: str
    last_words: str | None
    cause_words: str | None
    last_at: datetime | None
    unanswered: bool


def waiting(limit: int = 200) -> list[Listed]:
    """Conversations that wait for a person: most urgent first, then longest waiting."""
    found = _with_last_words(Conversation.objects.filter(state=State.WAITING))
    return [_listed(row) for row in found.order_by("priority", "waiting_since", "pk")[:limit]]


def owned(limit: int = 200) -> list[Listed]:
    """Conversations that a person owns: urgent first, then by the resident's last message, newest first."""
    found = _with_last_words(Conversation.objects.filter(state=State.HUMAN))
    return [_listed(row) for row in found.order_by("priority", "-last_resident_at", "pk")[:limit]]


def alarms() -> list[tuple[str, int]]:
    """(conversation, row) of what needs someone at once; a new danger makes a new row, so that it sounds again.

    Urgent conversations that wait; and owned ones with a safety text since the taking, not answered yet. Longest
    waiting first.
    """
    danger = Q(entries__kind=EntryKind.MESSAGE, entries__meta__answer__startswith=SENSITIVE_PREFIX)
    answer = Q(entries__kind=EntryKind.MESSAGE, entries__author=Author.OPERATOR)
    urgent = Conversation.objects.filter(priority=URGENT, state__in=[State.WAITING, State.HUMAN]).annotate(
        danger=Max("entries__pk", filter=danger),
        new_danger=Max("entries__pk", filter=danger & Q(entries__at__gte=F("claimed_at"))),
        answer=Max("entries__pk", filter=answer),
    )
    sounding = []
    rows = urgent.order_by("waiting_since", "pk")
    for pk, state, row, new_row, answer_row in rows.values_list("pk", "state", "danger", "new_danger", "answer"):
        if state == State.WAITING:
            sounding.append((pk, row or 0))
        elif new_row is not None and new_row > (answer_row or 0):
            sounding.append((pk, new_row))
    return sounding


def transcript(conversation_id: str, before: int | None = None, limit: int = 200) -> list[Entry]:
    """The last rows of a conversation (those with an id below ``before``), oldest first, deliveries joined."""
    rows = Entry.objects.filter(conversation=conversation_id).select_related("delivery").prefetch_related("files")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[:limit])[::-1]


def _with_last_words(conversations: QuerySet[Conversation]) -> QuerySet[Conversation, Any]:
    messages = Entry.objects.filter(conversation=OuterRef("pk"), kind=EntryKind.MESSAGE).order_by("-pk")
    words = messages.filter(author=Author.RESIDENT)
    answers = messages.filter(author=Author.OPERATOR)
    handoffs = Handoff.objects.filter(conversation=OuterRef("pk"), closed_at=None).order_by("-pk")
    causes = handoffs.filter(reason__startswith=SENSITIVE_PREFIX)
    return conversations.annotate(
        cause=Subquery(causes.values("entry__text")[:1]),
        cause_row=Subquery(causes.values("entry")[:1]),
        words=Subquery(words.values("text")[:1]),
        words_row=Subquery(words.values("pk")[:1]),
        words_at=Subquery(words.values("at")[:1]),
        answer_row=Subquery(answers.values("pk")[:1]),
    )


def _listed(row: Any) -> Listed:
    return Listed(
        id=row.pk,
        channel=row.channel,
        state=row.state,
        priority=row.priority,
        reason=row.reason,
        waiting_since=row.waiting_since,
        owner_id=row.owner_id,
        owner_name=row.owner_name,
        last_words=row.words,
        cause_words=row.cause if row.cause_row != row.words_row else None,
        last_at=row.words_at,
        unanswered=(row.words_row or 0) > (row.answer_row or 0),
    )
