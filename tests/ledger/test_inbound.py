"""A resident's message enters the log once; a danger hit brings safety text and handoff in the same transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from ledger.appending import ConversationGoneError, locked_conversation
from ledger.conversations import find_or_open, take
from ledger.inbound import Alarm, RepeatedIdError, ResidentMessage, button_payload, receive
from ledger.models import Author, Conversation, Delivery, Entry, EntryKind, Handoff, State
from ledger.replies import Reply

QUESTION = ResidentMessage(external_id="c1", text="F1 cách ly mấy ngày?")
ALARM = Alarm(
    key="nhay_cam/cap_cuu",
    priority=1,
    reply=Reply(text="Gọi 115 ngay.", meta={"answer": "nhay_cam/cap_cuu"}, release="r115"),
)


def _messages(conversation_id: str) -> list[tuple[str, str | None]]:
    rows = Entry.objects.filter(conversation=conversation_id, kind=EntryKind.MESSAGE).order_by("id")
    return [(row.author, row.text) for row in rows]


def test_it_keeps_a_message_and_leaves_it_to_the_relay(now: datetime) -> None:
    conversation = find_or_open("web", "a", now)

    received = receive(conversation.pk, QUESTION, None, now)

    assert received.new
    assert received.needs_turn
    assert Conversation.objects.get(pk=conversation.pk).unhandled


def test_it_takes_a_repeated_message_once(now: datetime) -> None:
    conversation = find_or_open("web", "a", now)
    first = receive(conversation.pk, QUESTION, None, now)

    second = receive(conversation.pk, QUESTION, None, now)

    assert second.entry_id == first.entry_id
    assert not second.new
    assert len(_messages(conversation.pk)) == 1


def test_it_refuses_another_body_under_the_same_id(now: datetime) -> None:
    conversation = find_or_open("web", "a", now)
    receive(conversation.pk, QUESTION, None, now)

    with pytest.raises(RepeatedIdError):
        receive(conversation.pk, replace(QUESTION, text="khác"), None, now)


def test_it_answers_danger_at_once_and_requests_a_person(now: datetime) -> None:
    conversation = find_or_open("web", "a", now)

    received = receive(conversation.pk, replace(QUESTION, text="mẹ tôi khó thở"), ALARM, now)

    waiting = Conversation.objects.get(pk=conversation.pk)
    assert not received.needs_turn
    assert _messages(conversation.pk) == [(Author.RESIDENT, "mẹ tôi khó thở"), (Author.BOT, "Gọi 115 ngay.")]
    assert (waiting.state, waiting.priority, waiting.reason) == (State.WAITING, 1, "nhay_cam/cap_cuu")
    assert Handoff.objects.get().entry_id == received.entry_id


def test_it_speaks_as_the_system_when_a_person_owns_the_conversation(now: datetime) -> None:
    conversation = find_or_open("web", "a", now)
    with locked_conversation(conversation.pk) as locked:
        take(locked, "7", "Cán bộ A", now)

    receive(conversation.pk, QUESTION, ALARM, now)

    assert _messages(conversation.pk)[-1] == (Author.SYSTEM, "Gọi 115 ngay.")
    assert Conversation.objects.get(pk=conversation.pk).state == State.HUMAN
    assert Conversation.objects.get(pk=conversation.pk).priority == 1


def test_its_buttons_are_tokens_of_their_own_conversation(now: datetime) -> None:
    conversation, stranger = find_or_open("web", "a", now), find_or_open("web", "b", now)
    payload = {"answer": "tiem_chung/diem_tiem", "slots": {}}
    alarm = replace(ALARM, reply=replace(ALARM.reply, buttons=[{"title": "Điểm tiêm", "payload": payload}]))

    receive(conversation.pk, QUESTION, alarm, now)

    shown = Entry.objects.get(author=Author.BOT, kind=EntryKind.MESSAGE).buttons[0]
    assert shown["title"] == "Điểm tiêm"
    assert button_payload(conversation.pk, shown["payload"]) == ("Điểm tiêm", payload)
    assert button_payload(stranger.pk, shown["payload"]) is None
    assert button_payload(conversation.pk, "tiem_chung/diem_tiem") is None


def test_it_makes_a_delivery_for_a_channel_that_must_be_called(now: datetime) -> None:
    conversation = find_or_open("zalo", "a", now)

    receive(conversation.pk, QUESTION, ALARM, now)

    assert Delivery.objects.get().entry.text == "Gọi 115 ngay."


def test_it_refuses_an_unknown_conversation(now: datetime) -> None:
    with pytest.raises(ConversationGoneError):
        receive("none", QUESTION, None, now)
