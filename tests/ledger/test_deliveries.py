"""The delivery's states: order in a conversation, owner before each attempt, doubt instead of a second message."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ledger.appending import locked_conversation
from ledger.attempts import Accepted, Attempt
from ledger.conversations import find_or_open, give_to_bot, take
from ledger.deliveries import (
    LEASE,
    SETTLE,
    _change,
    accept,
    begin,
    conversations_due,
    doubt,
    fail,
    postpone,
    renew,
)
from ledger.erasing import erase
from ledger.models import Author, Delivery, DeliveryState
from ledger.receipts import accept_echo, known_ids, note_receipt, unmatched_attempts
from ledger.replies import Reply, append_reply
from ledger.resending import count_dead, dead_letter, dead_letters, resend

SECOND = timedelta(seconds=1)


def _said(now: datetime, *texts: str, author: Author = Author.BOT) -> str:
    conversation = find_or_open("zalo", "1:2", now)
    for text in texts:
        with locked_conversation(conversation.pk) as locked:
            append_reply(locked, None, Reply(text=text), author, now)
    return str(conversation.pk)


def _begin(conversation_id: str, now: datetime, worker: str = "w") -> Attempt:
    attempt = begin(conversation_id, worker, now)
    assert attempt is not None
    return attempt


def _sent(attempt: Attempt, now: datetime, provider_id: str) -> bool:
    return accept(attempt.delivery_id, attempt.part, provider_id, True, False, "reply", now).recorded


def _states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def test_it_sends_a_conversations_messages_one_after_the_other(now: datetime) -> None:
    conversation_id = _said(now, "một", "hai")
    assert conversations_due(["zalo"], now) == [conversation_id]
    assert conversations_due(["web"], now) == []

    first = _begin(conversation_id, now)
    assert begin(conversation_id, "other", now) is None
    assert conversations_due(["zalo"], now) == []
    assert _sent(first, now, "p1")

    assert (first.text, _begin(conversation_id, now).text) == ("một", "hai")
    assert _states() == [DeliveryState.SENT, DeliveryState.SENDING]


def test_a_postponed_message_holds_up_those_behind_it(now: datetime) -> None:
    conversation_id = _said(now, "một", "hai")
    postpone(_begin(conversation_id, now), "w", "limit", now + SECOND, now)

    assert conversations_due(["zalo"], now) == []
    assert begin(conversation_id, "w", now) is None

    again = _begin(conversation_id, now + SECOND)
    assert (again.text, again.attempts) == ("một", 2)


def test_a_dead_letter_lets_the_next_message_pass(now: datetime) -> None:
    conversation_id = _said(now, "một", "hai")
    fail(_begin(conversation_id, now), "w", "zalo -230", now)

    assert _begin(conversation_id, now).text == "hai"
    assert Delivery.objects.order_by("pk").values_list("error", flat=True)[0] == "zalo -230"


def test_a_text_of_several_parts_goes_on_where_it_stopped(now: datetime) -> None:
    conversation_id = _said(now, "dài")
    first = _begin(conversation_id, now)
    assert accept(first.delivery_id, 0, "p1", False, False, "", now) == Accepted(recorded=True, more=True)

    second = _begin(conversation_id, now)

    assert (second.part, second.attempts) == (1, 1)
    assert _sent(second, now, "p2")
    assert Delivery.objects.get().provider_ids == ["p1", "p2"]
    assert known_ids(conversation_id) == {"p1", "p2"}


def test_taking_over_stops_the_bot_before_each_attempt(now: datetime) -> None:
    conversation_id = _said(now, "một", "hai")
    flying = _begin(conversation_id, now)
    with locked_conversation(conversation_id) as locked:
        take(locked, "7", "Cán bộ A", now)
    postpone(flying, "w", "limit", now, now)

    assert begin(conversation_id, "w", now) is None
    assert _states() == [DeliveryState.CANCELLED, DeliveryState.CANCELLED]


def test_what_the_bot_said_before_a_takeover_stays_unsent_after_the_hand_back(now: datetime) -> None:
    conversation_id = _said(now, "một")
    flying = _begin(conversation_id, now)
    with locked_conversation(conversation_id) as locked:
        take(locked, "7", "Cán bộ A", now)
        give_to_bot(locked, Author.OPERATOR, "Cán bộ A", "given_back", now)
    postpone(flying, "w", "limit", now, now)

    assert begin(conversation_id, "w", now) is None
    assert _states() == [DeliveryState.CANCELLED]


@pytest.mark.parametrize("author", [Author.OPERATOR, Author.SYSTEM])
def test_people_and_alarms_speak_while_a_person_owns_the_conversation(now: datetime, author: Author) -> None:
    conversation_id = _said(now)
    with locked_conversation(conversation_id) as locked:
        take(locked, "7", "Cán bộ A", now)
        append_reply(locked, None, Reply(text="Tôi đây."), author, now)

    assert _begin(conversation_id, now).text == "Tôi đây."


def test_a_dead_workers_message_is_in_doubt_not_sent_again(now: datetime) -> None:
    conversation_id = _said(now, "một")
    _begin(conversation_id, now, "dead")

    assert begin(conversation_id, "w", now + LEASE / 2) is None
    assert begin(conversation_id, "w", now + LEASE + SECOND) is None
    assert _states() == [DeliveryState.UNCERTAIN]
    doubtful = _begin(conversation_id, now + SETTLE)
    assert (doubtful.doubtful, doubtful.since, doubtful.doubts) == (True, now, 1)


def test_a_heartbeat_keeps_a_message_with_its_worker(now: datetime) -> None:
    conversation_id = _said(now, "một")
    attempt = _begin(conversation_id, now)
    renew("w", [attempt.delivery_id], now + LEASE)

    assert begin(conversation_id, "other", now + LEASE + SECOND) is None
    assert _states() == [DeliveryState.SENDING]


def test_a_doubtful_message_blocks_and_may_return_after_a_look(now: datetime) -> None:
    conversation_id = _said(now, "một", "hai")
    doubt(_begin(conversation_id, now), "w", "timeout", now + SETTLE, now)
    assert begin(conversation_id, "w", now + SECOND) is None

    looked = _begin(conversation_id, now + SETTLE)
    assert (looked.doubtful, looked.text, looked.doubts) == (True, "một", 1)
    postpone(looked, "w", "absent", now + SETTLE, now + SETTLE)

    again = _begin(conversation_id, now + SETTLE)
    assert (again.doubtful, again.text, again.doubts) == (False, "một", 1)


def test_an_echo_settles_an_attempt_before_its_answer_comes(now: datetime) -> None:
    conversation_id = _said(now, "một", "hai")
    attempt = _begin(conversation_id, now)
    (tried,) = unmatched_attempts(conversation_id)
    assert (tried.delivery_id, tried.text, tried.since) == (attempt.delivery_id, "một", now)

    assert accept(tried.delivery_id, tried.part, "p1", True, False, "", now) == Accepted(recorded=True, more=True)
    assert _sent(attempt, now, "p1")
    assert not _sent(attempt, now, "p2")
    doubt(attempt, "w", "timeout", now, now)

    assert _states() == [DeliveryState.SENT, DeliveryState.PENDING]
    assert unmatched_attempts(conversation_id) == []


def test_an_echo_whose_answer_came_meanwhile_is_not_taken_for_the_next_message_with_the_same_words(
    now: datetime,
) -> None:
    conversation_id = _said(now, "một", "một")
    assert known_ids(conversation_id) == frozenset()  # the echo of the first is looked at ...
    assert _sent(_begin(conversation_id, now), now, "p1")  # ... while the answer to its call is recorded ...
    second = _begin(conversation_id, now)  # ... and the second begins
    (found,) = unmatched_attempts(conversation_id)

    assert not accept_echo(found, "p1", True, False, "", now)
    assert _sent(second, now, "p2")
    assert list(Delivery.objects.order_by("pk").values_list("provider_id", flat=True)) == ["p1", "p2"]


def test_an_echo_belongs_to_what_is_on_its_way_rather_than_to_a_dead_letter_with_the_same_words(now: datetime) -> None:
    conversation_id = _said(now, "một", "một")
    fail(_begin(conversation_id, now), "w", "uncertain", now)
    second = _begin(conversation_id, now)

    assert unmatched_attempts(conversation_id)[0].delivery_id == second.delivery_id


def test_a_late_acceptance_raises_a_dead_letter(now: datetime) -> None:
    conversation_id = _said(now, "một")
    attempt = _begin(conversation_id, now)
    fail(attempt, "w", "uncertain", now)

    assert _sent(attempt, now, "p1")
    assert _states() == [DeliveryState.SENT]


def test_a_refused_message_is_no_echos(now: datetime) -> None:
    conversation_id = _said(now, "một", "hai")
    fail(_begin(conversation_id, now), "w", "zalo -244", now, refused=True)
    fail(_begin(conversation_id, now), "w", "uncertain", now)

    assert [attempt.text for attempt in unmatched_attempts(conversation_id)] == ["hai"]


def test_receipts_only_move_forward(now: datetime) -> None:
    conversation_id = _said(now, "một")
    assert note_receipt("zalo", ["p1"], False, now) == 0
    _sent(_begin(conversation_id, now), now, "p1")

    assert note_receipt("web", ["p1"], False, now) == 0
    assert note_receipt("zalo", ["p1", "unknown"], True, now) == 1
    assert note_receipt("zalo", ["p1"], False, now) == 0
    assert _states() == [DeliveryState.SEEN]


def test_erased_words_are_not_sent(now: datetime) -> None:
    conversation_id = _said(now, "một", "hai")
    postpone(_begin(conversation_id, now), "w", "limit", now, now)

    erase(conversation_id, now)

    assert begin(conversation_id, "w", now) is None
    assert set(_states()) == {DeliveryState.CANCELLED}


def test_erased_words_in_flight_are_left_to_their_worker(now: datetime) -> None:
    conversation_id = _said(now, "một")
    attempt = _begin(conversation_id, now)

    erase(conversation_id, now)

    assert begin(conversation_id, "other", now) is None
    assert _sent(attempt, now, "p1")
    assert _states() == [DeliveryState.SENT]


def test_what_was_left_out_of_a_part_is_kept(now: datetime) -> None:
    conversation_id = _said(now, "dài")
    first = _begin(conversation_id, now)
    accept(first.delivery_id, 0, "p1", False, False, "reply", now, "picture")
    second = _begin(conversation_id, now)
    accept(second.delivery_id, 1, "p2", True, True, "", now)

    row = Delivery.objects.get()
    assert (row.note, row.quota, row.listed, row.part, row.error) == ("picture", "reply", True, 2, "")


def test_the_answer_adds_what_a_faster_echo_could_not_know(now: datetime) -> None:
    attempt = _begin(_said(now, "một"), now)
    accept(attempt.delivery_id, 0, "p1", True, False, "", now)

    assert accept(attempt.delivery_id, 0, "p1", True, False, "reply", now, "picture").recorded
    row = Delivery.objects.get()
    assert (row.quota, row.note, row.provider_ids, row.part) == ("reply", "picture", ["p1"], 1)


def test_it_tells_when_nothing_more_waits(now: datetime) -> None:
    attempt = _begin(_said(now, "một"), now)

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
        attempt = _begin(conversation.pk, now)
        assert (attempt.image, attempt.form, attempt.urgent) == known
        assert _sent(attempt, now, "p")


def test_a_row_that_an_echo_has_moved_is_not_claimed(now: datetime) -> None:
    """On PostgreSQL an echo does not wait for the conversation's lock."""
    conversation_id = _said(now, "một")
    _begin(conversation_id, now)
    Delivery.objects.update(state=DeliveryState.PENDING, lease_until=None)
    stale = Delivery.objects.select_related("entry").get()
    accept(stale.pk, 0, "p1", True, False, "", now)

    assert not _change(stale, now, state=DeliveryState.SENDING)
    assert _states() == [DeliveryState.SENT]


def test_a_dead_letter_that_a_person_orders_is_looked_up_from_its_beginning(now: datetime) -> None:
    conversation_id, later = _said(now, "một"), now + timedelta(days=2)
    fail(_begin(conversation_id, now + SECOND), "w", "uncertain: zalo did not answer in time", now + SECOND)
    (letter,) = dead_letters(now)
    assert count_dead(now) == 1
    assert count_dead(later) == 0

    with locked_conversation(conversation_id) as locked:
        found = dead_letter(locked, letter.delivery_id)
        assert found is not None
        resend(found, "Lê Thị Hoa", later)
        assert dead_letter(locked, letter.delivery_id) is None

    ordered = _begin(conversation_id, later)
    assert (ordered.doubtful, ordered.ordered, ordered.since, ordered.wanted_at) == (True, True, now, later)
    postpone(ordered, "w", "not in the provider's record", later, later)
    assert not _begin(conversation_id, later).doubtful


def test_a_dead_letter_of_the_bot_is_overtaken_by_a_person(now: datetime) -> None:
    conversation_id = _said(now, "một")
    attempt = _begin(conversation_id, now)
    fail(attempt, "w", "zalo -244", now)
    with locked_conversation(conversation_id) as locked:
        before = dead_letter(locked, attempt.delivery_id)
        take(locked, "7", "Cán bộ A", now)
        after = dead_letter(locked, attempt.delivery_id)

    assert before is not None
    assert after is not None
    assert (before.overtaken, after.overtaken) == (False, True)
