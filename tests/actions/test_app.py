"""The server around the actions: registration, errors that tell nothing, health."""

from __future__ import annotations

import json

import pytest
from structlog.testing import capture_logs

from actions.registry import action_classes
from tests.actions.builders import Pack
from tests.actions.conftest import ActionServer

SECRET = "mẹ tôi tên Lan, 0912345678"


def test_it_registers_every_topic_when_the_package_is_read() -> None:
    topics = [
        "answer",
        "bulletin",
        "check_rumour",
        "erase",
        "handoff",
        "hotline",
        "office",
        "place",
        "report_rumour",
        "return",
        "rule",
        "safety",
        "site",
        "subscribe",
        "unanswered",
        "unsubscribe",
        "unsure",
        "vaccination_progress",
    ]

    assert [action.action_name for action in action_classes()] == [f"action_{topic}" for topic in topics]


async def test_it_tells_only_action_and_error_when_an_action_fails(server: ActionServer, pack: Pack) -> None:
    pack.releases.clear()
    server.hold(pack)

    with capture_logs() as logs:
        reply = await server.act("action_answer", "5k.khau_trang", SECRET, slots={"chu_de": SECRET})

    assert reply.status == 500
    assert reply.body == {"error": "MissingReleaseError", "action_name": "action_answer"}
    assert [log["action"] for log in logs if log["event"] == "action_failed"] == ["action_answer"]
    assert SECRET not in json.dumps(logs, ensure_ascii=False, default=str)


@pytest.mark.parametrize("message", [{}, {"intent": {}}, {"intent": {"name": "vi_tri"}, "metadata": {"location": 1}}])
async def test_it_answers_500_without_the_tracker_when_the_message_has_a_wrong_shape(
    server: ActionServer, pack: Pack, message: dict[str, object]
) -> None:
    server.hold(pack)

    tracker = {"sender_id": "c1", "slots": {}, "latest_message": message | {"text": SECRET}}
    reply = await server.post(
        {"next_action": "action_site", "sender_id": "c1", "version": "3.6.21", "tracker": tracker}
    )

    assert reply.status == 500
    assert reply.body.keys() == {"error", "action_name"}
    assert SECRET not in json.dumps(reply.body, ensure_ascii=False)


async def test_it_answers_404_when_the_action_is_unknown(server: ActionServer) -> None:
    reply = await server.act("action_nobody", "5k.khau_trang", SECRET)

    assert reply.status == 404
    assert reply.body["action_name"] == "action_nobody"
    assert SECRET not in json.dumps(reply.body, ensure_ascii=False)


async def test_it_forgets_the_failed_action_when_the_connection_goes_on(server: ActionServer) -> None:
    await server.act("action_answer", "5k.khau_trang")

    page = await server.get("/nowhere")

    assert page.body == {"error": "NotFound", "action_name": ""}
    assert page.status == 404


async def test_it_answers_400_when_the_body_is_not_json(server: ActionServer) -> None:
    async with server.session.post(f"{server.address}/webhook", data=b"{") as response:
        assert response.status == 400
        assert await response.json() == {"error": "BadRequest", "action_name": ""}


async def test_it_is_healthy_but_not_ready_when_it_has_no_snapshot(server: ActionServer) -> None:
    health, ready = await server.get("/healthz"), await server.get("/readyz")

    assert health.status == 200
    assert ready.status == 503
    assert ready.body["ready"] is False
    assert "no snapshot was received yet" in ready.body["checks"]["snapshot"]


async def test_it_is_ready_when_all_texts_are_there_though_the_newsroom_is_away(
    server: ActionServer, pack: Pack
) -> None:
    for key in server.library.priorities:
        pack.add("safety", key, {"title": "Gấp", "text": "Gọi 115.", "buttons": []})
    server.hold(pack)

    ready = await server.get("/readyz")

    assert ready.status == 200
    assert ready.body["checks"] | {"newsroom": ""} == {"snapshot": "ok", "texts": "ok", "safety": "ok", "newsroom": ""}
    assert ready.body["checks"]["newsroom"] != "ok"


async def test_it_names_each_missing_text_when_it_is_not_ready(server: ActionServer) -> None:
    pack = Pack()
    pack.system_texts("he_thong/hoi_lai", "he_thong/khong_hieu")
    pack.add("system", "he_thong/khong_hieu", {"text": "Xin lỗi {ban}."}, source=None)
    server.hold(pack)

    ready = await server.get("/readyz")

    assert ready.status == 503
    assert ready.body["checks"]["texts"].endswith("he_thong/hoi_lai, he_thong/khong_hieu")
    assert "nhay_cam/cap_cuu" in ready.body["checks"]["safety"]


async def test_it_fails_rather_than_show_a_placeholder_when_a_text_holds_an_unknown_one(server: ActionServer) -> None:
    pack = Pack()
    pack.system_texts("he_thong/khong_hieu")
    pack.add("system", "he_thong/khong_hieu", {"text": "Xin lỗi {ban}."}, source=None)
    server.hold(pack)

    reply = await server.act("action_unsure", "khong_hieu")

    assert reply.body == {"error": "MissingReleaseError", "action_name": "action_unsure"}
