"""Dead letters that a person orders to be sent again."""

from __future__ import annotations

from datetime import datetime, timedelta

from ledger.appending import locked_conversation
from ledger.conversations import take
from ledger.deliveries import fail, postpone
from ledger.resending import count_dead, dead_letter, dead_letters, resend
from tests.ledger.outgoing import begun, said

SECOND = timedelta(seconds=1)


def test_a_dead_letter_that_a_person_orders_is_looked_up_from_its_beginning(now: datetime) -> None:
    conversation_id, later = said(now, "một"), now + timedelta(days=2)
    fail(begun(conversation_id, now + SECOND), "w", "uncertain: zalo did not answer in time", now + SECOND)
    (letter,) = dead_letters(now)
    assert count_dead(now) == 1
    assert count_dead(later) == 0

    with locked_conversation(conversation_id) as locked:
        found = dead_letter(locked, letter.delivery_id)
        assert found is not None
        resend(found, "Lê Thị Hoa", later)
        assert dead_letter(locked, letter.delivery_id) is None

    ordered = begun(conversation_id, later)
    assert (ordered.doubtful, ordered.ordered, ordered.since, ordered.wanted_at) == (True, True, now, later)
    postpone(ordered, "w", "not in the provider's record", later, later)
    assert not begun(conversation_id, later).doubtful


def test_a_dead_letter_of_the_bot_is_overtaken_by_a_person(now: datetime) -> None:
    conversation_id = said(now, "một")
    attempt = begun(conversation_id, now)
    fail(attempt, "w", "zalo -244", now)
    with locked_conversation(conversation_id) as locked:
        before = dead_letter(locked, attempt.delivery_id)
        take(locked, "7", "Cán bộ A", now)
        after = dead_letter(locked, attempt.delivery_id)

    assert before is not None
    assert after is not None
    assert (before.overtaken, after.overtaken) == (False, True)
