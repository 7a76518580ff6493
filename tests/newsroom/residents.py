"""Residents who were told something, written into the ledger as the gateway would."""

from __future__ import annotations

from uuid import uuid4

from contracts.clock import system_now
from ledger.models import Author, Conversation, Delivery, DeliveryState, Entry


def tell(release_id: str, channel: str = "web", times: int = 1, state: DeliveryState | None = None) -> Conversation:
    """A new resident who was told a release; ``state`` is that of the delivery, None for channels without one."""
    now = system_now()
    conversation = Conversation.objects.create(id=uuid4().hex, channel=channel, address=uuid4().hex, created_at=now)
    for _ in range(times):
        entry = Entry.objects.create(conversation=conversation, at=now, author=Author.BOT, text="…", release=release_id)
        if state is not None:
            Delivery.objects.create(entry=entry, conversation=conversation, state=state, next_at=now, changed_at=now)
    return conversation
