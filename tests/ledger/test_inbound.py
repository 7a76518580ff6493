"""A resident's message enters the log once; a danger hit brings safety text and handoff in the same transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ledger.appending import ConversationGoneError, locked_conversation
from ledger.conversations import find_or_open, take
from ledger.inbound import TELL_AGAIN, Alarm, Brake, RepeatedIdError, ResidentMessage, button_payload, receive
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


BUSY = Reply(text="Bạn chờ một phút.", release="busy")


def test_a_brake_keeps_the_message_gives_it_no_turn_and_tells_once_in_a_while(now: datetime) -> None:
    conversation_id = find_or_open("zalo", "1:2", now).pk

    for number in range(3):
        message = replace(QUESTION, external_id=f"c{number}")
        received = receive(conversation_id, message, None, now, Brake(notice=BUSY))
        assert (received.new, received.needs_turn) == (True, False)
    later = now + TELL_AGAIN + timedelta(seconds=1)
    receive(conversation_id, replace(QUESTION, external_id="c9"), None, later, Brake(notice=BUSY))

    words = [author for author, _ in _messages(conversation_id)]
    assert words == ["resident", "bot", "resident", "resident", "resident", "bot"]
    assert not Conversation.objects.get().unhandled
    assert Delivery.objects.count() == 2


def test_a_brake_never_holds_back_an_alarm(now: datetime) -> None:
    conversation_id = find_or_open("zalo", "1:2", now).pk

    receive(conversation_id, QUESTION, ALARM, now, Brake(notice=BUSY, reason="tin_den_muon"))

    assert _messages(conversation_id)[1] == ("bot", "Gọi 115 ngay.")
    assert Conversation.objects.get().reason == "nhay_cam/cap_cuu"


def test_a_brake_with_a_reason_asks_for_a_person(now: datetime) -> None:
    conversation_id = find_or_open("zalo", "1:2", now).pk

    receive(conversation_id, QUESTION, None, now, Brake(reason="tin_den_muon"))

    conversation = Conversation.objects.get()
    assert (conversation.state, conversation.reason, conversation.unhandled) == (State.WAITING, "tin_den_muon", False)
    assert len(_messages(conversation_id)) == 1


def test_a_window_counts_from_when_the_resident_acted_and_never_moves_back(now: datetime) -> None:
    conversation_id, hour = find_or_open("zalo", "1:2", now).pk, timedelta(hours=1)
    expected = [(now - hour, now - hour), (now - 2 * hour, now - hour), (now + hour, now), (None, now)]

    for number, (acted_at, last) in enumerate(expected):
        receive(conversation_id, replace(QUESTION, external_id=str(number), acted_at=acted_at), None, now)
        assert Conversation.objects.get().last_resident_at == last
