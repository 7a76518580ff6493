"""Turns that depend on the turns before them, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import web

from tests.bot.channels.harness import ActionServer, Engine

SITE, CASES, F1, WAITING = "tiem_chung/diem_tiem", "ban_tin/so_ca", "cach_ly/f1", "cho_tra_cuu"
TWO = "điểm tiêm ở đâu và hôm nay bao nhiêu ca"


def say(actions: ActionServer, *buttons: dict[str, Any], topic: str = "", waiting: str = "") -> None:
    """Lets the actions reply with these buttons and remember these keys."""
    slots = {"chu_de": topic, WAITING: waiting}
    events = [{"event": "slot", "name": name, "value": value} for name, value in slots.items() if value]
    custom = {"meta": {"answer": "tro_chuyen/giup_do", "release": None}}
    actions.body = {"events": events, "responses": [{"text": "a", "buttons": list(buttons), "custom": custom}]}


def tap(title: str, answer: str) -> dict[str, Any]:
    return {"title": title, "payload": {"answer": answer, "slots": {"dia_danh": "38/395"}}}


@pytest.mark.parametrize("typed", ["Số ca hôm nay", "so ca hom nay ạ", "2"])
async def test_it_acts_like_the_tap_when_a_button_is_typed(engine: Engine, typed: str) -> None:
    say(engine.actions, tap("Tìm điểm tiêm", SITE), {"title": "Gọi", "phone": "115"}, tap("Số ca hôm nay", CASES))
    await engine.say("bạn giúp được gì")
    engine.actions.body = None
    status, body = await engine.say(typed)
    assert (status, body["meta"]["answer"], body["meta"]["confidence"]) == (200, CASES, 1.0)
    (entity,) = engine.actions.seen[-1]["tracker"]["latest_message"]["entities"]
    assert entity["candidates"] == [{"place": "38/395", "name": "huyện Thọ Xuân"}]


async def test_it_knows_no_buttons_of_another_conversation(engine: Engine) -> None:
    say(engine.actions, tap("Số ca hôm nay", CASES))
    await engine.say("bạn giúp được gì", conversation="c1")
    _, body = await engine.say("1", conversation="c2")
    assert body["meta"]["confidence"] < 1


async def test_it_repeats_the_topic_when_only_a_new_place_is_named(engine: Engine) -> None:
    say(engine.actions, topic=CASES)
    await engine.say("hôm nay bao nhiêu ca")
    engine.actions.body = None
    _, body = await engine.say("còn ở Thọ Xuân thì sao")
    assert (body["meta"]["answer"], body["meta"]["asked_back"]) == (CASES, False)
    assert engine.actions.seen[-1]["next_action"] == "action_bulletin"


async def test_it_gives_the_place_to_the_look_up_that_waits_when_there_was_another_topic(engine: Engine) -> None:
    say(engine.actions, topic=CASES, waiting=SITE)
    await engine.say("điểm tiêm ở đâu")
    engine.actions.body = None
    _, body = await engine.say("còn Thọ Xuân")
    assert engine.actions.seen[-1]["next_action"] == "action_place"
    assert body["meta"]["asked_back"] is False


async def test_it_answers_both_when_two_questions_are_in_one_message(engine: Engine) -> None:
    status, body = await engine.say(TWO, message="m1")
    spoken = [message["meta"]["answer"] for message in body["messages"]]
    assert (status, body["meta"]["answer"]) == (200, spoken[0])
    assert sorted(spoken) == [CASES, CASES, SITE, SITE]
    assert {call["next_action"] for call in engine.actions.seen} == {"action_site", "action_bulletin"}
    assert await engine.say(TWO, message="m1") == (200, body)
    assert len(engine.actions.seen) == 2
    _, after = await engine.say("đeo khẩu trang khi nào", message="m2")
    assert after["meta"]["answer"] == "5k/khau_trang"


async def test_it_goes_on_waiting_for_the_place_when_the_second_question_needs_none(engine: Engine) -> None:
    replies = iter([SITE, None])

    class Waiting(ActionServer):
        def reply(self, call: dict[str, Any]) -> dict[str, Any]:
            event = {"event": "slot", "name": WAITING, "value": next(replies)}
            return {**super().reply(call), "events": [event]}

    engine.actions.reply = Waiting().reply  # type: ignore[method-assign]
    await engine.say(TWO)
    tracker = await engine.agent.tracker_store.retrieve("c1")
    assert tracker.get_slot(WAITING) == SITE


async def test_it_records_nothing_when_the_second_answer_fails(engine: Engine) -> None:
    good = engine.actions.reply

    def fail_for_cases(call: dict[str, Any]) -> dict[str, Any]:
        if call["next_action"] == "action_bulletin":
            raise web.HTTPInternalServerError
        return good(call)

    engine.actions.reply = fail_for_cases  # type: ignore[method-assign]
    status, body = await engine.say(TWO, message="m1")
    assert (status, body["error"]) == (502, "action_failed")
    assert await engine.events() == []
    engine.actions.reply = good  # type: ignore[method-assign]
    status, body = await engine.say(TWO, message="m1")
    assert (status, len(body["messages"])) == (200, 4)


async def test_it_leans_on_the_message_that_brought_the_topic_up(engine: Engine) -> None:
    say(engine.actions, topic=F1)
    await engine.say("tôi là F1 thì phải cách ly bao nhiêu ngày")
    for text in ("còn chưa tiêm thì sao", "thế tiêm một mũi thì sao"):
        _, body = await engine.say(text)
        assert (body["meta"]["answer"], body["meta"]["asked_back"]) == (F1, False)


async def test_it_goes_on_with_the_topic_when_something_sensitive_came_between(engine: Engine) -> None:
    for text, topic in (("điểm tiêm ở Thọ Xuân", SITE), ("mẹ tôi khó thở tím môi", "nhay_cam/cap_cuu")):
        say(engine.actions, topic=topic)
        await engine.say(text)
    engine.actions.body = None
    _, body = await engine.say("còn ở Nga Sơn thì sao")
    assert (body["meta"]["answer"], body["meta"]["asked_back"]) == (SITE, False)


async def test_it_corrects_the_place_when_the_resident_takes_it_back(engine: Engine) -> None:
    say(engine.actions, topic=SITE)
    await engine.say("điểm tiêm ở Thọ Xuân")
    engine.actions.body = None
    _, body = await engine.say("à nhầm, Nga Sơn")
    (entity,) = engine.actions.seen[-1]["tracker"]["latest_message"]["entities"]
    assert (body["meta"]["answer"], entity["value"]) == (SITE, "Nga Sơn")
