"""Resident, assistant, operator and repetitions in any order: one answer each, in order, silence over a person, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from contracts.clock import VIETNAM
from ledger.appending import locked_conversation
from ledger.conversations import TransitionError, find_or_open, give_to_bot, return_to_queue, take
from ledger.deliveries import accept, begin, doubt, postpone
from ledger.inbound import Alarm, ResidentMessage, receive
from ledger.models import Author, Conversation, Delivery, Entry, EntryKind, State
from ledger.replies import Reply, append_reply
from ledger.router import ALIAS
from ledger.turns import Work, come_back, complete, release, take_work
from tests.support import ledger_database

LAZY = "synchronous_commit"
WORKERS = ("gateway 1", "gateway 2")
ALARM = Alarm(key="nhay_cam/cap_cuu", priority=1, reply=Reply(text="Bạn gọi 115 ngay."))
HANDOFF = {"kind": "handoff", "reason": "nhay_cam/tu_van_ca_nhan", "priority": 2}


@pytest.fixture(autouse=True, scope="module")
def _commits_cost_nothing() -> Iterator[None]:
    """Thousands of commits: what is tested here is their order, not that each one is on the disk."""
    lite = connections[ALIAS].vendor == "sqlite"
    off, on = (
        ("PRAGMA synchronous = OFF", "PRAGMA synchronous = FULL") if lite else (f"SET {LAZY} = OFF", f"RESET {LAZY}")
    )
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(off)
    yield
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(on)


class Interleavings(RuleBasedStateMachine):
    """One conversation of a called channel; ``phone`` is what the resident sees, as (delivery, part)."""

    def __init__(self) -> None:
        super().__init__()
        ledger_database.empty()
        self.now = datetime(2026, 1, 5, 8, 0, tzinfo=VIETNAM)
        self.id = str(find_or_open("zalo", "1:2", self.now).pk)
        self.sent = 0
        self.turns: list[tuple[str, Work]] = []
        self.attempts: list[tuple[str, Any, bool]] = []
        self.phone: list[tuple[int, int]] = []
        self.violations: list[str] = []

    # The resident

    @rule(count=st.integers(1, 3))
    def resident_asks(self, count: int) -> None:
        for _ in range(count):
            self.resident_writes(danger=False, again=False)

    @rule(danger=st.booleans(), again=st.booleans())
    def resident_writes(self, danger: bool, again: bool) -> None:
        repeated = again and self.sent > 0
        self.sent += not repeated
        message = ResidentMessage(external_id=str(self.sent), text=f"câu {self.sent}")
        known = Entry.objects.filter(external_id=str(self.sent)).exists()
        received = receive(self.id, message, ALARM if danger else None, self.now)
        assert received.new is not known

    @rule(seconds=st.sampled_from([1, 3, 7, 20]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    # The relay

    @rule(worker=st.sampled_from(WORKERS))
    def worker_takes_a_turn(self, worker: str) -> None:
        work = take_work(self.id, worker, self.now)
        if work is not None:
            assert Entry.objects.get(pk=work.entry_id).handled_at is None
            self.turns.append((worker, work))

    @precondition(lambda self: self.turns)
    @rule(data=st.data(), bubbles=st.integers(1, 2), handoff=st.booleans(), repeated=st.booleans())
    def turn_ends(self, data: st.DataObject, bubbles: int, handoff: bool, repeated: bool) -> None:
        """A job whose connection broke after the commit runs a second time."""
        worker, work = data.draw(st.sampled_from(self.turns))
        replies = [Reply(text=f"đáp {work.entry_id}/{number}") for number in range(bubbles)]
        for _ in range(1 + repeated):
            complete(work, worker, replies, [HANDOFF] if handoff else [], self.now)
            self.now += timedelta(milliseconds=1)

    @precondition(lambda self: self.turns)
    @rule(data=st.data())
    def resident_wishes_the_assistant_back(self, data: st.DataObject) -> None:
        worker, work = data.draw(st.sampled_from(self.turns))
        come_back(work, worker, Reply(text="Trợ lý đây."), self.now)

    @rule(worker=st.sampled_from(WORKERS))
    def worker_stops(self, worker: str) -> None:
        release(self.id, worker)

    # The operator

    @rule(act=st.sampled_from(["take", "return", "give back"]))
    def operator_acts(self, act: str) -> None:
        with locked_conversation(self.id) as conversation:
            try:
                if act == "take":
                    take(conversation, "7", "Trực ban", self.now)
                elif act == "return":
                    return_to_queue(conversation, "Trực ban", self.now)
                elif conversation.state == State.HUMAN:
                    give_to_bot(conversation, Author.OPERATOR, "Trực ban", "given_back", self.now)
            except TransitionError:
                return

    @rule()
    def operator_writes(self) -> None:
        with locked_conversation(self.id) as conversation:
            if conversation.state == State.HUMAN:
                append_reply(conversation, None, Reply(text="Tôi là cán bộ."), Author.OPERATOR, self.now)

    # Delivery

    @rule(worker=st.sampled_from(WORKERS), arrives=st.booleans())
    def delivery_begins(self, worker: str, arrives: bool) -> None:
        """The call is made: it arrives or not, and whether the answer is heard is another rule's."""
        attempt = begin(self.id, worker, self.now)
        if attempt is None:
            return
        if not attempt.doubtful and arrives:
            self._show(attempt)
        self.attempts.append((worker, attempt, attempt.doubtful))

    @precondition(lambda self: self.attempts)
    @rule(data=st.data(), heard=st.booleans())
    def delivery_ends(self, data: st.DataObject, heard: bool) -> None:
        self._end(self.attempts.pop(data.draw(st.integers(0, len(self.attempts) - 1))), heard)

    @precondition(lambda self: self.attempts)
    @rule()
    def worker_dies_in_a_call(self) -> None:
        self.attempts.pop()

    # What holds after each step

    @invariant()
    def every_message_is_answered_once_and_in_order(self) -> None:
        answers = list(
            Entry.objects.filter(author=Author.BOT, reply_to__isnull=False)
            .exclude(text=ALARM.reply.text)
            .order_by("pk")
            .values_list("reply_to_id", "at")
        )
        causes = [cause for cause, _ in answers]
        assert causes == sorted(causes)
        assert len(set(answers)) == len(set(causes))

    @invariant()
    def the_bot_writes_nothing_while_a_person_owns(self) -> None:
        owner = "bot"
        for entry in Entry.objects.order_by("pk"):
            if entry.kind == EntryKind.STATE:
                owner = entry.meta["state"]
            else:
                assert (owner, entry.author) != (State.HUMAN, Author.BOT)

    @invariant()
    def the_phone_shows_everything_once_and_in_order(self) -> None:
        assert self.phone == sorted(set(self.phone))
        assert self.violations == []

    def teardown(self) -> None:
        """Everything comes to rest: what was said was handled, what was written arrived or was cut short by a person."""
        self.turns, self.attempts = [], []
        for _ in range(3 * self.sent + 30):
            self.now += timedelta(seconds=30)
            work = take_work(self.id, "last", self.now)
            if work is not None:
                complete(work, "last", [Reply(text="đáp cuối")], [], self.now)
            attempt = begin(self.id, "last", self.now)
            if attempt is not None:
                if not attempt.doubtful:
                    self._show(attempt)
                self._end(("last", attempt, attempt.doubtful), heard=True)
        self.the_phone_shows_everything_once_and_in_order()
        written = Entry.objects.filter(author=Author.RESIDENT, kind=EntryKind.MESSAGE)
        assert not written.filter(handled_at=None).exists()
        assert not Conversation.objects.get(pk=self.id).unhandled
        states = set(Delivery.objects.values_list("state", flat=True))
        assert states <= {"sent", "cancelled"}
        assert len(self.phone) == Delivery.objects.filter(state="sent").count()

    def _show(self, attempt: Any) -> None:
        self.phone.append((attempt.delivery_id, attempt.part))
        entry = Entry.objects.get(pk=attempt.entry_id)
        spoken = [delivery for delivery, _ in self.phone]
        taken = Entry.objects.filter(kind=EntryKind.STATE, meta__state="human", pk__gt=entry.pk).order_by("pk").first()
        later = Delivery.objects.filter(pk__in=spoken, entry__author=Author.OPERATOR)
        if entry.author == Author.BOT and taken is not None and later.filter(entry_id__gt=taken.pk).exists():
            self.violations.append(f"the bot's {entry.pk} after a person's words")

    def _end(self, ending: tuple[str, Any, bool], heard: bool) -> None:
        worker, attempt, doubtful = ending
        arrived = (attempt.delivery_id, attempt.part) in self.phone
        if doubtful or heard:  # the provider's record, or its answer, tells
            if arrived:
                accept(attempt.delivery_id, attempt.part, f"m{attempt.delivery_id}", True, False, "", self.now)
            else:
                postpone(attempt, worker, "not sent", self.now, self.now)
        else:
            doubt(attempt, worker, "no answer", self.now + timedelta(seconds=10), self.now)


TestInterleavings = Interleavings.TestCase
TestInterleavings.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
