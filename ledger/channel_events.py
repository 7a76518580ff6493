"""What a provider tells besides residents' messages, each once: greetings, a person in the provider's own inbox, withdrawal."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from ledger.appending import append, locked_conversation
from ledger.conversations import take
from ledger.erasing import erase
from ledger.inbox import finish
from ledger.models import Author, Conversation, Delivery, Entry, EntryKind, State
from ledger.replies import Reply, append_reply
from ledger.router import ALIAS

GREETING_PAUSE = timedelta(hours=24)


def conversation_of(channel: str, address: str) -> str | None:
    """The conversation of an address; None when there is none (yet, or any more)."""
    found = Conversation.objects.filter(channel=channel, address=address).values_list("pk", flat=True)
    return found.first()


def greet(conversation_id: str, event: str, reply: Reply | None, now: datetime) -> bool:
    """Somebody followed or opened the chat: the welcome goes out unless something was said within a day.

    Raises:
        ConversationGoneError: unknown conversation.
    """
    with locked_conversation(conversation_id) as conversation:
        if not finish(event):
            return False
        conversation.last_resident_at = now
        conversation.save(update_fields=["last_resident_at"])
        said = Entry.objects.filter(conversation=conversation, kind=EntryKind.MESSAGE, at__gt=now - GREETING_PAUSE)
        if reply is None or conversation.state != State.BOT or said.exists():
            return False
        append_reply(conversation, None, reply, Author.BOT, now)
        return True


def person_wrote(conversation_id: str, event: str, external_id: str, person: str, text: str, now: datetime) -> bool:
    """Somebody answered in the provider's own inbox: the words enter the log, and the bot falls silent.

    ``person`` is the provider's id of the staff member. Nothing is delivered: the resident has the words already.
    A conversation that an operator of ours owns stays theirs.

    Raises:
        ConversationGoneError: unknown conversation.
    """
    with locked_conversation(conversation_id) as conversation:
        if not finish(event):
            return False
        if conversation.state != State.HUMAN:
            take(conversation, f"oa:{person}"[:64], "OA Manager", now)
        append(
            conversation,
            at=now,
            author=Author.OPERATOR,
            actor="OA Manager",
            text=text,
            external_id=external_id,
        )
        return True


def withdraw(conversation_id: str, event: str, now: datetime) -> bool:
    """The resident took back their consent: everything is erased, once; a repetition must not erase a new beginning.

    Raises:
        ConversationGoneError: unknown conversation.
    """
    with transaction.atomic(using=ALIAS):
        if not finish(event):
            return False
        erase(conversation_id, now)
        return True


def listed_choice(conversation_id: str, number: int) -> str | None:
    """Token of the choice that a number names, when the last thing said was a numbered list."""
    said = Entry.objects.filter(conversation=conversation_id, kind=EntryKind.MESSAGE).exclude(author=Author.RESIDENT)
    last = said.order_by("-pk").first()
    if last is None or not Delivery.objects.filter(entry=last, listed=True).exists():
        return None
    tokens = [str(button["payload"]) for button in last.buttons if "payload" in button]
    return tokens[number - 1] if 1 <= number <= len(tokens) else None
