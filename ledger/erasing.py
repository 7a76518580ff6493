"""Erasing a person's words: text, payload and contact go; id, release id and times stay for the statistics."""

from __future__ import annotations

from datetime import datetime

from ledger.appending import locked_conversation
from ledger.conversations import give_to_bot
from ledger.models import (
    Author,
    ButtonToken,
    Delivery,
    DeliveryState,
    Effect,
    Entry,
    EntryKind,
    Feedback,
    InboundEvent,
    SessionCode,
    State,
    WebSession,
)
from ledger.sent_files import forget_files


def erase(conversation_id: str, now: datetime, keep_from: int | None = None) -> list[str]:
    """Erases a conversation's words and ends its sessions; rows from ``keep_from`` on (the confirmation) stay.

    Changes of state hold no words of the resident and stay. Returns the addresses of erased pictures and the names of
    stored files, which the caller removes.

    Raises:
        ConversationGoneError: unknown conversation.
    """
    with locked_conversation(conversation_id) as conversation:
        if conversation.state != State.BOT:
            give_to_bot(conversation, Author.RESIDENT, "", "erased", now)
        entries = Entry.objects.filter(conversation=conversation, kind=EntryKind.MESSAGE, erased_at=None)
        if keep_from is not None:
            entries = entries.filter(pk__lt=keep_from)
        ids = list(entries.values_list("pk", flat=True))
        images = list(entries.exclude(image="").values_list("image", flat=True)) + forget_files(ids)
        Effect.objects.filter(entry__in=ids).update(data={})
        Feedback.objects.filter(entry__in=ids).update(reason="")
        ButtonToken.objects.filter(entry__in=ids).delete()
        Delivery.objects.filter(entry__in=ids, state=DeliveryState.PENDING).update(
            state=DeliveryState.CANCELLED, changed_at=now
        )
        # Set-aside events are words that never came as far as the log.
        InboundEvent.objects.filter(lane=conversation.address).exclude(set_aside="").update(body=None, lane="")
        entries.update(text=None, buttons=[], image="", meta={}, body_sha256="", erased_at=now)
        Entry.objects.filter(pk__in=ids, handled_at=None, author=Author.RESIDENT).update(handled_at=now)
        if keep_from is None:
            SessionCode.objects.filter(conversation=conversation).delete()
            WebSession.objects.filter(conversation=conversation).delete()
            conversation.address = f"erased:{conversation.pk}"
            conversation.erased_at = now
            conversation.save(update_fields=["address", "erased_at"])
    return images
