"""The delivery's states: order in a conversation, owner before each attempt, doubt instead of a second message."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ledger.appending import locked_conversation
from ledger.attempts import Accepted
from ledger.conversations import find_or_open, give_to_bot, take
from ledger.deliveries import LEASE, SETTLE, accept, begin, conversations_due, doubt, fail, postpone, renew
from ledger.erasing import erase
from ledger.models import Author, Delivery, DeliveryState
from ledger.receipts import known_ids
from ledger.replies import Reply, append_reply
from tests.ledger.outgoing import begun, said, sent, states

SECOND = timedelta(seconds=1)


def test_it_sends_a_conversations_messages_one_after_the_other(now: datetime) -> None:
    conversation_id = said(now, "một", "hai")
    assert conversations_due(["zalo"], now) == [conversation_id]
    assert conversations_due(["web"], now) == []

    first = begun(conversation_id, now)
    assert begin(conversation_id, "other", now) is None
    assert conversations_due(["zalo"], now) == []
    assert sent(first, now, "p1")

    assert (first.text, begun(conversation_id, now).text) == ("một", "hai")
    assert states() == [DeliveryState.SENT, DeliveryState.SENDING]


def test_a_postponed_message_holds_up_those_behind_it(now: datetime) -> None:
    conversation_id = said(now, "một", "hai")
    postpone(begun(conversation_id, now), "w", "limit", now + SECOND, now)

    assert conversations_due(["zalo"], now) == []
    assert begin(conversation_id, "w", now) is None

    again = begun(conversation_id, now + SECOND)
    assert (again.text, again.attempts) == ("một", 2)


def test_a_dead_letter_lets_the_next_message_pass(now: datetime) -> None:
    conversation_id = said(now, "một", "hai")
    fail(begun(conversation_id, now), "w", "zalo -230", now)

    assert begun(conversation_id, now).text == "hai"
    assert Delivery.objects.order_by("pk").values_list("error", flat=True)[0] == "zalo -230"


def test_a_text_of_several_parts_goes_on_where_it_stopped(now: datetime) -> None:
    conversation_id = said(now, "dài")
    first = begun(conversation_id, now)
    assert accept(first.delivery_id, 0, "p1", False, False, "", now) == Accepted(recorded=True, more=True)

    second = begun(conversation_id, now)

    assert (second.part, second.attempts) == (1, 1)
    assert sent(second, now, "p2")
    assert Delivery.objects.get().provider_ids == ["p1", "p2"]
    assert known_ids(conversation_id) == {"p1", "p2"}


def test_taking_over_stops_the_bot_before_each_attempt(now: datetime) -> None:
    conversation_id = said(now, "một", "hai")
    flying = begun(conversation_id, now)
    with locked_conversation(conversation_id) as locked:
        take(locked, "7", "Cán bộ A", now)
    postpone(flying, "w", "limit", now, now)

    assert begin(conversation_id, "w", now) is None
    assert states() == [DeliveryState.CANCELLED, DeliveryState.CANCELLED]


def test_what_the_bot_said_before_a_takeover_stays_unsent_after_the_hand_back(now: datetime) -> None:
    conversation_id = said(now, "một")
    flying = begun(conversation_id, now)
    with locked_conversation(conversation_id) as locked:
        take(locked, "7", "Cán bộ A", now)
        give_to_bot(locked, Author.OPERATOR, "Cán bộ A", "given_back", now)
    postpone(flying, "w", "limit", now, now)

    assert begin(conversation_id, "w", now) is None
    assert states() == [DeliveryState.CANCELLED]


@pytest.mark.parametrize("author", [Author.OPERATOR, Author.SYSTEM])
def test_people_and_alarms_speak_while_a_person_owns_the_conversation(now: datetime, author: Author) -> None:
    conversation_id = said(now)
    with locked_conversation(conversation_id) as locked:
        take(locked, "7", "Cán bộ A", now)
        append_reply(locked, None, Reply(text="Tôi đây."), author, now)

    assert begun(conversation_id, now).text == "Tôi đây."


def test_a_dead_workers_message_is_in_doubt_not_sent_again(now: datetime) -> None:
    conversation_id = said(now, "một")
    begun(conversation_id, now, "dead")

    assert begin(conversation_id, "w", now + LEASE / 2) is None
    assert begin(conversation_id, "w", now + LEASE + SECOND) is None
    assert states() == [DeliveryState.UNCERTAIN]
    doubtful = begun(conversation_id, now + SETTLE)
    assert (doubtful.doubtful, doubtful.since, doubtful.doubts) == (True, now, 1)


def test_a_heartbeat_keeps_a_message_with_its_worker(now: datetime) -> None:
    conversation_id = said(now, "một")
    attempt = begun(conversation_id, now)
    renew("w", [attempt.delivery_id], now + LEASE)

    assert begin(conversation_id, "other", now + LEASE + SECOND) is None
    assert states() == [DeliveryState.SENDING]


def test_a_doubtful_message_blocks_and_may_return_after_a_look(now: datetime) -> None:
    conversation_id = said(now, "một", "hai")
    doubt(begun(conversation_id, now), "w", "timeout", now + SETTLE, now)
    assert begin(conversation_id, "w", now + SECOND) is None

    looked = begun(conversation_id, now + SETTLE)
    assert (looked.doubtful, looked.text, looked.doubts) == (True, "một", 1)
    postpone(looked, "w", "absent", now + SETTLE, now + SETTLE)

    again = begun(conversation_id, now + SETTLE)
    assert (again.doubtful, again.text, again.doubts) == (False, "một", 1)


def test_erased_words_are_not_sent(now: datetime) -> None:
    conversation_id = said(now, "một", "hai")
    postpone(begun(conversation_id, now), "w", "limit", now, now)

    erase(conversation_id, now)

    assert begin(conversation_id, "w", now) is None
    assert set(states()) == {DeliveryState.CANCELLED}


def test_erased_words_in_flight_are_left_to_their_worker(now: datetime) -> None:
    conversation_id = said(now, "một")
    attempt = begun(conversation_id, now)

    erase(conversation_id, now)

    assert begin(conversation_id, "other", now) is None
    assert sent(attempt, now, "p1")
    assert states() == [DeliveryState.SENT]


def test_what_was_left_out_of_a_part_is_kept(now: datetime) -> None:
    conversation_id = said(now, "dài")
    first = begun(conversation_id, now)
    accept(first.delivery_id, 0, "p1", False, False, "reply", now, "picture")
    second = begun(conversation_id, now)
    accept(second.delivery_id, 1, "p2", True, True, "", now)

    row = Delivery.objects.get()
    assert (row.note, row.quota, row.listed, row.part, row.error) == ("picture", "reply", True, 2, "")


def test_it_tells_when_nothing_more_waits(now: datetime) -> None:
    attempt = begun(said(now, "một"), now)

    assert accept(attempt.delivery_id, 0, "p1", True, False, "", now) == Accepted(recorded=True, more=False)
    assert accept(attempt.delivery_id, 0, "p2", True, False, "", now) == Accepted(recorded=False, more=False)


def test_an_attempt_knows_what_its_message_is(now: datetime) -> None:
    conversation = find_or_open("zalo", "1:2", now)
    replies = (
        (Reply(text="một", image="/a.png"), Author.BOT, ("/a.png", "", False)),
        (Reply(text="hai", meta={"answer": "nhay_cam/cap_cuu"}), Author.BOT, ("", "", True)),
        (Reply(text="ba", meta={"form": "contact"}), Author.OPERATOR, ("", "contact", True)),
    )
    for reply, author, known in replies:
        with locked_conversation(conversation.pk) as locked:
            append_reply(locked, None, reply, author, now)
        attempt = begun(conversation.pk, now)
        assert (attempt.image, attempt.form, attempt.urgent) == known
        assert sent(attempt, now, "p")
