"""Delivery's side of the ledger: which message goes out next in a conversation, and what became of the attempt.

The states are those of design §3. A row in ``sending`` or ``uncertain`` may have reached the resident; nothing here
sends such a row again: only a look at the provider's own record may bring it back to ``pending``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connections, transaction

from ledger.appending import locked_conversation
from ledger.attempts import Accepted, Attempt, attempt_of
from ledger.models import Author, Conversation, Delivery, DeliveryState, Entry, EntryKind, State
from ledger.router import ALIAS
from ledger.sql import for_update, select, stored

LEASE = timedelta(seconds=6)
SETTLE = timedelta(seconds=10)  # how long an echo may take before the provider's record is asked
_OPEN = "('pending', 'sending', 'uncertain')"
_OLDEST = f"SELECT id FROM ledger_delivery WHERE conversation_id = %s AND state IN {_OPEN} ORDER BY id LIMIT 1"  # noqa: S608
_TERMS = "quota = CASE WHEN %s = '' THEN quota ELSE %s END, note = CASE WHEN %s = '' THEN note ELSE %s END"
_ADD_TERMS = f"UPDATE ledger_delivery SET {_TERMS} WHERE id = %s"  # noqa: S608
_ACCEPT = (
    "UPDATE ledger_delivery SET part = part + 1, provider_id = %s, provider_ids = %s, state = %s,"  # noqa: S608
    " listed = (listed OR %s), error = '', attempts = 0, doubts = 0, next_at = %s, changed_at = %s, lease_by = '',"
    f" lease_until = NULL, sending_since = CASE WHEN %s THEN NULL ELSE sending_since END, {_TERMS} WHERE id = %s"
)


def conversations_due(channels: Sequence[str], now: datetime, limit: int = 200) -> list[str]:
    """Conversations whose oldest open delivery can be worked on now, longest due first."""
    moment, names = stored(now), ", ".join(["%s"] * len(channels))
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT d.conversation_id FROM ledger_delivery d JOIN ledger_conversation c ON c.id = d.conversation_id"  # noqa: S608 -- only placeholders
            f" WHERE d.state IN {_OPEN} AND (d.state = 'sending' OR d.next_at <= %s)"
            " AND (d.lease_until < %s OR (d.lease_until IS NULL AND d.state <> 'sending'))"
            f" AND c.channel IN ({names}) AND NOT EXISTS (SELECT 1 FROM ledger_delivery o"
            f" WHERE o.conversation_id = d.conversation_id AND o.state IN {_OPEN} AND o.id < d.id)"
            " ORDER BY d.next_at LIMIT %s",
            [moment, moment, *channels, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def begin(conversation_id: str, worker: str, now: datetime) -> Attempt | None:
    """Claims the oldest open delivery of a conversation; None when there is none, or it is not due, or not free.

    The owner is checked here, under the conversation's lock: a bot's text from before a person took over is cancelled.

    Raises:
        ConversationGoneError: unknown conversation.
    """
    with locked_conversation(conversation_id) as conversation:
        while (delivery := _oldest_open(conversation)) is not None:
            if _may_be_sent(conversation, delivery):
                return _claim(conversation, delivery, worker, now)
            if delivery.state == DeliveryState.SENDING and _held(delivery, now):
                return None
            _change(delivery, now, state=DeliveryState.CANCELLED, lease_by="", lease_until=None)
    return None


def renew(worker: str, deliveries: Iterable[int], now: datetime) -> None:
    """Heartbeat: moves the end of the leases that this worker still holds."""
    held = Delivery.objects.filter(pk__in=list(deliveries), lease_by=worker, lease_until__isnull=False)
    held.update(lease_until=now + LEASE)


def accept(
    delivery_id: int,
    part: int,
    provider_id: str,
    last: bool,
    listed: bool,
    quota: str,
    now: datetime,
    note: str = "",
) -> Accepted:
    """The provider has part ``part``, under this id; ``last`` ends the delivery; ``note`` names what was left out.

    It holds even when the lease was lost meanwhile, because it is a fact.
    """
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute(
            f"SELECT conversation_id, part, provider_ids, state FROM ledger_delivery WHERE id = %s{for_update()}",  # noqa: S608
            [delivery_id],
        )
        conversation_id, done, known, state = cursor.fetchone()
        ids, terms = json.loads(known), [quota, quota[:16], note, note[:32]]
        if done == part:
            ids.append(provider_id)
            state = _after_part(state, last)
            moved = [provider_id, json.dumps(ids), state, listed, stored(now), stored(now), last]
            cursor.execute(_ACCEPT, [*moved, *terms, delivery_id])
        elif provider_id in ids:
            # An echo was faster; only the answer tells what the message was booked on.
            cursor.execute(_ADD_TERMS, [*terms, delivery_id])
        cursor.execute(f"SELECT EXISTS ({_OLDEST})", [conversation_id])
        return Accepted(recorded=provider_id in ids, more=bool(cursor.fetchone()[0]))


def postpone(attempt: Attempt, worker: str, reason: str, until: datetime, now: datetime, plain: bool = False) -> None:
    """Certainly not sent: again at ``until``; with ``plain`` as text alone."""
    changes = {"plain": True} if plain else {}
    _end(attempt, worker, DeliveryState.PENDING, now, error=reason, next_at=until, **changes)


def doubt(attempt: Attempt, worker: str, reason: str, look_at: datetime, now: datetime) -> None:
    """Perhaps sent: to be looked up at ``look_at`` unless an echo comes first."""
    doubts = attempt.doubts if attempt.doubtful else attempt.doubts + 1
    _end(attempt, worker, DeliveryState.UNCERTAIN, now, error=reason, next_at=look_at, doubts=doubts)


def fail(attempt: Attempt, worker: str, reason: str, now: datetime, refused: bool = False) -> None:
    """Given up: a dead letter with its reason. What was ``refused``, and never in doubt, is no echo's any more."""
    changes = {"sending_since": None} if refused and attempt.doubts == 0 else {}
    _end(attempt, worker, DeliveryState.FAILED, now, error=reason, **changes)


def _oldest_open(conversation: Conversation) -> Delivery | None:
    for delivery in select(Delivery, f"WHERE id = ({_OLDEST})", [conversation.pk]):
        (delivery.entry,) = select(Entry, "WHERE id = %s", [delivery.entry_id])
        return delivery
    return None


def _held(delivery: Delivery, now: datetime) -> bool:
    return delivery.lease_until is not None and delivery.lease_until >= now


def _may_be_sent(conversation: Conversation, delivery: Delivery) -> bool:
    """Not erased, and, when the bot speaks, no person took the conversation after these words entered the log."""
    entry = delivery.entry
    if entry.text is None or conversation.erased_at is not None:
        return False
    if entry.author != Author.BOT or delivery.state != DeliveryState.PENDING:
        return True
    if conversation.state == State.HUMAN:
        return False
    later = "WHERE conversation_id = %s AND id > %s AND kind = %s"
    changes = select(Entry, later, [conversation.pk, entry.pk, EntryKind.STATE])
    return all(change.meta.get("state") != State.HUMAN for change in changes)


def _claim(conversation: Conversation, delivery: Delivery, worker: str, now: datetime) -> Attempt | None:
    if _held(delivery, now):
        return None
    since = delivery.sending_since or now
    if delivery.state == DeliveryState.SENDING:
        # Its worker died: it may have sent. The echo gets its time first.
        lost = {"state": DeliveryState.UNCERTAIN, "next_at": since + SETTLE, "doubts": delivery.doubts + 1}
        if not _change(delivery, now, **lost, error="worker lost", lease_until=None):
            return None
    if delivery.next_at > now:
        return None
    lease = {"lease_by": worker, "lease_until": now + LEASE}
    if delivery.state == DeliveryState.UNCERTAIN:
        return attempt_of(conversation, delivery, since, doubtful=True) if _change(delivery, now, **lease) else None
    begun = attempt_of(conversation, delivery, now, doubtful=False)
    sending = {"state": DeliveryState.SENDING, "attempts": begun.attempts, "sending_since": now}
    return begun if _change(delivery, now, **lease, **sending) else None


def _change(delivery: Delivery, now: datetime, **changes: Any) -> bool:
    """Writes to a row, and into ``delivery``, unless an echo or another worker has moved it since it was read."""
    changes["changed_at"] = now
    changed = _update(changes, "id = %s AND state = %s AND part = %s", [delivery.pk, delivery.state, delivery.part])
    if changed:
        for name, value in changes.items():
            setattr(delivery, name, value)
    return changed


def _update(changes: Mapping[str, Any], where: str, which: Sequence[Any]) -> bool:
    values = [stored(value) if isinstance(value, datetime) else value for value in changes.values()]
    columns = ", ".join(f"{name} = %s" for name in changes)
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(f"UPDATE ledger_delivery SET {columns} WHERE {where}", [*values, *which])  # noqa: S608 -- our own names
        return bool(cursor.rowcount == 1)


def _after_part(state: str, last: bool) -> str:
    """Between two parts a message waits like any other, so that the owner is checked before each."""
    if last:
        return DeliveryState.SENT
    return state if state in (DeliveryState.CANCELLED, DeliveryState.FAILED) else DeliveryState.PENDING


def _end(attempt: Attempt, worker: str, state: DeliveryState, now: datetime, **changes: Any) -> None:
    """Ends an attempt of this worker; does nothing when the row is in other hands, or an echo was faster."""
    changes |= {"state": state, "lease_by": "", "lease_until": None, "changed_at": now}
    _update(changes, "id = %s AND part = %s AND lease_by = %s", [attempt.delivery_id, attempt.part, worker])
