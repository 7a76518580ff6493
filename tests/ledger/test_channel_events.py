"""A provider's events take effect once: greetings, a person in the provider's inbox, withdrawal, numbered answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ledger.appending import locked_conversation
from ledger.channel_events import (
    conversation_of,
    greet,
    listed_choice,
    open_for,
    person_wrote,
    shared_contact,
    withdraw,
)
from ledger.conversations import find_or_open, take
from ledger.inbound import RepeatedIdError, ResidentMessage, receive
from ledger.inbox import Arrival, finish, put
from ledger.models import Author, Conversation, Delivery, DeliveryState, Entry, EntryKind, InboundEvent, State
from ledger.replies import Reply, append_reply

WELCOME = Reply(text="Chào bạn.", meta={"answer": "tro_chuyen/chao"})
QUESTION = ResidentMessage(external_id="m1", text="hỏi", event="m1")


def _open(now: datetime) -> str:
    return str(find_or_open("zalo", "1:2", now).pk)


@pytest.fixture(autouse=True)
def _stored_events(now: datetime) -> None:
    """The events of the tests below, as the webhook stored them."""
    keys = ("m1", "w1", "e1", "e2", "e3")
    put("a", [Arrival(channel="zalo", key=key, lane="1:2", body="{}") for key in keys], now)


def _texts(conversation_id: str) -> list[str | None]:
    rows = Entry.objects.filter(conversation=conversation_id, kind=EntryKind.MESSAGE).order_by("pk")
    return list(rows.values_list("text", flat=True))


def test_it_takes_an_event_once_even_after_its_message_was_erased(now: datetime) -> None:
    conversation_id = _open(now)
    assert receive(conversation_id, QUESTION, None, now).new
    withdraw("zalo", "1:2", "w1", now, now)
    anew = _open(now)

    repeated = receive(anew, QUESTION, None, now)

    assert anew != conversation_id
    assert (repeated.new, repeated.needs_turn) == (False, False)
    assert _texts(anew) == []


def test_it_forgets_the_event_when_its_message_is_refused(now: datetime) -> None:
    conversation_id = _open(now)
    receive(conversation_id, replace(QUESTION, event=""), None, now)

    with pytest.raises(RepeatedIdError):
        receive(conversation_id, replace(QUESTION, text="khác"), None, now)

    assert finish(QUESTION.event)


def test_it_greets_once_a_day(now: datetime) -> None:
    conversation_id = _open(now)

    assert greet(conversation_id, "e1", WELCOME, None, now)
    assert not greet(conversation_id, "e1", WELCOME, None, now)
    assert not greet(conversation_id, "e2", WELCOME, None, now + timedelta(hours=1))
    assert greet(conversation_id, "e3", WELCOME, None, now + timedelta(hours=25))
    assert _texts(conversation_id) == ["Chào bạn.", "Chào bạn."]
    assert Delivery.objects.count() == 2


def test_it_opens_the_window_even_without_a_greeting(now: datetime) -> None:
    conversation_id = _open(now)

    assert not greet(conversation_id, "e1", None, None, now)

    assert Conversation.objects.get().last_resident_at == now


def test_it_falls_silent_when_a_person_wrote_in_the_providers_inbox(now: datetime) -> None:
    conversation_id = _open(now)
    with locked_conversation(conversation_id) as locked:
        append_reply(locked, None, Reply(text="chưa gửi"), Author.BOT, now)

    assert person_wrote(conversation_id, "e1", "m9", "77", "Tôi đây.", now)
    assert not person_wrote(conversation_id, "e1", "m9", "77", "Tôi đây.", now)

    conversation = Conversation.objects.get()
    assert (conversation.state, conversation.owner_name, conversation.owner_id) == (State.HUMAN, "OA Manager", "oa:77")
    assert _texts(conversation_id) == ["chưa gửi", "Tôi đây."]
    assert [row.state for row in Delivery.objects.all()] == [DeliveryState.CANCELLED]


def test_it_leaves_the_conversation_to_the_operator_who_has_it(now: datetime) -> None:
    conversation_id = _open(now)
    with locked_conversation(conversation_id) as locked:
        take(locked, "7", "Cán bộ A", now)

    person_wrote(conversation_id, "e1", "m9", "77", "Tôi đây.", now)

    assert Conversation.objects.get().owner_name == "Cán bộ A"
    assert _texts(conversation_id) == ["Tôi đây."]


def test_a_repeated_withdrawal_erases_no_new_beginning(now: datetime) -> None:
    conversation_id = _open(now)
    receive(conversation_id, QUESTION, None, now)
    assert withdraw("zalo", "1:2", "e1", now, now) == (conversation_id, [])
    assert conversation_of("zalo", "1:2") is None
    anew = _open(now)
    receive(anew, replace(QUESTION, external_id="m2", event="e2"), None, now)

    assert withdraw("zalo", "1:2", "e1", now, now) is None

    assert _texts(conversation_id) == [None]
    assert _texts(anew) == ["hỏi"]


def test_a_number_means_a_choice_only_when_a_list_was_the_last_thing_said(now: datetime) -> None:
    conversation_id = _open(now)
    choices = [{"title": title, "payload": {"answer": "5k/khau_trang", "slots": {}}} for title in ("một", "hai")]
    with locked_conversation(conversation_id) as locked:
        entry = append_reply(locked, None, Reply(text="Bạn chọn:", buttons=choices), Author.BOT, now)
    assert listed_choice(conversation_id, 1) is None

    Delivery.objects.filter(entry=entry).update(listed=True)

    assert listed_choice(conversation_id, 2) == entry.buttons[1]["payload"]
    assert listed_choice(conversation_id, 0) is None
    assert listed_choice(conversation_id, 3) is None
    with locked_conversation(conversation_id) as locked:
        append_reply(locked, None, Reply(text="Việc khác."), Author.BOT, now)
    assert listed_choice(conversation_id, 2) is None


def test_what_a_withdrawal_overtook_opens_nothing_and_what_comes_after_it_does(now: datetime) -> None:
    moment = timedelta(milliseconds=1)
    assert withdraw("zalo", "1:2", "e1", now, now) == ("", [])

    assert open_for("zalo", "1:2", now - moment, now) is None
    assert open_for("zalo", "1:2", now, now) is None
    assert open_for("zalo", "1:3", now, now) is not None
    opened = open_for("zalo", "1:2", now + moment, now)
    assert opened is not None
    assert open_for("zalo", "1:2", now - moment, now) == opened


def test_a_withdrawal_keeps_no_address(now: datetime) -> None:
    withdraw("zalo", "1:2", "e1", now, now)

    assert "1:2" not in repr(list(InboundEvent.objects.filter(lane="").values()))


def test_a_form_is_a_message_without_words_that_needs_no_turn(now: datetime) -> None:
    conversation_id, contact = _open(now), {"name": "Lan", "phone": "84900000000"}

    assert shared_contact(conversation_id, "e1", contact, now)
    assert not shared_contact(conversation_id, "e1", contact, now)

    entry = Entry.objects.get()
    assert (entry.author, entry.text, entry.meta) == (Author.RESIDENT, "", {"contact": contact})
    assert entry.handled_at == now
    assert not Conversation.objects.get().unhandled
    withdraw("zalo", "1:2", "e2", now, now)
    assert Entry.objects.get(pk=entry.pk).meta == {}
