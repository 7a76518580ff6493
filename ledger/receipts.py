"""What a provider tells of messages that were sent: echoes, receipts, its own record; matched with deliveries by id or text."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from ledger.deliveries import OPEN, Attempt, attempt_of
from ledger.models import Delivery, DeliveryState

RECENT = 50  # how many deliveries of a conversation are searched for an id of the provider


def unmatched_attempts(conversation_id: str) -> list[Attempt]:
    """Deliveries that were tried and have no id for the tried part: what an echo may belong to, oldest first."""
    tried = Delivery.objects.filter(conversation=conversation_id, sending_since__isnull=False)
    open_or_dead = tried.filter(state__in=[*OPEN, DeliveryState.FAILED]).select_related("entry", "conversation")
    rows = [row for row in open_or_dead.order_by("pk")[:RECENT] if row.entry.text is not None]
    return [attempt_of(row.conversation, row, row.sending_since or row.changed_at, doubtful=True) for row in rows]


def known_ids(conversation_id: str) -> frozenset[str]:
    """The provider's ids of what was sent lately in a conversation."""
    rows = Delivery.objects.filter(conversation=conversation_id).order_by("-pk").values_list("provider_ids", flat=True)
    return frozenset(provider_id for ids in rows[:RECENT] for provider_id in ids)


def note_receipt(channel: str, provider_ids: Collection[str], seen: bool, now: datetime) -> int:
    """The phone has, or the resident has seen, messages; the number of deliveries that this moved."""
    before = [DeliveryState.SENT, DeliveryState.DELIVERED] if seen else [DeliveryState.SENT]
    rows = Delivery.objects.filter(provider_id__in=list(provider_ids), conversation__channel=channel, state__in=before)
    found = list(rows.values_list("pk", flat=True))
    if not found:
        return 0
    after = DeliveryState.SEEN if seen else DeliveryState.DELIVERED
    return Delivery.objects.filter(pk__in=found, state__in=before).update(state=after, changed_at=now)
