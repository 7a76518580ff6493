"""What a provider tells besides residents' messages, each once: greetings, a person in the provider's own inbox, withdrawal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connections, transaction

from ledger.appending import append, locked_conversation
from ledger.conversations import find_or_open, take
from ledger.erasing import erase
from ledger.inbound import note_activity
from ledger.inbox import event_key, finish
from ledger.models import Author, Delivery, Entry, EntryKind, InboundEvent, State
from ledger.replies import Reply, append_reply
from ledger.router import ALIAS

GREETING_PAUSE = timedelta(hours=24)


def conversation_of(channel: str, address: str) -> str | None:
    """The conversation of an address; None when there is none (yet, or any more)."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT id FROM ledger_conversation WHERE channel = %s AND address = %s", [channel, address])
        found = cursor.fetchone()
    return str(found[0]) if found else None


def open_for(channel: str, address: str, acted_at: datetime | None, now: datetime) -> str | None:
    """The conversation to which something belongs that the person did at ``acted_at``, opened when it is new.

    None when they withdrew afterwards: providers keep no order, and what a withdrawal overtook must not begin anew.
    """
    known = conversation_of(channel, address)
    if known is None and acted_at is not None:
        withdrawn = InboundEvent.objects.filter(key=_withdrawal(channel, address), at__gte=acted_at)
        if withdrawn.exists():
            return None
    return known or str(find_or_open(channel, address, now).pk)


def greet(conversation_id: str, event: str, reply: Reply | None, acted_at: datetime | None, now: datetime) -> bool:
    """Somebody followed or opened the chat: the welcome goes out unless something was said within a day.

    Raises:
        ConversationGoneError: unknown conversation.
    """
    with locked_conversation(conversation_id) as conversation:
        if not finish(event):
            return False
        note_activity(conversation, acted_at, now, needs_turn=False)
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


def shared_contact(conversation_id: str, event: str, contact: Mapping[str, str], now: datetime) -> bool:
    """Somebody filled in a form with name, phone, address: a message without words that only operators see.

    Raises:
        ConversationGoneError: unknown conversation.
    """
    with locked_conversation(conversation_id) as conversation:
        if not finish(event):
            return False
        meta = {"contact": dict(contact)}
        append(conversation, at=now, author=Author.RESIDENT, text="", meta=meta, handled_at=now)
        return True


def withdraw(channel: str, address: str, event: str, acted_at: datetime, now: datetime) -> tuple[str, list[str]] | None:
    """The person took back their consent: everything is erased, once; a repetition must not erase a new beginning.

    Returns the conversation (empty when there is none) and the stored files, which the caller removes; None for a
    repetition.
    """
    with transaction.atomic(using=ALIAS):
        if not finish(event):
            return None
        # Only a fingerprint of the address, so that messages that the withdrawal overtook are known (``open_for``).
        note = {"channel": channel, "at": acted_at, "lane": "", "body": None, "worker": ""}
        InboundEvent.objects.update_or_create(key=_withdrawal(channel, address), defaults=note)
        conversation_id = conversation_of(channel, address)
        return ("", []) if conversation_id is None else (conversation_id, erase(conversation_id, now))


def _withdrawal(channel: str, address: str) -> str:
    return event_key(channel, "withdrawn", address)


def listed_choice(conversation_id: str, number: int) -> str | None:
    """Token of the choice that a number names, when the last thing said was a numbered list."""
    said = Entry.objects.filter(conversation=conversation_id, kind=EntryKind.MESSAGE).exclude(author=Author.RESIDENT)
    last = said.order_by("-pk").first()
    if last is None or not Delivery.objects.filter(entry=last, listed=True).exists():
        return None
    tokens = [str(button["payload"]) for button in last.buttons if "payload" in button]
    return tokens[number - 1] if 1 <= number <= len(tokens) else None
