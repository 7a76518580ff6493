"""From a phone through the gateway and back, against the sandbox."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from connectors.core.ledger import LedgerDoor
from contracts.turn import Effect
from ledger.appending import locked_conversation
from ledger.channel_events import conversation_of
from ledger.conversations import give_to_bot, take
from ledger.models import Author, Conversation, Delivery, DeliveryState, Entry, State
from ledger.replies import Reply, append_reply
from tests.support.zalo_road import DEMO, WAIT_S, Road, TestPhone

CHOICES = [
    {"title": "Điểm tiêm", "payload": {"answer": "tiem_chung/diem_tiem", "slots": {}}},
    {"title": "Khẩu trang", "payload": {"answer": "5k/khau_trang", "slots": {}}},
]


async def _read[T](function: Callable[[], T]) -> T:
    door = LedgerDoor(1)
    try:
        return await door(function)
    finally:
        door.close()


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT_S):
        while not await _read(condition):
            await asyncio.sleep(0.02)


async def _say(road: Road, phone: TestPhone, reply: Reply, author: Author = Author.BOT) -> None:
    def append() -> None:
        with locked_conversation(_conversation(road, phone)) as conversation:
            append_reply(conversation, None, reply, author, DEMO.real_now())

    await _read(append)


def _conversation(road: Road, phone: TestPhone) -> str:
    found = conversation_of("zalo", road.address(phone))
    assert found is not None
    return found


async def test_it_answers_a_question_on_the_phone(road: Road) -> None:
    phone = road.phone()

    answer = await phone.ask("F1 cách ly mấy ngày?")

    assert answer.text.endswith("đáp: F1 cách ly mấy ngày?")


async def test_it_answers_many_questions_of_one_resident_in_order_and_once(road: Road) -> None:
    phone = road.phone()
    road.platform.faults.set("duplicate_webhook", {"probability": 0.5})
    for number in range(12):
        phone.hands.send_text(f"câu hỏi số {number} về cách ly")

    await phone.wait_for(12)
    await _until(lambda: not Delivery.objects.exclude(state__in=["sent", "delivered", "seen"]).exists())

    assert [text.rpartition("đáp: ")[2] for text in phone.texts()] == [
        f"câu hỏi số {number} về cách ly" for number in range(12)
    ]


async def test_it_greets_who_follows_once_and_answers_afterwards(road: Road) -> None:
    phone = road.phone()
    phone.hands.follow()
    phone.hands.chat_now()
    (welcome,) = await phone.wait_for(1)

    answer = await phone.ask("F1 cách ly mấy ngày?")

    assert welcome.text.startswith("Chế độ minh họa: hôm nay là 31/12/2021.")
    assert "Tin Cậy" in welcome.text
    assert len(welcome.detail["buttons"]) == 3
    assert answer.text == "đáp: F1 cách ly mấy ngày?"
    assert len(phone.shown()) == 2


async def test_a_tapped_button_asks_what_it_says(road: Road, engine: Any) -> None:
    phone = road.phone()
    phone.hands.follow()
    (welcome,) = await phone.wait_for(1)
    title = welcome.detail["buttons"][0]["title"]

    phone.hands.tap(welcome.message_id, 0)
    await phone.wait_for(2)

    assert engine.seen == [title]
    assert await _read(lambda: Entry.objects.get(author=Author.RESIDENT).meta["payload"]["answer"]) == "cach_ly/f1"


async def test_a_typed_token_of_somebody_else_gains_nothing(road: Road, engine: Any) -> None:
    owner, thief = road.phone("Chủ"), road.phone("Người lạ")
    owner.hands.follow()
    (welcome,) = await owner.wait_for(1)
    stolen = welcome.detail["buttons"][0]["payload"]

    for typed in (stolen, "#" + "A" * 22):
        reply = await thief.ask(typed)
        assert "Tôi chưa thấy câu hỏi nào" in reply.text

    assert engine.seen == []
    assert await _read(lambda: [row.meta.get("payload") for row in Entry.objects.filter(author="resident")]) == [
        None,
        None,
    ]


async def test_it_lists_choices_when_buttons_are_refused_and_takes_their_numbers(road: Road, engine: Any) -> None:
    phone = road.phone()
    await phone.ask("chào")
    road.fault("reject_buttons")
    await _say(road, phone, Reply(text="Bạn chọn:", buttons=CHOICES))
    listed = (await phone.wait_for(2))[1]
    assert listed.text.startswith("Bạn chọn:\n\n1. Điểm tiêm\n2. Khẩu trang\n")

    await phone.ask("2")

    assert engine.seen == ["chào", "Khẩu trang"]


async def test_a_number_without_a_list_is_a_question(road: Road, engine: Any) -> None:
    await road.phone().ask("2")

    assert engine.seen == ["2"]


async def test_a_place_reaches_the_engine_as_a_place(road: Road) -> None:
    phone = road.phone()

    phone.hands.send_location("19.8075", "105.7764")
    await phone.wait_for(1)

    assert await _read(lambda: Entry.objects.get(author=Author.RESIDENT).meta["location"]) == {
        "lat": 19.8075,
        "lng": 105.7764,
    }


async def test_a_sticker_gets_the_approved_words_and_never_the_engine(road: Road, engine: Any) -> None:
    phone = road.phone()

    phone.hands.send_sticker("khau-trang")
    (reply,) = await phone.wait_for(1)

    assert "nhãn dán" in reply.text
    assert engine.seen == []


async def test_danger_is_answered_while_the_engine_is_away(road: Road, engine: Any) -> None:
    engine.mood = "failing"
    phone = road.phone()

    answer = await phone.ask("mẹ tôi khó thở tím môi")

    assert "115" in answer.text
    assert await _read(lambda: Conversation.objects.get().priority) == 1


async def test_receipts_and_echoes_only_move_the_delivery(road: Road, engine: Any) -> None:
    phone = road.phone()
    await phone.ask("F1 cách ly mấy ngày?")
    await _until(lambda: Delivery.objects.get().state == DeliveryState.DELIVERED)

    phone.hands.see()
    await _until(lambda: Delivery.objects.get().state == DeliveryState.SEEN)

    assert len(phone.shown()) == 1
    assert engine.seen == ["F1 cách ly mấy ngày?"]
    assert await _read(lambda: Delivery.objects.get().quota) == "reply"


async def test_a_person_in_the_oa_manager_silences_the_bot(road: Road, engine: Any) -> None:
    from sandbox.api.messages import deliver
    from sandbox.transcript import NewMessage

    phone = road.phone()
    await phone.ask("F1 cách ly mấy ngày?")
    by_hand = NewMessage(
        user_id=phone.user_id, author="admin", kind="text", text="Tôi đây.", detail={"admin_id": "6600000000000000033"}
    )
    deliver(road.platform, phone.hands.resident, by_hand)
    await _until(lambda: Conversation.objects.get().state == State.HUMAN)

    phone.hands.send_text("còn F2?")
    await _until(lambda: Entry.objects.filter(text="còn F2?").exists())

    assert await _read(lambda: Conversation.objects.get().owner_name) == "OA Manager"
    assert len(engine.seen) == 1
    assert phone.texts()[-1] == "Tôi đây."


async def test_an_operators_words_reach_the_phone_and_the_bots_old_words_do_not(road: Road) -> None:
    phone = road.phone()
    await phone.ask("chào")
    road.fault("server_error")
    await _say(road, phone, Reply(text="lời cũ của trợ lý"))
    await _until(lambda: Delivery.objects.filter(state=DeliveryState.UNCERTAIN).exists())

    def takeover() -> None:
        with locked_conversation(_conversation(road, phone)) as conversation:
            take(conversation, "7", "Cán bộ A", DEMO.real_now())
            append_reply(conversation, None, Reply(text="Tôi là cán bộ trực."), Author.OPERATOR, DEMO.real_now())

    await _read(takeover)
    await phone.wait_for(2)

    def hand_back() -> None:
        with locked_conversation(_conversation(road, phone)) as conversation:
            give_to_bot(conversation, Author.OPERATOR, "Cán bộ A", "given_back", DEMO.real_now())

    await _read(hand_back)
    await phone.ask("còn F2?")
    assert phone.texts()[1:] == ["Tôi là cán bộ trực.", "đáp: còn F2?"]


async def test_withdrawal_erases_the_words_once(road: Road, engine: Any) -> None:
    phone = road.phone()
    await phone.ask("nhà tôi có ba người")
    conversation_id = await _read(lambda: _conversation(road, phone))

    phone.hands.withdraw()
    await _until(lambda: conversation_of("zalo", road.address(phone)) is None)
    await phone.ask("F1 cách ly mấy ngày?")

    assert await _read(lambda: Entry.objects.filter(conversation=conversation_id, text__isnull=False).count()) == 0
    async with asyncio.timeout(WAIT_S):
        while engine.erased != [conversation_id]:
            await asyncio.sleep(0.01)


async def test_the_residents_wish_to_be_forgotten_keeps_the_confirmation(road: Road, engine: Any) -> None:
    engine.effects = (Effect(kind="erase"),)
    phone = road.phone()

    answer = await phone.ask("xóa dữ liệu của tôi")

    assert answer.text.endswith("đáp: xóa dữ liệu của tôi")
    await _until(lambda: Entry.objects.get(author=Author.RESIDENT).text is None)


async def test_other_events_do_no_harm(road: Road) -> None:
    phone = road.phone()
    await phone.ask("chào")

    phone.hands.follow()
    phone.hands.unfollow()
    while road.platform.clock.now_ms() <= phone.hands.resident.unfollowed_ms:
        await asyncio.sleep(0)

    assert (await phone.ask("F1?")).text == "đáp: F1?"


async def test_it_receives_while_nobody_has_connected_the_account_and_answers_afterwards(unconnected: Road) -> None:
    unconnected.platform.tokens.issue()  # the OA authorised the app, but this gateway never got the tokens
    phone = unconnected.phone()
    phone.hands.send_text("F1 cách ly mấy ngày?")
    await _until(lambda: Delivery.objects.filter(error="OA was never connected").exists())
    assert phone.shown() == []

    await unconnected.connect()

    def due_now() -> None:
        Delivery.objects.update(next_at=DEMO.real_now())

    await _read(due_now)
    (answer,) = await phone.wait_for(1)
    assert answer.text.endswith("đáp: F1 cách ly mấy ngày?")
