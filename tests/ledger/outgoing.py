"""Messages on their way out, for the tests of deliveries, receipts and dead letters."""

from __future__ import annotations

from datetime import datetime

from ledger.appending import locked_conversation
from ledger.attempts import Attempt
from ledger.conversations import find_or_open
from ledger.deliveries import accept, begin
from ledger.models import Author, Delivery
from ledger.replies import Reply, append_reply


def said(now: datetime, *texts: str, author: Author = Author.BOT) -> str:
    """Id of a conversation in which these texts wait to be sent."""
    conversation = find_or_open("zalo", "1:2", now)
    for text in texts:
        with locked_conversation(conversation.pk) as locked:
            append_reply(locked, None, Reply(text=text), author, now)
    return str(conversation.pk)


def begun(conversation_id: str, now: datetime, worker: str = "w") -> Attempt:
    """The attempt that a worker claims; there must be one."""
    attempt = begin(conversation_id, worker, now)
    assert attempt is not None
    return attempt


def sent(attempt: Attempt, now: datetime, provider_id: str) -> bool:
    """The provider has the whole message; whether the ledger took its id."""
    return accept(attempt.delivery_id, attempt.part, provider_id, True, False, "reply", now).recorded


def states() -> list[str]:
    """Of all deliveries, the oldest first."""
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))
