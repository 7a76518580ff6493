"""Compares what residents sent with what the ledger holds and what the phones show."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

from deploy.environment import DEMO_ACCOUNT
from tests.support.sandbox_phone import SandboxPhone
from tests.support.stack import Stack


@dataclass
class Account:
    """One line for each fault found; all empty when the books agree."""

    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    bot_over_human: list[str] = field(default_factory=list)


def connect_ledger(stack: Stack) -> None:
    """Sets Django up on the stack's ledger, once per process."""
    os.environ.setdefault("VAR_DIR", stack.environment["VAR_DIR"])
    if "LEDGER_DATABASE_URL" in stack.environment:
        os.environ.setdefault("LEDGER_DATABASE_URL", stack.environment["LEDGER_DATABASE_URL"])
    os.environ["DJANGO_SETTINGS_MODULE"] = "ledger.settings"
    import django

    django.setup()


def audit(phones: list[SandboxPhone]) -> Account:
    """The account of some phones; call when nothing is under way any more."""
    account = Account()
    for phone in phones:
        _audit(phone, account)
    return account


def unsettled(phones: list[SandboxPhone]) -> int:
    """Resident messages without a turn and deliveries on their way: zero when everything has come to rest."""
    from ledger.models import Delivery, DeliveryState, Entry

    addresses = [_address(phone) for phone in phones]
    open_turns = Entry.objects.filter(conversation__address__in=addresses, author="resident", handled_at=None)
    moving = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.UNCERTAIN)
    return open_turns.count() + Delivery.objects.filter(conversation__address__in=addresses, state__in=moving).count()


def received(phones: list[SandboxPhone]) -> int:
    """How many of the phones' messages have reached the ledger."""
    from ledger.models import Entry

    return Entry.objects.filter(
        conversation__address__in=[_address(phone) for phone in phones], author="resident", kind="message"
    ).count()


def operator_takes(phone: SandboxPhone, words: str) -> None:
    """An operator takes the conversation and writes, as the desk does it."""
    from contracts.clock import system_now
    from ledger.appending import locked_conversation
    from ledger.conversations import take
    from ledger.models import Author, Conversation
    from ledger.replies import Reply, append_reply

    conversation = Conversation.objects.get(address=_address(phone))
    with locked_conversation(conversation.pk) as locked:
        take(locked, "7", "Trực ban", system_now())
        append_reply(locked, None, Reply(text=words, actor="Trực ban"), Author.OPERATOR, system_now())


def _address(phone: SandboxPhone) -> str:
    """How the ledger names a resident of the demonstration's account."""
    return f"{DEMO_ACCOUNT}:{phone.user_id}"


def _audit(phone: SandboxPhone, account: Account) -> None:
    from ledger.models import Delivery, Entry

    transcript = phone.transcript()
    entries = list(Entry.objects.filter(conversation__address=_address(phone)).order_by("pk"))
    messages = [entry for entry in entries if entry.kind == "message"]
    sent = [message["text"] for message in transcript if message["author"] == "resident"]
    kept = [entry.text for entry in messages if entry.author == "resident"]
    account.lost += [f"{phone.user_id}: not in the ledger: {text}" for text in sent if text not in kept]
    account.twice += [f"{phone.user_id}: twice in the ledger: {text}" for text in set(kept) if kept.count(text) > 1]
    owned = _owned_by_person(entries)
    answered = {entry.reply_to_id for entry in messages}
    silenced = _before_takeover(entries)
    for entry in messages:
        if entry.author == "resident" and entry.pk not in answered | owned | silenced:
            account.lost.append(f"{phone.user_id}: never answered: {entry.text}")
    deliveries = list(Delivery.objects.filter(entry__in=messages).order_by("entry_id"))
    dead = [delivery for delivery in deliveries if delivery.state == "failed"]
    account.lost += [f"{phone.user_id}: dead letter {delivery.entry_id}: {delivery.error}" for delivery in dead]
    told = [message_id for delivery in deliveries for message_id in delivery.provider_ids]
    shown = [message["message_id"] for message in transcript if message["author"] == "oa"]
    account.lost += [
        f"{phone.user_id}: not on the phone: {message_id}" for message_id in told if message_id not in shown
    ]
    account.twice += [
        f"{phone.user_id}: not of the ledger: {message_id}" for message_id in shown if message_id not in told
    ]
    if sorted(shown) == sorted(told) and shown != told:
        account.disordered.append(phone.user_id)
    bot = [entry for entry in messages if entry.author == "bot" and entry.pk in owned and not _cancelled(entry)]
    account.bot_over_human += [f"{phone.user_id}: {entry.text}" for entry in bot]


def _owned_by_person(entries: list[Any]) -> set[int]:
    """Ids of the rows written while a person owned the conversation."""
    owned, state = set(), "bot"
    for entry in entries:
        if entry.kind == "state":
            state = entry.meta["state"]
        elif state == "human":
            owned.add(entry.pk)
    return owned


def _before_takeover(entries: list[Any]) -> set[int]:
    """Ids of messages for which the person who then took the conversation is the answer."""
    silenced: set[int] = set()
    pending: set[int] = set()
    for entry in entries:
        if entry.kind == "message" and entry.author == "resident":
            pending.add(entry.pk)
        elif entry.kind == "message":
            pending.discard(entry.reply_to_id)
        elif entry.meta["state"] == "human":
            silenced |= pending
    return silenced


def _cancelled(entry: Any) -> bool:
    from ledger.models import Delivery

    delivery = Delivery.objects.filter(entry=entry).first()
    return delivery is not None and delivery.state == "cancelled"
