"""Every change of owner follows the design's table and leaves a row with its actor."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ledger.appending import locked_conversation
from ledger.conversations import (
    TransitionError,
    find_or_open,
    give_to_bot,
    queue_position,
    request_person,
    return_to_queue,
    take,
    take_up_again,
)
from ledger.inbound import ResidentMessage, receive
from ledger.models import Author, Conversation, Delivery, DeliveryState, Entry, EntryKind, Handoff, State
from ledger.replies import Reply, append_reply
from ledger.turns import complete, take_work


def _waiting(address: str, priority: int, now: datetime) -> str:
    conversation = find_or_open("web", address, now)
    with locked_conversation(conversation.pk) as locked:
        request_person(locked, None, "nhay_cam/tu_van_ca_nhan", priority, now)
    return str(conversation.pk)


def _states(conversation_id: str) -> list[tuple[str, str, str]]:
    rows = Entry.objects.filter(conversation=conversation_id, kind=EntryKind.STATE).order_by("id")
    return [(row.meta["state"], row.author, row.actor) for row in rows]


def test_it_opens_one_conversation_per_address(now: datetime) -> None:
    assert find_or_open("web", "a", now).pk == find_or_open("web", "a", now).pk
    assert find_or_open("web", "a", now).pk != find_or_open("zalo", "a", now).pk


def test_it_goes_to_a_person_and_back_with_a_row_for_each_change(now: datetime) -> None:
    conversation_id = _waiting("a", 2, now)
    with locked_conversation(conversation_id) as locked:
        take(locked, "7", "Cán bộ A", now)
    with locked_conversation(conversation_id) as locked:
        return_to_queue(locked, "Cán bộ A", now)
    with locked_conversation(conversation_id) as locked:
        take(locked, "8", "Cán bộ B", now)
    with locked_conversation(conversation_id) as locked:
        give_to_bot(locked, Author.OPERATOR, "Cán bộ B", "given_back", now)

    assert _states(conversation_id) == [
        ("waiting", Author.BOT, ""),
        ("human", Author.OPERATOR, "Cán bộ A"),
        ("waiting", Author.OPERATOR, "Cán bộ A"),
        ("human", Author.OPERATOR, "Cán bộ B"),
        ("bot", Author.OPERATOR, "Cán bộ B"),
    ]
    assert Handoff.objects.get().outcome == "given_back"


def test_only_one_operator_can_take_it(now: datetime) -> None:
    conversation_id = _waiting("a", 2, now)
    with locked_conversation(conversation_id) as locked:
        take(locked, "7", "Cán bộ A", now)

    with pytest.raises(TransitionError) as caught, locked_conversation(conversation_id) as locked:
        take(locked, "8", "Cán bộ B", now)

    assert caught.value.owner == "Cán bộ A"


def test_taking_cancels_what_the_bot_has_not_sent(now: datetime) -> None:
    conversation = find_or_open("zalo", "a", now)
    received = receive(conversation.pk, ResidentMessage(external_id="1", text="hỏi"), None, now)
    with locked_conversation(conversation.pk) as locked:
        append_reply(locked, Entry.objects.get(pk=received.entry_id), Reply(text="đáp"), Author.BOT, now)
        take(locked, "7", "Cán bộ A", now)

    assert Delivery.objects.get().state == DeliveryState.CANCELLED


def test_a_more_urgent_message_raises_the_priority_and_a_lesser_one_does_not(now: datetime) -> None:
    conversation_id = _waiting("a", 2, now)
    with locked_conversation(conversation_id) as locked:
        request_person(locked, None, "nhay_cam/khieu_nai_to_cao", 3, now)
    assert Conversation.objects.get(pk=conversation_id).priority == 2

    with locked_conversation(conversation_id) as locked:
        request_person(locked, None, "nhay_cam/cap_cuu", 1, now)

    assert Conversation.objects.get(pk=conversation_id).priority == 1
    assert Handoff.objects.get().reason == "nhay_cam/cap_cuu"


def test_a_handoff_names_the_message_that_raised_it_last(now: datetime) -> None:
    conversation_id = _waiting("a", 3, now)
    for number, (priority, text) in enumerate([(1, "Mẹ tôi khó thở"), (1, "Alo"), (3, "Có ai không")]):
        received = receive(conversation_id, ResidentMessage(external_id=str(number), text=text), None, now)
        with locked_conversation(conversation_id) as locked:
            request_person(locked, Entry.objects.get(pk=received.entry_id), "nhay_cam/cap_cuu", priority, now)

    cause = Handoff.objects.get().entry
    assert cause is not None
    assert cause.text == "Mẹ tôi khó thở"


def test_the_last_message_is_taken_up_again_once_when_nobody_answered_it(now: datetime) -> None:
    conversation = find_or_open("web", "a", now)
    with locked_conversation(conversation.pk) as locked:
        take(locked, "7", "Cán bộ A", now)
    receive(conversation.pk, ResidentMessage(external_id="1", text="Điểm tiêm ở đâu?"), None, now)
    later = now + timedelta(seconds=1)
    work = take_work(conversation.pk, "worker", later)
    assert work is not None
    complete(work, "worker", [], [], later)
    with locked_conversation(conversation.pk) as locked:
        give_to_bot(locked, Author.OPERATOR, "Cán bộ A", "given_back", later)
        assert take_up_again(locked, later)

    again = take_work(conversation.pk, "worker", later)
    assert again is not None
    assert (again.entry_id, again.state) == (work.entry_id, "bot")
    assert complete(again, "worker", [Reply(text="Ở trạm y tế")], [], later).said
    with locked_conversation(conversation.pk) as locked:
        assert not take_up_again(locked, later)


def test_the_queue_is_by_priority_and_then_by_time(now: datetime) -> None:
    early = _waiting("early", 3, now)
    late = _waiting("late", 3, now + timedelta(minutes=1))
    urgent = _waiting("urgent", 1, now + timedelta(minutes=2))

    places = [queue_position(Conversation.objects.get(pk=pk)) for pk in (urgent, early, late)]

    assert places == [1, 2, 3]


@pytest.mark.parametrize("state", [State.BOT, State.WAITING])
def test_a_conversation_that_no_person_owns_cannot_return_to_the_queue(state: State, now: datetime) -> None:
    conversation = find_or_open("web", "a", now)
    with locked_conversation(conversation.pk) as locked:
        if state == State.WAITING:
            request_person(locked, None, "nhay_cam/cap_cuu", 1, now)

    with pytest.raises(TransitionError), locked_conversation(conversation.pk) as locked:
        return_to_queue(locked, "Cán bộ A", now)


def test_a_conversation_taken_from_the_bot_has_a_place_when_it_returns_to_the_queue(now: datetime) -> None:
    conversation = find_or_open("web", "a", now)
    with locked_conversation(conversation.pk) as locked:
        take(locked, "7", "Cán bộ A", now)
    with locked_conversation(conversation.pk) as locked:
        return_to_queue(locked, "Cán bộ A", now)

    assert queue_position(Conversation.objects.get(pk=conversation.pk)) == 1
