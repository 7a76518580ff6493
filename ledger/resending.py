"""Dead letters: what could not be delivered, and the order of a person to try once more.

An order never sends anything blindly: the message counts as uncertain until the provider's record was searched for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from ledger.models import Conversation, Delivery, DeliveryState, Entry, EntryKind, State


@dataclass(frozen=True, kw_only=True)
class DeadLetter:
    """A message that did not arrive. ``reason`` is delivery's own short one.

    ``overtaken``: a person took the conversation after these words entered the log; only ``dead_letter`` looks.
    """

    delivery_id: int
    conversation_id: str
    channel: str
    author: str
    actor: str
    text: str
    image: str
    reason: str
    said_at: datetime
    failed_at: datetime
    resent_by: str
    overtaken: bool = False


def dead_letters(since: datetime, limit: int = 200) -> list[DeadLetter]:
    """What failed since then and was not erased, the latest first."""
    rows = _dead(since).select_related("entry", "conversation").order_by("-changed_at", "-pk")
    return [_letter(row) for row in rows[:limit]]


def count_dead(since: datetime) -> int:
    """How many there are."""
    return _dead(since).count()


def dead_letter(conversation: Conversation, delivery_id: int) -> DeadLetter | None:
    """A dead letter of this conversation; None when it is none (any more)."""
    row = _dead(None).filter(conversation=conversation, pk=delivery_id).select_related("entry", "conversation").first()
    if row is None:
        return None
    changes = Entry.objects.filter(conversation=conversation, kind=EntryKind.STATE, pk__gt=row.entry.pk)
    return replace(_letter(row), overtaken=changes.filter(meta__state=State.HUMAN.value).exists())


def resend(letter: DeadLetter, person: str, now: datetime) -> None:
    """Orders a dead letter to be sent again; call inside ``locked_conversation``.

    The search begins where the message entered the log: any earlier attempt may have arrived.
    """
    Delivery.objects.filter(pk=letter.delivery_id, state=DeliveryState.FAILED).update(
        state=DeliveryState.UNCERTAIN,
        next_at=now,
        sending_since=letter.said_at,
        attempts=0,
        doubts=0,
        resent_by=person,
        resent_at=now,
        changed_at=now,
    )


def _dead(since: datetime | None) -> QuerySet[Delivery]:
    dead = Delivery.objects.filter(state=DeliveryState.FAILED, entry__text__isnull=False)
    return dead if since is None else dead.filter(changed_at__gte=since)


def _letter(row: Delivery) -> DeadLetter:
    return DeadLetter(
        delivery_id=row.pk,
        conversation_id=row.conversation.pk,
        channel=row.conversation.channel,
        author=row.entry.author,
        actor=row.entry.actor,
        text=row.entry.text or "",
        image=row.entry.image,
        reason=row.error,
        said_at=row.entry.at,
        failed_at=row.changed_at,
        resent_by=row.resent_by,
    )
