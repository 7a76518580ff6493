"""Everybody's place in the queue for a person, in one look: those who wait and watch may be many."""

from __future__ import annotations

from ledger.models import Conversation, State


def places() -> dict[str, int]:
    """Conversation → place, 1 is next, counted as ``conversations.queue_position`` does: equals share a place."""
    waiting = Conversation.objects.filter(state=State.WAITING).exclude(waiting_since=None)
    rows = waiting.order_by("priority", "waiting_since").values_list("pk", "priority", "waiting_since")
    found: dict[str, int] = {}
    place, last = 0, None
    for number, (conversation_id, *rank) in enumerate(rows, 1):
        if rank != last:
            place, last = number, rank
        found[conversation_id] = place
    return found
