"""Compares what residents sent with what the ledger holds and what the phones show."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.support.books import Books, Journal, Posted, address_of, open_books
from tests.support.sandbox_phone import SandboxPhone
from tests.support.stack import Stack
from vitext.danger import find_danger

ARRIVED = frozenset({"sent", "delivered", "seen"})
MOVING = ("pending", "sending", "uncertain")


@dataclass
class Account:
    """One line for each fault found; all empty when the books agree."""

    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    bot_over_human: list[str] = field(default_factory=list)

    def add(self, other: Account) -> None:
        """Takes over another account's lines."""
        self.lost += other.lost
        self.twice += other.twice
        self.disordered += other.disordered
        self.bot_over_human += other.bot_over_human


def connect_ledger(stack: Stack) -> None:
    """Sets Django up on the stack's ledger, once per process."""
    os.environ.setdefault("VAR_DIR", stack.environment["VAR_DIR"])
    if "LEDGER_DATABASE_URL" in stack.environment:
        os.environ.setdefault("LEDGER_DATABASE_URL", stack.environment["LEDGER_DATABASE_URL"])
    os.environ["DJANGO_SETTINGS_MODULE"] = "ledger.settings"
    import django

    django.setup()


def audit(stack: Stack, phones: list[SandboxPhone], accepted: Collection[tuple[str, str]] = ()) -> Account:
    """The account of some phones; call when nothing is under way any more.

    ``accepted``: (conversation, text) of each reply that the desk took from an operator.
    """
    books = [open_books(phone) for phone in phones]
    account = Account()
    for book in books:
        account.add(audit_books(book))
    account.disordered += overtaken(Journal(stack).posted([book.user_id for book in books]), books)
    times = Counter(message["text"] for book in books for message in book.of_account)
    ours = {entry.conversation_id for book in books for entry in book.entries}
    replies = [text for conversation, text in accepted if conversation in ours]
    account.lost += [f"an operator's reply is on no phone: {text}" for text in replies if not times[text]]
    account.twice += [f"an operator's reply came twice: {text}" for text in replies if times[text] > 1]
    return account


def audit_books(book: Books) -> Account:
    """The faults that one resident's books show."""
    named = [
        [f"{book.user_id}: {line}" for line in look(book)] for look in (_lost, _twice, _disordered, _bot_over_human)
    ]
    return Account(*named)


def unsettled(phones: list[SandboxPhone]) -> int:
    """Events without effect, messages without a turn, deliveries on their way: zero when everything has come to rest."""
    from ledger.models import Delivery, Entry, InboundEvent

    addresses = [address_of(phone) for phone in phones]
    events = InboundEvent.objects.filter(lane__in=addresses, body__isnull=False, set_aside="")
    said = Entry.objects.filter(conversation__address__in=addresses, author="resident", kind="message")
    moving = Delivery.objects.filter(conversation__address__in=addresses, state__in=MOVING)
    return events.count() + said.filter(handled_at=None).count() + moving.count()


def received(phones: list[SandboxPhone]) -> int:
    """How many of the phones' messages have reached the ledger."""
    from ledger.models import Entry

    addresses = [address_of(phone) for phone in phones]
    return Entry.objects.filter(conversation__address__in=addresses, author="resident", kind="message").count()


def _lost(book: Books) -> Iterator[str]:
    kept = {entry.external_id for entry in book.messages}
    for message in book.of_resident:
        if message["message_id"] not in kept:
            yield f"not in the ledger: {message['text']}"
    excused = _excused(book)
    answered = {entry.reply_to_id for entry in book.messages if _reached(book, entry.pk) or entry.pk in excused}
    for entry in book.messages:
        if entry.author == "resident":
            if entry.pk not in answered | excused:
                yield f"never answered: {entry.text}"
        elif entry.pk not in excused and not _reached(book, entry.pk):
            delivery = book.deliveries[entry.pk]
            yield f"message {entry.pk} of the {entry.author} is {delivery.state}: {delivery.error}"
    on_phone = {message["message_id"] for message in book.of_account}
    for provider_id, entry in book.entry_of.items():
        if provider_id not in on_phone:
            yield f"not on the phone: part {provider_id} of {entry.pk}"


def _twice(book: Books) -> Iterator[str]:
    times = Counter(entry.external_id for entry in book.messages if entry.external_id)
    yield from (f"twice in the ledger: {given}" for given, count in times.items() if count > 1)
    known = book.entry_of
    for message in book.of_account:
        if message["message_id"] not in known:
            yield f"on the phone, not of the ledger: {message['message_id']} {message['text'][:60]}"
    turns = {(entry.reply_to_id, entry.at) for entry in book.messages if entry.author == "bot" and entry.reply_to_id}
    for answered, count in Counter(cause for cause, _ in turns).items():
        if count > 1:  # all bubbles of one turn are written at one moment
            yield f"{count} answers to message {answered}"


def _disordered(book: Books) -> Iterator[str]:
    known = book.entry_of
    shown = [known[message["message_id"]].pk for message in book.of_account if message["message_id"] in known]
    if shown != sorted(shown):
        yield f"the phone shows {shown}"
    urgent = {entry.pk for entry in book.messages if entry.author == "resident" and find_danger(entry.text or "")}
    causes = [
        entry.reply_to_id
        for entry in book.messages
        if entry.author == "bot" and entry.reply_to_id and entry.reply_to_id not in urgent
    ]
    if causes != sorted(causes):
        yield f"answers to {causes}"


def _bot_over_human(book: Books) -> Iterator[str]:
    """Words of the bot that were written while a person owned, or that reached the phone after the person's first ones."""
    known = book.entry_of
    for stretch in book.stretches():
        spoken = False
        for message in book.of_account:
            entry = known.get(message["message_id"])
            if entry is None:
                continue
            inside = stretch.begin < entry.pk < stretch.end
            late = spoken and (stretch.ended_ms is None or int(message["at"]) < stretch.ended_ms)
            if entry.author == "bot" and (inside or late):
                yield f"message {entry.pk} at {message['at']}, a person owned from {stretch.begin} to {stretch.end}"
            spoken = spoken or (inside and entry.author == "operator")


def overtaken(posted: Mapping[str, Sequence[Posted]], books: Iterable[Books]) -> Iterator[str]:
    """A message acknowledged before another one was first sent stands before it in the ledger."""
    for book in books:
        place = {entry.external_id: entry.pk for entry in book.messages}
        events = [event for event in posted[book.user_id] if event.message_id in place]
        for first in events:
            for second in events:
                ordered = first.acknowledged is not None and first.acknowledged < second.first_sent
                if ordered and place[first.message_id] > place[second.message_id]:
                    yield f"{book.user_id}: {second.message_id} overtook {first.message_id}"


def _excused(book: Books) -> set[int]:
    """Ids of what may stay without an answer, or unsent: said to a person, or cut short by a person who took over."""
    stretches = list(book.stretches())
    excused: set[int] = set()
    unanswered: set[int] = set()
    for entry in book.entries:
        if entry.kind == "state":
            excused |= unanswered if entry.meta["state"] == "human" else set()
        elif entry.author == "resident":
            unanswered.add(entry.pk)
            if any(stretch.begin < entry.pk < stretch.end for stretch in stretches):
                excused.add(entry.pk)
        else:
            unanswered.discard(entry.reply_to_id)
            delivery = book.deliveries.get(entry.pk)
            cut_short = any(stretch.begin > entry.pk for stretch in stretches)
            if delivery is None or (delivery.state == "cancelled" and cut_short):
                excused.add(entry.pk)  # without a delivery: written in the OA Manager
    return excused


def _reached(book: Books, entry_id: int) -> bool:
    delivery = book.deliveries.get(entry_id)
    return delivery is not None and delivery.state in ARRIVED
