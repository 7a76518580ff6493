"""Delivery's side of the ledger: which message goes out next in a conversation, and what became of the attempt.

The states are those of design §3. A row in ``sending`` or ``uncertain`` may have reached the resident; nothing here
sends such a row again: only a look at the provider's own record may bring it back to ``pending``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from ledger.appending import locked_conversation
from ledger.models import Author, Conversation, Delivery, DeliveryState, Entry, EntryKind, State
from ledger.router import ALIAS

LEASE = timedelta(seconds=6)
SETTLE = timedelta(seconds=10)  # how long an echo may take before the provider's record is asked
OPEN = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.UNCERTAIN)


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A message whose part number ``part`` (from 0) is to be sent; with ``doubtful`` it may have been sent already.

    ``said_at`` is when the message entered the log, ``since`` when this attempt began (for a doubtful one: the attempt
    in doubt), ``last_resident_at`` when the resident last did something.
    """

    delivery_id: int
    conversation_id: str
    channel: str
    address: str
    entry_id: int
    text: str
    buttons: Sequence[Mapping[str, Any]]
    image: str
    part: int
    plain: bool
    doubtful: bool
    attempts: int
    doubts: int
    said_at: datetime
    since: datetime
    last_resident_at: datetime | None


def conversations_due(channels: Collection[str], now: datetime, limit: int = 200) -> list[str]:
    """Conversations whose oldest open delivery can be worked on now, longest due first."""
    earlier = Delivery.objects.filter(conversation=OuterRef("conversation"), state__in=OPEN, pk__lt=OuterRef("pk"))
    rows = Delivery.objects.filter(_due(now), conversation__channel__in=channels).exclude(Exists(earlier))
    return list(rows.order_by("next_at").values_list("conversation_id", flat=True)[:limit])


def begin(conversation_id: str, worker: str, now: datetime) -> Attempt | None:
    """Claims the oldest open delivery of a conversation; None when there is none, or it is not due, or not free.

    The owner is checked here, under the conversation's lock: a bot's text from before a person took over is cancelled.
    """
    with locked_conversation(conversation_id) as conversation:
        open_rows = Delivery.objects.filter(conversation=conversation, state__in=OPEN).order_by("pk")
        for delivery in open_rows.select_related("entry"):
            if not _may_be_sent(conversation, delivery):
                if delivery.state == DeliveryState.SENDING and _held(delivery, now):
                    return None
                _settle(delivery, DeliveryState.CANCELLED, now)
                continue
            return _claim(conversation, delivery, worker, now)
    return None


def renew(worker: str, deliveries: Iterable[int], now: datetime) -> None:
    """Heartbeat: moves the end of the leases that this worker still holds."""
    held = Delivery.objects.filter(pk__in=list(deliveries), lease_by=worker, lease_until__isnull=False)
    held.update(lease_until=now + LEASE)


def accept(delivery_id: int, part: int, provider_id: str, last: bool, listed: bool, quota: str, now: datetime) -> bool:
    """The provider has part ``part``, under this id; ``last`` ends the delivery.

    True also when it was recorded before (by an echo); it holds even when the lease was lost meanwhile, because it
    is a fact.
    """
    with transaction.atomic(using=ALIAS):
        row = Delivery.objects.select_for_update().get(pk=delivery_id)
        if row.part != part:
            return provider_id in row.provider_ids
        row.part, row.provider_id, row.provider_ids = part + 1, provider_id, [*row.provider_ids, provider_id]
        row.listed, row.quota = row.listed or listed, quota[:16] or row.quota
        row.attempts, row.doubts, row.error, row.next_at = 0, 0, "", now
        row.lease_by, row.lease_until, row.changed_at = "", None, now
        row.sending_since = row.sending_since if last else None
        row.state = DeliveryState.SENT if last else _after_part(row)
        row.save()
        return True


def postpone(attempt: Attempt, worker: str, reason: str, until: datetime, now: datetime, plain: bool = False) -> None:
    """Certainly not sent: again at ``until``; with ``plain`` without buttons."""
    changes = {"plain": True} if plain else {}
    _end(attempt, worker, DeliveryState.PENDING, now, error=reason, next_at=until, **changes)


def doubt(attempt: Attempt, worker: str, reason: str, look_at: datetime, now: datetime) -> None:
    """Perhaps sent: to be looked up at ``look_at`` unless an echo comes first."""
    doubts = attempt.doubts if attempt.doubtful else attempt.doubts + 1
    _end(attempt, worker, DeliveryState.UNCERTAIN, now, error=reason, next_at=look_at, doubts=doubts)


def fail(attempt: Attempt, worker: str, reason: str, now: datetime) -> None:
    """Given up: a dead letter with its reason."""
    _end(attempt, worker, DeliveryState.FAILED, now, error=reason)


def _due(now: datetime) -> Q:
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    waiting = Q(state__in=[DeliveryState.PENDING, DeliveryState.UNCERTAIN], next_at__lte=now) & free
    return waiting | Q(state=DeliveryState.SENDING, lease_until__lt=now)


def _held(delivery: Delivery, now: datetime) -> bool:
    return delivery.lease_until is not None and delivery.lease_until >= now


def _may_be_sent(conversation: Conversation, delivery: Delivery) -> bool:
    """Not erased, and, when the bot speaks, no person took the conversation after these words entered the log."""
    entry = delivery.entry
    if entry.text is None or conversation.erased_at is not None:
        return False
    if entry.author != Author.BOT or delivery.state != DeliveryState.PENDING:
        return True
    changes = Entry.objects.filter(conversation=conversation, kind=EntryKind.STATE, pk__gt=entry.pk)
    return conversation.state != State.HUMAN and not changes.filter(meta__state=State.HUMAN.value).exists()


def _claim(conversation: Conversation, delivery: Delivery, worker: str, now: datetime) -> Attempt | None:
    if _held(delivery, now):
        return None
    doubtful = delivery.state != DeliveryState.PENDING
    if delivery.state == DeliveryState.SENDING:
        # Its worker died: it may have sent. The echo gets its time first.
        delivery.state, delivery.next_at = DeliveryState.UNCERTAIN, (delivery.sending_since or now) + SETTLE
        delivery.doubts, delivery.error, delivery.lease_until = delivery.doubts + 1, "worker lost", None
        delivery.save(update_fields=["state", "next_at", "doubts", "error", "lease_until"])
    if delivery.next_at > now:
        return None
    changes: dict[str, Any] = {"lease_by": worker, "lease_until": now + LEASE, "changed_at": now}
    if not doubtful:
        changes |= {"state": DeliveryState.SENDING, "attempts": delivery.attempts + 1, "sending_since": now}
    claimed = Delivery.objects.filter(pk=delivery.pk, state=delivery.state, part=delivery.part)
    if claimed.update(**changes) != 1:
        return None
    return attempt_of(conversation, delivery, (delivery.sending_since or now) if doubtful else now, doubtful=doubtful)


def attempt_of(conversation: Conversation, delivery: Delivery, since: datetime, doubtful: bool) -> Attempt:
    """An attempt at a row as it stands; ``since`` is when it began."""
    return Attempt(
        delivery_id=delivery.pk,
        conversation_id=conversation.pk,
        channel=conversation.channel,
        address=conversation.address,
        entry_id=delivery.entry.pk,
        text=delivery.entry.text or "",
        buttons=delivery.entry.buttons,
        image=delivery.entry.image,
        part=delivery.part,
        plain=delivery.plain,
        doubtful=doubtful,
        attempts=delivery.attempts + (0 if doubtful else 1),
        doubts=delivery.doubts,
        said_at=delivery.entry.at,
        since=since,
        last_resident_at=conversation.last_resident_at,
    )


def _after_part(row: Delivery) -> DeliveryState:
    """Between two parts a message waits like any other, so that the owner is checked before each."""
    done = row.state in (DeliveryState.CANCELLED, DeliveryState.FAILED)
    return DeliveryState(row.state) if done else DeliveryState.PENDING


def _end(attempt: Attempt, worker: str, state: DeliveryState, now: datetime, **changes: Any) -> None:
    """Ends an attempt of this worker; does nothing when the row is in other hands, or an echo was faster."""
    held = Delivery.objects.filter(pk=attempt.delivery_id, part=attempt.part, lease_by=worker)
    held.update(state=state, lease_by="", lease_until=None, changed_at=now, **changes)


def _settle(delivery: Delivery, state: DeliveryState, now: datetime) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, changed_at=now, lease_by="", lease_until=None)
