"""What a provider tells of messages that were sent: echoes, receipts, its own record; matched with deliveries by id or text."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from django.db import connections, transaction

from ledger.attempts import Attempt, attempt_of
from ledger.deliveries import accept
from ledger.models import Conversation, Delivery, DeliveryState, Entry
from ledger.router import ALIAS
from ledger.sql import select

RECENT = 50  # how many deliveries of a conversation are searched for an id of the provider
# Every message's echo asks these. A dead letter comes last: the same words on their way now are likelier to be meant.
_KNOWN = "SELECT provider_ids FROM ledger_delivery WHERE conversation_id = %s ORDER BY id DESC LIMIT %s"
_TRIED = (
    "WHERE conversation_id = %s AND sending_since IS NOT NULL"
    " AND state IN ('pending', 'sending', 'uncertain', 'failed') ORDER BY state = 'failed', id LIMIT %s"
)


def unmatched_attempts(conversation_id: str) -> list[Attempt]:
    """Deliveries that were tried and have no id for the tried part: what an echo may belong to, likeliest first."""
    found = []
    for delivery in select(Delivery, _TRIED, [conversation_id, RECENT]):
        (delivery.entry,) = select(Entry, "WHERE id = %s", [delivery.entry_id])
        if delivery.entry.text is None or delivery.sending_since is None:
            continue
        (conversation,) = select(Conversation, "WHERE id = %s", [conversation_id])
        found.append(attempt_of(conversation, delivery, delivery.sending_since, doubtful=True))
    return found


def known_ids(conversation_id: str) -> frozenset[str]:
    """The provider's ids of what was sent lately in a conversation."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_KNOWN, [conversation_id, RECENT])
        return frozenset(provider_id for (ids,) in cursor.fetchall() for provider_id in json.loads(ids))


def accept_echo(attempt: Attempt, provider_id: str, last: bool, listed: bool, note: str, now: datetime) -> bool:
    """The echo ``provider_id`` belongs to this attempt; False when the id is known by now.

    Since the attempt was looked for, the answer to the call may have been recorded and the next message begun, whose
    words may be the same.
    """
    with transaction.atomic(using=ALIAS):
        if provider_id in known_ids(attempt.conversation_id):
            return False
        return accept(attempt.delivery_id, attempt.part, provider_id, last, listed, "", now, note).recorded


def note_receipt(channel: str, provider_ids: Collection[str], seen: bool, now: datetime) -> int:
    """The phone has, or the resident has seen, messages; the number of deliveries that this moved."""
    before = [DeliveryState.SENT, DeliveryState.DELIVERED] if seen else [DeliveryState.SENT]
    rows = Delivery.objects.filter(provider_id__in=list(provider_ids), conversation__channel=channel, state__in=before)
    found = list(rows.values_list("pk", flat=True))
    if not found:
        return 0
    after = DeliveryState.SEEN if seen else DeliveryState.DELIVERED
    return Delivery.objects.filter(pk__in=found, state__in=before).update(state=after, changed_at=now)
