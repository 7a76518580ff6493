"""The relay's claims, the order of messages, and the one transaction that ends a turn."""

from __future__ import annotations

from datetime import datetime

from ledger.appending import locked_conversation
from ledger.conversations import find_or_open, take
from ledger.inbound import ResidentMessage, receive
from ledger.models import Author, Conversation, Effect, Entry, EntryKind, State
from ledger.replies import Reply
from ledger.turns import LEASE, Completed, Work, come_back, complete, release, renew, take_work, waiting_conversations

HANDOFF = {"kind": "handoff", "reason": "nhay_cam/tu_van_ca_nhan", "priority": 2}


def _asked(now: datetime, *texts: str) -> str:
    conversation = find_or_open("web", "a", now)
    for number, text in enumerate(texts):
        receive(conversation.pk, ResidentMessage(external_id=str(number), text=text), None, now)
    return str(conversation.pk)


def _taken(conversation_id: str, worker: str, now: datetime) -> Work:
    work = take_work(conversation_id, worker, now)
    assert work is not None
    return work


def _bot_texts(conversation_id: str) -> list[str | None]:
    rows = Entry.objects.filter(conversation=conversation_id, author=Author.BOT, kind=EntryKind.MESSAGE)
    return list(rows.order_by("id").values_list("text", flat=True))


def test_it_works_on_messages_in_the_order_of_their_arrival(now: datetime) -> None:
    conversation_id = _asked(now, "một", "hai")

    texts, ended = [], []
    while (work := take_work(conversation_id, "w", now)) is not None:
        texts.append(work.text)
        ended.append(complete(work, "w", [Reply(text=f"đáp {work.text}")], [], now))

    assert texts == ["một", "hai"]
    assert _bot_texts(conversation_id) == ["đáp một", "đáp hai"]
    assert ended == [Completed(said=True, more=True), Completed(said=True, more=False)]


def test_the_last_turn_sets_the_conversation_down(now: datetime) -> None:
    conversation_id = _asked(now, "một")
    complete(_taken(conversation_id, "w", now), "w", [Reply(text="đáp")], [], now)

    row = Conversation.objects.get(pk=conversation_id)

    assert (row.unhandled, row.lease_by, row.lease_until) == (False, "", None)


def test_it_keeps_the_conversation_when_a_message_came_during_the_turn(now: datetime) -> None:
    conversation_id = _asked(now, "một")
    work = _taken(conversation_id, "w", now)
    receive(conversation_id, ResidentMessage(external_id="later", text="hai"), None, now)

    assert complete(work, "w", [Reply(text="đáp")], [], now) == Completed(said=True, more=True)
    assert take_work(conversation_id, "other", now) is None
    assert _taken(conversation_id, "w", now).text == "hai"


def test_a_conversation_that_counts_as_unhandled_for_nothing_is_set_down(now: datetime) -> None:
    conversation_id = _asked(now)
    Conversation.objects.filter(pk=conversation_id).update(unhandled=True)

    assert take_work(conversation_id, "w", now) is None
    assert not Conversation.objects.get(pk=conversation_id).unhandled


def test_only_one_worker_holds_a_conversation_until_its_lease_ends(now: datetime) -> None:
    conversation_id = _asked(now, "một")

    assert take_work(conversation_id, "w1", now) is not None
    assert take_work(conversation_id, "w2", now + LEASE / 2) is None
    assert waiting_conversations(now) == []
    assert take_work(conversation_id, "w2", now + LEASE * 2) is not None


def test_a_heartbeat_keeps_the_lease_and_a_release_gives_it_up(now: datetime) -> None:
    conversation_id = _asked(now, "một")
    take_work(conversation_id, "w1", now)
    renew("w1", [conversation_id], now + LEASE)
    assert take_work(conversation_id, "w2", now + LEASE * 1.5) is None

    release(conversation_id, "w1")

    assert take_work(conversation_id, "w2", now + LEASE * 1.5) is not None


def test_a_worker_that_lost_its_lease_writes_nothing(now: datetime) -> None:
    conversation_id = _asked(now, "một")
    work = _taken(conversation_id, "w1", now)
    take_work(conversation_id, "w2", now + LEASE * 2)

    assert complete(work, "w1", [Reply(text="muộn")], [], now) == Completed(said=False, more=False)
    assert _bot_texts(conversation_id) == []
    assert Conversation.objects.get(pk=conversation_id).lease_by == "w2"


def test_a_message_is_answered_once_even_when_a_turn_ends_twice(now: datetime) -> None:
    conversation_id = _asked(now, "một", "hai")
    work = _taken(conversation_id, "w", now)

    first = complete(work, "w", [Reply(text="đáp")], [HANDOFF], now)
    second = complete(work, "w", [Reply(text="đáp")], [HANDOFF], now)

    assert (first, second) == (Completed(said=True, more=True), Completed(said=False, more=True))
    assert _bot_texts(conversation_id) == ["đáp"]
    assert Effect.objects.count() == 1


def test_the_bot_stays_silent_when_a_person_has_taken_over_meanwhile(now: datetime) -> None:
    conversation_id = _asked(now, "một")
    work = _taken(conversation_id, "w", now)
    with locked_conversation(conversation_id) as locked:
        take(locked, "7", "Cán bộ A", now)

    assert not complete(work, "w", [Reply(text="đáp")], [HANDOFF], now).said

    assert _bot_texts(conversation_id) == []
    assert take_work(conversation_id, "w", now) is None


def test_a_handoff_effect_lets_the_conversation_wait_for_a_person(now: datetime) -> None:
    conversation_id = _asked(now, "một", "hai")
    complete(_taken(conversation_id, "w", now), "w", [Reply(text="đáp")], [HANDOFF], now)

    second = _taken(conversation_id, "w", now)

    assert (second.state, second.position) == (State.WAITING, 1)


def test_the_resident_can_have_the_assistant_back(now: datetime) -> None:
    conversation_id = _asked(now, "một", "quay lại trợ lý")
    complete(_taken(conversation_id, "w", now), "w", [Reply(text="đáp")], [HANDOFF], now)
    wish = _taken(conversation_id, "w", now)

    ended = come_back(wish, "w", Reply(text="Trợ lý đây."), now)

    assert ended == Completed(said=True, more=False)
    assert Conversation.objects.get(pk=conversation_id).state == State.BOT
    assert _bot_texts(conversation_id) == ["đáp", "Trợ lý đây."]


def test_it_tells_the_first_reply_of_a_conversation(now: datetime) -> None:
    conversation_id = _asked(now, "một", "hai")
    first = _taken(conversation_id, "w", now)
    complete(first, "w", [Reply(text="đáp")], [], now)
    second = _taken(conversation_id, "w", now)

    assert (first.first, second.first) == (True, False)
