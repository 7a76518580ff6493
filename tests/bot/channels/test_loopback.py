"""The loopback channel over HTTP: a real server, a really trained model, the SDK's protocol."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa.shared.core.events import SlotSet, UserUttered

from bot.channels.loopback import ChannelSettingError, LoopbackInput
from contracts.turn import reply_from_json
from tests.bot.channels.harness import Engine, make_agent
from tests.bot.small_model import Trained

F1 = "toi la f1 phai cach ly bao nhieu ngay"


async def test_it_answers_with_bubbles_meta_and_effects_when_asked(engine: Engine) -> None:
    status, body = await engine.say(F1)
    reply = reply_from_json(body)
    assert status == 200
    assert [message.text for message in reply.messages] == ["Đây là cach_ly.f1", "Câu thứ hai"]
    assert [(button.title, button.phone) for button in reply.messages[0].buttons] == [("Gọi 115", "115")]
    assert reply.messages[1].image == "https://example.org/a.png"
    assert (reply.meta.answer, reply.meta.asked_back) == ("cach_ly/f1", False)
    assert reply.meta.candidates[0].answer == "cach_ly/f1"
    assert reply.meta.model == engine.agent.model_id
    assert [effect.kind for effect in reply.effects] == ["unanswered"]


async def test_it_gives_the_action_the_place_when_one_is_named(engine: Engine) -> None:
    await engine.say("điểm tiêm ở Thọ Xuân")
    (call,) = engine.actions.seen
    assert call["next_action"] == "action_site"
    (entity,) = call["tracker"]["latest_message"]["entities"]
    assert (entity["entity"], entity["value"]) == ("dia_danh", "Thọ Xuân")
    assert entity["candidates"] == [{"place": "38/395", "name": "huyện Thọ Xuân"}]


async def test_it_returns_the_recorded_reply_when_the_message_comes_again(engine: Engine) -> None:
    first = await engine.say(F1, message="m1")
    await engine.say("đeo khẩu trang khi nào", message="m2")
    assert await engine.say(F1, message="m1") == first
    assert await engine.say("another text", message="m1") == first
    assert len(engine.actions.seen) == 2


async def test_it_runs_once_when_the_message_comes_twice_at_once(engine: Engine) -> None:
    replies = await asyncio.gather(*(engine.say(F1, message="m1") for _ in range(4)))
    assert len(engine.actions.seen) == 1
    assert all(reply == replies[0] for reply in replies)


async def test_it_returns_the_recorded_reply_when_the_engine_has_restarted(
    engine: Engine, trained: Trained, database: str
) -> None:
    first = await engine.say(F1, message="m1")
    engine.app.ctx.agent = make_agent(trained, database, engine.actions)
    assert await engine.say(F1, message="m1") == first
    assert len(engine.actions.seen) == 1
    engine.app.ctx.agent.tracker_store._tracker_store.engine.dispose()


@pytest.mark.parametrize("text", ["/restart", "/session_start", "/back", '/nhay_cam.cap_cuu{"x": 1}'])
async def test_it_obeys_no_command_when_a_resident_types_one(engine: Engine, text: str) -> None:
    await engine.say(F1)
    status, body = await engine.say(text)
    assert status == 200
    assert body["meta"]["confidence"] < 1
    assert sum(isinstance(event, UserUttered) for event in await engine.events()) == 2


async def test_it_treats_the_text_as_one_message_when_it_has_blank_lines(engine: Engine) -> None:
    status, body = await engine.say("đeo khẩu trang\n\nkhi nào")
    assert (status, body["meta"]["answer"]) == (200, "5k/khau_trang")
    assert len(engine.actions.seen) == 1


@pytest.mark.parametrize("text", ["", "   ", "😷", "?!\n", "\u200b"])
async def test_it_refuses_when_nothing_is_said(engine: Engine, text: str) -> None:
    status, body = await engine.say(text)
    assert (status, body["error"]) == (422, "nothing_said")
    assert await engine.events() == []


async def test_it_follows_a_tap_when_there_is_a_payload(engine: Engine) -> None:
    payload = {"answer": "tiem_chung/diem_tiem", "slots": {"dia_danh": "38/395/15517"}}
    status, body = await engine.say("", payload=payload)
    assert (status, body["meta"]["answer"], body["meta"]["confidence"]) == (200, "tiem_chung/diem_tiem", 1.0)
    (entity,) = engine.actions.seen[0]["tracker"]["latest_message"]["entities"]
    assert entity["candidates"] == [{"place": "38/395/15517", "name": "xã Xuân Hòa, huyện Thọ Xuân"}]


async def test_it_says_no_answer_yet_when_a_tapped_key_is_not_trained(engine: Engine) -> None:
    status, body = await engine.say("", payload={"answer": "suc_khoe/bien_the", "slots": {}})
    assert (status, body["meta"]["answer"]) == (200, "tro_chuyen/chua_co_cau_tra_loi")


async def test_it_looks_up_sites_when_a_location_is_shared(engine: Engine) -> None:
    status, body = await engine.say("", location={"lat": 19.8, "lng": 105.77})
    assert (status, body["meta"]["answer"], body["meta"]["asked_back"]) == (200, "tiem_chung/diem_tiem", False)
    assert engine.actions.seen[0]["tracker"]["latest_message"]["metadata"]["location"] == {"lat": 19.8, "lng": 105.77}
    assert engine.actions.seen[0]["next_action"] == "action_site"


async def test_it_counts_a_place_as_answered_when_a_look_up_waits(engine: Engine) -> None:
    _, alone = await engine.say("Thọ Xuân", conversation="c2")
    assert alone["meta"]["asked_back"] is True
    event = {"event": "slot", "name": "cho_tra_cuu", "value": "lien_he/duong_day_nong"}
    engine.actions.body = {
        **engine.actions.reply({"tracker": {"latest_message": {"intent": {"name": "5k.x"}}}}),
        "events": [event],
    }
    await engine.say("số đường dây nóng")
    meta = {"meta": {"answer": "lien_he/duong_day_nong", "release": None}}
    engine.actions.body = {"events": [], "responses": [{"text": "a", "custom": meta}]}
    _, body = await engine.say("Thọ Xuân", message="m9")
    assert (body["meta"]["answer"], body["meta"]["asked_back"]) == ("lien_he/duong_day_nong", False)
    assert any(isinstance(event, SlotSet) and event.key == "cho_tra_cuu" for event in await engine.events())
    assert (await engine.say("Thọ Xuân", message="m9"))[1] == body


FAILURES: list[tuple[int, Any]] = [
    (500, {"error": "Boom", "action_name": "action_rule"}),
    (400, {"error": "no", "action_name": "action_rule"}),
    (200, {"events": 3, "responses": []}),
    (200, {"events": [], "responses": []}),
    (200, {"events": [], "responses": [{"text": "không có meta"}]}),
    (
        200,
        {"events": [], "responses": [{"text": "a", "custom": {"meta": {"answer": "a"}, "effects": [{"kind": "?"}]}}]},
    ),
    (
        200,
        {"events": [], "responses": [{"text": "a", "buttons": [{"title": "b"}], "custom": {"meta": {"answer": "a"}}}]},
    ),
]


@pytest.mark.parametrize(("status", "body"), FAILURES)
async def test_it_fails_and_records_nothing_when_the_action_failed(engine: Engine, status: int, body: Any) -> None:
    await engine.say("đeo khẩu trang khi nào", message="m1")
    before = await engine.events()
    engine.actions.status, engine.actions.body = status, body
    got, error = await engine.say(F1, message="m2")
    assert (got, error["error"]) == (502, "action_failed")
    assert await engine.events() == before
    engine.actions.status, engine.actions.body = 200, None
    assert (await engine.say(F1, message="m2"))[0] == 200


async def test_it_fails_when_the_action_server_is_away(engine: Engine) -> None:
    engine.agent.processor.action_endpoint.url = "http://127.0.0.1:9/webhook"
    status, body = await engine.say(F1)
    assert (status, body["error"]) == (502, "action_failed")


@pytest.mark.parametrize("turn_timeout_s", [0.3])
async def test_it_gives_up_and_goes_on_when_an_action_is_too_slow(engine: Engine) -> None:
    engine.actions.delay_s = 2.0
    status, body = await engine.say(F1, message="m1")
    assert (status, body["error"]) == (504, "timeout")
    assert await engine.events() == []
    engine.actions.delay_s = 0.0
    assert (await engine.say(F1, message="m1"))[0] == 200


async def test_it_is_not_ready_when_there_is_no_model(engine: Engine) -> None:
    engine.agent.processor = None
    status, body = await engine.say(F1)
    assert (status, body["error"]) == (503, "not_ready")
    async with engine.session.get(f"{engine.base}/health") as response:
        assert (response.status, (await response.json())["ready"]) == (503, False)


async def test_it_tells_its_model_when_it_is_ready(engine: Engine) -> None:
    async with engine.session.get(f"{engine.base}/health") as response:
        assert (response.status, (await response.json())["model"]) == (200, engine.agent.model_id)


@pytest.mark.parametrize("token", ["", "x" * 24, "Bearer"])
async def test_it_refuses_when_the_token_is_wrong(engine: Engine, token: str) -> None:
    body = {"conversation_id": "c1", "message_id": "m1", "text": F1, "metadata": {"channel": "web"}}
    assert (await engine.post(body, token))[0] == 401
    async with engine.session.delete(f"{engine.base}/conversations/c1") as response:
        assert response.status == 401
    assert engine.actions.seen == []


SHAPES: list[Any] = [
    [],
    {},
    "text",
    {"conversation_id": 1, "message_id": "m", "text": "a", "metadata": {"channel": "web"}},
    {"conversation_id": "c", "message_id": "m", "text": "a", "metadata": {}},
    {
        "conversation_id": "c",
        "message_id": "m",
        "text": "a",
        "metadata": {"channel": "web", "location": {"lat": 91, "lng": 0}},
    },
]


@pytest.mark.parametrize("body", SHAPES)
async def test_it_refuses_when_the_body_has_a_wrong_shape(engine: Engine, body: Any) -> None:
    status, error = await engine.post(body)
    assert (status, error["error"]) == (400, "bad_shape")


async def test_it_erases_one_conversation_when_told_to(engine: Engine) -> None:
    await engine.say(F1, conversation="c1", message="m1")
    await engine.say(F1, conversation="c2", message="m1")
    headers = {"Authorization": "Bearer " + "t" * 24}
    for _ in range(2):
        async with engine.session.delete(f"{engine.base}/conversations/c1", headers=headers) as response:
            assert response.status == 204
    assert await engine.events("c1") == []
    assert len(await engine.events("c2")) > 0


async def test_it_survives_naughty_texts_when_residents_send_them(engine: Engine) -> None:
    for text in ("a" * 10_000, "\x00\x07a", "<script>alert(1)</script>", "ℌ𝔢𝔩𝔩𝔬", "ở\u0309 đâu", "{a}[b](c)", "١٢٣"):
        status, body = await engine.say(text)
        assert status == 200, text
        assert reply_from_json(body).messages


@pytest.mark.parametrize("token", ["", "short", "${ENGINE_TOKEN}"])
def test_it_refuses_to_start_when_the_token_is_no_secret(token: str) -> None:
    with pytest.raises(ChannelSettingError, match="ENGINE_TOKEN"):
        LoopbackInput.from_credentials({"token": token})
