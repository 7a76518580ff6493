"""A resident's opinion of a reply."""

from __future__ import annotations

from datetime import datetime

from ledger.models import Author, Entry, Feedback


def give_feedback(conversation_id: str, entry_id: int, value: str, reason: str, now: datetime) -> bool:
    """Stores ``up`` or ``down`` for a reply of this conversation; False when there is no such reply."""
    reply = Entry.objects.filter(pk=entry_id, conversation=conversation_id).exclude(author=Author.RESIDENT).first()
    if reply is None:
        return False
    Feedback.objects.update_or_create(entry=reply, defaults={"value": value, "reason": reason, "at": now})
    return True
