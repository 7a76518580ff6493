"""The relay: danger first, order, silence while a person owns, and something within ten seconds whatever breaks."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from asgiref.sync import sync_to_async

from connectors.relay.turn import Outcome, Turns
from contracts.clock import system_now
from contracts.keys import NO_ANSWER_YET
from contracts.turn import Effect
from ledger.appending import locked_conversation
from ledger.conversations import take
from ledger.models import Author, Conversation, Entry, State
from ledger.models import Effect as EffectRow
from ledger.turns import Work
from tests.connectors.conftest import Resident, open_resident

type Client = TestClient[web.Request, web.Application]


@sync_to_async
def _take() -> None:
    conversation = Conversation.objects.get()
    with locked_conversation(conversation.pk) as locked:
        take(locked, "7", "Cán bộ A", system_now())


@sync_to_async
def _conversation() -> Conversation:
    return Conversation.objects.get()


async def test_danger_brings_the_safety_text_and_a_person_without_the_engine(resident: Resident, engine: Any) -> None:
    engine.mood = "failing"

    reply = await resident.ask("mẹ tôi khó thở tím môi")

    conversation = await _conversation()
    assert "115" in reply["text"]
    assert reply["meta"]["handoff"] == {"reason": "nhay_cam/cap_cuu", "priority": 1}
    assert (conversation.state, conversation.priority) == (State.WAITING, 1)
    assert engine.seen == []


async def test_danger_is_heard_in_a_text_that_is_too_long_to_be_answered(resident: Resident) -> None:
    reply = await resident.ask("chuyện dài " * 300 + "bây giờ mẹ tôi khó thở tím môi")

    assert reply["meta"]["answer"] == "nhay_cam/cap_cuu"


async def test_danger_is_answered_by_the_system_while_a_person_owns(resident: Resident) -> None:
    await resident.ask("chào")
    await _take()

    reply = await resident.ask("mẹ tôi khó thở tím môi")

    assert reply["author"] == "system"
    assert (await _conversation()).state == State.HUMAN


async def test_it_answers_in_the_order_of_the_questions(resident: Resident, engine: Any) -> None:
    engine.delay_s = 0.01
    for number in range(8):
        await resident.say(f"câu {number}")

    replies = await resident.replies(8)

    assert [reply["text"].split(": ")[-1] for reply in replies] == [f"câu {number}" for number in range(8)]


async def test_one_slow_conversation_does_not_delay_another(gateway: Client, resident: Resident, engine: Any) -> None:
    other = await open_resident(gateway)
    engine.gate = asyncio.Event()
    await resident.say("chậm")
    while not engine.seen:
        await asyncio.sleep(0.005)
    engine.gate, slow = None, engine.gate

    reply = await other.ask("nhanh")

    slow.set()
    assert reply["text"].endswith("đáp: nhanh")


@pytest.mark.parametrize("mood", ["failing", "garbage", "slow"])
async def test_a_broken_engine_means_an_approved_answer_with_its_source(
    resident: Resident, engine: Any, mood: str
) -> None:
    engine.mood, engine.delay_s = mood, 1.0 if mood == "slow" else 0.0

    reply = await resident.ask("F1 phải cách ly bao nhiêu ngày?")

    assert reply["meta"]["answer"] == "cach_ly/f1"
    assert "Nguồn: 10696/BYT-MT, Bộ Y tế" in reply["text"]
    assert reply["meta"]["release"]["source"]["number"] == "10696/BYT-MT"


async def test_a_broken_engine_and_a_question_that_fits_nothing_mean_menu_and_hotline(
    resident: Resident, engine: Any
) -> None:
    engine.mood = "failing"

    reply = await resident.ask("xyz")

    assert reply["meta"]["asked_back"]
    assert "02371022" in reply["text"]
    assert len(reply["buttons"]) == 5


async def test_a_broken_engine_and_a_vague_question_mean_choices_that_work_when_tapped(
    resident: Resident, engine: Any
) -> None:
    engine.mood = "failing"
    offered = await resident.ask("f1 cach ly may ngay")
    choice = next(b for b in offered["buttons"] if "F1 phải cách ly" in b["title"])
    await resident.post({"client_id": "tap", "payload": choice["payload"]})
    reply = (await resident.replies())[0]

    assert offered["meta"]["asked_back"]
    assert reply["meta"]["answer"] == "cach_ly/f1"
    assert "Nguồn: 10696/BYT-MT" in reply["text"]


async def test_a_late_result_of_the_engine_is_dropped(resident: Resident, engine: Any) -> None:
    engine.delay_s = 0.7
    await resident.say("F1 phải cách ly bao nhiêu ngày?")
    first = (await resident.replies())[0]
    engine.delay_s = 0.0

    second = await resident.ask("tiếp")

    assert "trục trặc" in first["text"]
    assert second["text"] == "đáp: tiếp"


async def test_who_waits_is_answered_and_told_the_place_in_the_queue(resident: Resident, engine: Any) -> None:
    engine.effects = (Effect(kind="handoff", data={"reason": "nhay_cam/tu_vong", "priority": 2}),)
    await resident.ask("bố tôi mất")
    engine.effects = ()

    reply = await resident.ask("f1 là gì")

    assert "đáp: f1 là gì" in reply["text"]
    assert "vị trí số 1" in reply["text"]


async def test_it_is_silent_while_a_person_owns(resident: Resident, engine: Any) -> None:
    await resident.ask("chào")
    await _take()
    await resident.say("anh chị ơi")
    await asyncio.sleep(0.1)

    assert engine.seen == ["chào"]


async def test_a_reply_on_its_way_is_dropped_when_a_person_takes_over(resident: Resident, engine: Any) -> None:
    engine.gate = asyncio.Event()
    await resident.say("f1?")
    while not engine.seen:
        await asyncio.sleep(0.005)
    await _take()
    engine.gate.set()
    while await Conversation.objects.filter(unhandled=True).aexists():
        await asyncio.sleep(0.01)

    assert not await Entry.objects.filter(author=Author.BOT, kind="message").aexists()


async def test_the_resident_can_call_the_assistant_back(resident: Resident) -> None:
    await resident.ask("mẹ tôi khó thở tím môi")

    reply = await resident.ask("cho tôi quay lại trợ lý")

    assert reply["meta"]["answer"] == "tro_chuyen/quay_lai"
    assert (await _conversation()).state == State.BOT


async def test_the_resident_can_call_the_assistant_back_from_a_person(resident: Resident) -> None:
    await resident.ask("chào")
    await _take()

    reply = await resident.ask("quay lai tro ly")

    assert reply["author"] == "bot"
    assert (await _conversation()).state == State.BOT


async def test_a_tapped_button_carries_its_payload(resident: Resident, engine: Any) -> None:
    engine.mood = "failing"
    menu = await resident.ask("xyz")
    engine.mood = "well"
    button = menu["buttons"][0]
    status, _ = await resident.post({"client_id": "tap", "payload": button["payload"]})
    reply = (await resident.replies())[0]

    assert status == 202
    assert reply["meta"]["answer"] == "cach_ly/f0_f1_f2"


async def test_erasing_in_the_chat_takes_the_words_and_keeps_the_confirmation(resident: Resident, engine: Any) -> None:
    await resident.ask("chuyện riêng")
    engine.effects = (Effect(kind="erase"),)
    await resident.ask("xóa dữ liệu của tôi")
    while not engine.erased:
        await asyncio.sleep(0.01)

    async with resident.client.get("/chat/v1/messages", headers=resident.headers) as response:
        texts = [message["text"] for message in (await response.json())["messages"]]
    assert texts[:3] == [None, None, None]
    assert texts[3] == "đáp: xóa dữ liệu của tôi"


async def test_an_unanswered_question_is_recorded(resident: Resident, engine: Any) -> None:
    engine.effects = (Effect(kind="unanswered"),)
    await resident.ask("sốt xuất huyết thì sao")

    assert [effect.kind async for effect in EffectRow.objects.all()] == ["unanswered"]


async def test_work_of_a_dead_worker_is_found_when_its_lease_ends(resident: Resident, engine: Any) -> None:
    engine.gate = asyncio.Event()
    await resident.say("f1?")
    while not engine.seen:
        await asyncio.sleep(0.005)
    past = system_now() - timedelta(seconds=1)
    await Conversation.objects.aupdate(lease_by="dead", lease_until=past)
    engine.gate.set()

    reply = (await resident.replies())[0]

    assert reply["text"].endswith("đáp: f1?")
    assert await Entry.objects.filter(author=Author.BOT, kind="message").acount() == 1


async def test_a_message_whose_turn_breaks_is_set_aside_and_the_conversation_goes_on(
    resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Turns.run

    async def breaking(turns: Turns, work: Work) -> Outcome:
        if work.text == "hỏng":
            raise ArithmeticError
        return await whole(turns, work)

    monkeypatch.setattr(Turns, "run", breaking)
    await resident.say("hỏng")
    await resident.say("f1?")

    set_aside, answer = await resident.replies(2)

    assert set_aside["meta"]["answer"] == NO_ANSWER_YET
    assert answer["text"].endswith("đáp: f1?")
    assert [effect.kind async for effect in EffectRow.objects.all()] == ["unanswered"]
