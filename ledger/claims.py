"""A resident does not wait for ever for an operator who went silent: the claim ends and anyone may take over."""

from __future__ import annotations

from datetime import datetime, timedelta

from ledger.appending import locked_conversation
from ledger.conversations import return_to_queue
from ledger.models import Author, Conversation, Entry, EntryKind, State


def expire_claims(now: datetime, limit: timedelta) -> list[str]:
    """Returns to the queue every conversation whose resident has waited longer than ``limit`` for its operator.

    The resident waits from the taking, or from the first message that the operator has not answered; an operator who
    spoke last keeps the conversation. Safe to call from many processes at once. Result: ids of what was returned.
    """
    held = Conversation.objects.filter(state=State.HUMAN, claimed_at__lt=now - limit).values_list("pk", flat=True)
    return [conversation_id for conversation_id in held if _expire(conversation_id, now, limit)]


def _expire(conversation_id: str, now: datetime, limit: timedelta) -> bool:
    if not _overdue(Conversation.objects.get(pk=conversation_id), now, limit):
        return False
    with locked_conversation(conversation_id) as conversation:
        # Looked at again under the lock: the operator may have answered or handed back just now.
        if conversation.state != State.HUMAN or not _overdue(conversation, now, limit):
            return False
        return_to_queue(conversation, "", now)
        return True


def _overdue(conversation: Conversation, now: datetime, limit: timedelta) -> bool:
    since = _waits_since(conversation)
    return since is not None and now - since > limit


def _waits_since(conversation: Conversation) -> datetime | None:
    """Since when the resident waits for the present owner; None when the owner spoke last."""
    claimed = conversation.claimed_at
    if claimed is None:
        return None
    spoken = Entry.objects.filter(conversation=conversation, kind=EntryKind.MESSAGE)
    answer = spoken.filter(author=Author.OPERATOR, at__gte=claimed).order_by("-pk").first()
    if answer is None:
        return claimed
    unanswered = spoken.filter(author=Author.RESIDENT, pk__gt=answer.pk).order_by("pk").first()
    return None if unanswered is None else unanswered.at
