"""Echoes and receipts: which attempt they belong to, and what they may change."""

from __future__ import annotations

from datetime import datetime

from ledger.attempts import Accepted
from ledger.deliveries import _change, accept, doubt, fail
from ledger.models import Delivery, DeliveryState
from ledger.receipts import accept_echo, known_ids, note_receipt, unmatched_attempts
from tests.ledger.outgoing import begun, said, sent, states


def test_an_echo_settles_an_attempt_before_its_answer_comes(now: datetime) -> None:
    conversation_id = said(now, "một", "hai")
    attempt = begun(conversation_id, now)
    (tried,) = unmatched_attempts(conversation_id)
    assert (tried.delivery_id, tried.text, tried.since) == (attempt.delivery_id, "một", now)

    assert accept(tried.delivery_id, tried.part, "p1", True, False, "", now) == Accepted(recorded=True, more=True)
    assert sent(attempt, now, "p1")
    assert not sent(attempt, now, "p2")
    doubt(attempt, "w", "timeout", now, now)

    assert states() == [DeliveryState.SENT, DeliveryState.PENDING]
    assert unmatched_attempts(conversation_id) == []


def test_an_echo_whose_answer_came_meanwhile_is_not_taken_for_the_next_message_with_the_same_words(
    now: datetime,
) -> None:
    conversation_id = said(now, "một", "một")
    assert known_ids(conversation_id) == frozenset()  # the echo of the first is looked at ...
    assert sent(begun(conversation_id, now), now, "p1")  # ... while the answer to its call is recorded ...
    second = begun(conversation_id, now)  # ... and the second begins
    (found,) = unmatched_attempts(conversation_id)

    assert not accept_echo(found, "p1", True, False, "", now)
    assert sent(second, now, "p2")
    assert list(Delivery.objects.order_by("pk").values_list("provider_id", flat=True)) == ["p1", "p2"]


def test_an_echo_belongs_to_what_is_on_its_way_rather_than_to_a_dead_letter_with_the_same_words(now: datetime) -> None:
    conversation_id = said(now, "một", "một")
    fail(begun(conversation_id, now), "w", "uncertain", now)
    second = begun(conversation_id, now)

    assert unmatched_attempts(conversation_id)[0].delivery_id == second.delivery_id


def test_a_late_acceptance_raises_a_dead_letter(now: datetime) -> None:
    conversation_id = said(now, "một")
    attempt = begun(conversation_id, now)
    fail(attempt, "w", "uncertain", now)

    assert sent(attempt, now, "p1")
    assert states() == [DeliveryState.SENT]


def test_a_refused_message_is_no_echos(now: datetime) -> None:
    conversation_id = said(now, "một", "hai")
    fail(begun(conversation_id, now), "w", "zalo -244", now, refused=True)
    fail(begun(conversation_id, now), "w", "uncertain", now)

    assert [attempt.text for attempt in unmatched_attempts(conversation_id)] == ["hai"]


def test_receipts_only_move_forward(now: datetime) -> None:
    conversation_id = said(now, "một")
    assert note_receipt("zalo", ["p1"], False, now) == 0
    sent(begun(conversation_id, now), now, "p1")

    assert note_receipt("web", ["p1"], False, now) == 0
    assert note_receipt("zalo", ["p1", "unknown"], True, now) == 1
    assert note_receipt("zalo", ["p1"], False, now) == 0
    assert states() == [DeliveryState.SEEN]


def test_the_answer_adds_what_a_faster_echo_could_not_know(now: datetime) -> None:
    attempt = begun(said(now, "một"), now)
    accept(attempt.delivery_id, 0, "p1", True, False, "", now)

    assert accept(attempt.delivery_id, 0, "p1", True, False, "reply", now, "picture").recorded
    row = Delivery.objects.get()
    assert (row.quota, row.note, row.provider_ids, row.part) == ("reply", "picture", ["p1"], 1)


def test_a_row_that_an_echo_has_moved_is_not_claimed(now: datetime) -> None:
    """On PostgreSQL an echo does not wait for the conversation's lock."""
    conversation_id = said(now, "một")
    begun(conversation_id, now)
    Delivery.objects.update(state=DeliveryState.PENDING, lease_until=None)
    stale = Delivery.objects.select_related("entry").get()
    accept(stale.pk, 0, "p1", True, False, "", now)

    assert not _change(stale, now, state=DeliveryState.SENDING)
    assert states() == [DeliveryState.SENT]
