"""The relay's claims, the order of messages, and the one transaction that ends a turn."""

from __future__ import annotations

from datetime import datetime

from ledger.appending import locked_conversation
from ledger.conversations import find_or_open, take
from ledger.inbound import ResidentMessage, receive
from ledger.models import Author, Conversation, Effect, Entry, EntryKind, State
from ledger.replies import Reply
from ledger.turns import LEASE, claim, come_back, complete, next_work, release, renew, waiting_conversations

HANDOFF = {"kind": "handoff", "reason": "nhay_cam/tu_van_ca_nhan", "priority": 2}


def _asked(now: datetime, *texts: str) -> str:
    conversation = find_or_open("web", "a", now)
    for number, text in enumerate(texts):
        receive(conversation.pk, ResidentMessage(external_id=str(number), text=text), None, now)
    return str(conversation.pk)


def _bot_texts(conversation_id: str) -> list[str | None]:
    rows = Entry.objects.filter(conversation=conversation_id, author=Author.BOT, kind=EntryKind.MESSAGE)
    return list(rows.order_by("id").values_list("text", flat=True))


def test_it_works_on_messages_in_the_order_of_their_arrival(now: datetime) -> None:
    conversation_id = _asked(now, "một", "hai")
    assert claim(conversation_id, "w", now)

    texts = []
    while (work := next_work(conversation_id, "w")) is not None:
        texts.append(work.text)
        assert complete(work, "w", [Reply(text=f"đáp {work.text}")], [], now)

    assert texts == ["một", "hai"]
    assert _bot_texts(conversation_id) == ["đáp một", "đáp hai"]
    assert not Conversation.objects.get(pk=conversation_id).unhandled


def test_only_one_worker_holds_a_conversation_until_its_lease_ends(now: datetime) -> None:
    conversation_id = _asked(now, "một")

    assert claim(conversation_id, "w1", now)
    assert not claim(conversation_id, "w2", now + LEASE / 2)
    assert waiting_conversations(now) == []
    assert claim(conversation_id, "w2", now + LEASE * 2)


def test_a_heartbeat_keeps_the_lease_and_a_release_gives_it_up(now: datetime) -> None:
    conversation_id = _asked(now, "một")
    claim(conversation_id, "w1", now)
    renew("w1", [conversation_id], now + LEASE)
    assert not claim(conversation_id, "w2", now + LEASE * 1.5)

    release(conversation_id, "w1")

    assert claim(conversation_id, "w2", now + LEASE * 1.5)


def test_a_worker_that_lost_its_lease_writes_nothing(now: datetime) -> None:
    conversation_id = _asked(now, "một")
    claim(conversation_id, "w1", now)
    work = next_work(conversation_id, "w1")
    assert work is not None
    claim(conversation_id, "w2", now + LEASE * 2)

    assert not complete(work, "w1", [Reply(text="muộn")], [], now)
    assert _bot_texts(conversation_id) == []


def test_a_message_is_answered_once_even_when_a_turn_ends_twice(now: datetime) -> None:
    conversation_id = _asked(now, "một")
    claim(conversation_id, "w", now)
    work = next_work(conversation_id, "w")
    assert work is not None

    assert complete(work, "w", [Reply(text="đáp")], [HANDOFF], now)
    assert not complete(work, "w", [Reply(text="đáp")], [HANDOFF], now)

    assert _bot_texts(conversation_id) == ["đáp"]
    assert Effect.objects.count() == 1


def test_the_bot_stays_silent_when_a_person_has_taken_over_meanwhile(now: datetime) -> None:
    conversation_id = _asked(now, "một")
    claim(conversation_id, "w", now)
    work = next_work(conversation_id, "w")
    assert work is not None
    with locked_conversation(conversation_id) as locked:
        take(locked, "7", "Cán bộ A", now)

    assert not complete(work, "w", [Reply(text="đáp")], [HANDOFF], now)

    assert _bot_texts(conversation_id) == []
    assert next_work(conversation_id, "w") is None


def test_a_handoff_effect_lets_the_conversation_wait_for_a_person(now: datetime) -> None:
    conversation_id = _asked(now, "một", "hai")
    claim(conversation_id, "w", now)
    work = next_work(conversation_id, "w")
    assert work is not None
    complete(work, "w", [Reply(text="đáp")], [HANDOFF], now)

    second = next_work(conversation_id, "w")

    assert second is not None
    assert (second.state, second.position) == (State.WAITING, 1)


def test_the_resident_can_have_the_assistant_back(now: datetime) -> None:
    conversation_id = _asked(now, "một", "quay lại trợ lý")
    claim(conversation_id, "w", now)
    work = next_work(conversation_id, "w")
    assert work is not None
    complete(work, "w", [Reply(text="đáp")], [HANDOFF], now)
    wish = next_work(conversation_id, "w")
    assert wish is not None

    come_back(wish, "w", Reply(text="Trợ lý đây."), now)

    assert Conversation.objects.get(pk=conversation_id).state == State.BOT
    assert _bot_texts(conversation_id) == ["đáp", "Trợ lý đây."]


def test_it_tells_the_first_reply_of_a_conversation(now: datetime) -> None:
    conversation_id = _asked(now, "một", "hai")
    claim(conversation_id, "w", now)
    first = next_work(conversation_id, "w")
    assert first is not None
    complete(first, "w", [Reply(text="đáp")], [], now)
    second = next_work(conversation_id, "w")
    assert second is not None

    assert (first.first, second.first) == (True, False)
