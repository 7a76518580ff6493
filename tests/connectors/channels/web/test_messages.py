"""The web chat's border: what residents and programs may send, and what they are told when they may not."""

from __future__ import annotations

import asyncio
import json
import unicodedata
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from tests.connectors.conftest import Resident, open_resident

type Client = TestClient[web.Request, web.Application]


async def test_it_answers_a_question_with_the_engines_reply(resident: Resident) -> None:
    reply = await resident.ask("toi la f1")

    assert reply["text"].endswith("đáp: toi la f1")
    assert reply["author"] == "bot"
    assert reply["meta"]["answer"] == "cach_ly/f1"


async def test_it_says_which_day_it_is_in_the_first_reply_only(resident: Resident) -> None:
    first, second = await resident.ask("một"), await resident.ask("hai")

    assert first["text"].startswith("Chế độ minh họa: hôm nay là 31/12/2021.")
    assert "minh họa" not in second["text"]


async def test_it_takes_the_same_message_twice_as_one(resident: Resident) -> None:
    body = {"client_id": "same", "text": "f1?"}
    first, second = await resident.post(body), await resident.post(body)

    assert first == second
    assert len(await resident.replies()) == 1


async def test_it_refuses_another_body_under_the_same_id(resident: Resident) -> None:
    await resident.post({"client_id": "same", "text": "f1?"})
    status, body = await resident.post({"client_id": "same", "text": "f0?"})

    assert status == 409
    assert body["error"] == "client_id_used"


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        ({"client_id": "1", "text": ""}, 422, "empty"),
        ({"client_id": "1", "text": " \u200b\n\x00 "}, 422, "empty"),
        ({"client_id": "1", "text": "\ud800"}, 422, "empty"),
        ({"client_id": "1", "text": "a" * 10_001}, 422, "too_long"),
        ({"client_id": "1", "text": 7}, 400, "bad_message"),
        ({"client_id": "1"}, 400, "bad_message"),
        ({"client_id": "1", "text": "a", "payload": "b"}, 400, "bad_message"),
        ({"client_id": "", "text": "a"}, 400, "bad_client_id"),
        ({"client_id": "../x", "text": "a"}, 400, "bad_client_id"),
        ({"text": "a"}, 400, "bad_client_id"),
        ({"client_id": "1", "location": {"lat": "x", "lng": 1}}, 400, "bad_location"),
        ({"client_id": "1", "location": {"lat": 91, "lng": 1}}, 400, "bad_location"),
        ({"client_id": "1", "location": {"lat": 10**400, "lng": 1}}, 400, "bad_location"),
        ({"client_id": "1", "location": {"lat": float("inf"), "lng": 1}}, 400, "bad_location"),
        ({"client_id": "1", "payload": "tiem_chung/diem_tiem"}, 422, "unknown_button"),
        ([], 400, "bad_json"),
    ],
)
async def test_it_refuses_with_a_sentence_in_vietnamese(resident: Resident, body: Any, status: int, error: str) -> None:
    got = await resident.post(body)

    assert (got[0], got[1]["error"]) == (status, error)
    assert got[1]["message"].endswith(("giúp.", "vị trí.", "chữ.", "được."))


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"{", b"[" * 20_000, b"null", b'{"a": ' + b"9" * 5_000 + b"}"])
async def test_it_refuses_what_is_not_json(resident: Resident, raw: bytes) -> None:
    async with resident.client.post("/chat/v1/messages", data=raw, headers=resident.headers) as response:
        assert response.status == 400
        assert (await response.json())["error"] == "bad_json"


async def test_it_refuses_a_body_of_a_megabyte(resident: Resident) -> None:
    async with resident.client.post("/chat/v1/messages", data=b"x" * 1_000_000, headers=resident.headers) as response:
        assert response.status == 413


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic abc"}, {"Authorization": "Bearer "}]
)
async def test_it_knows_no_session_without_the_right_token(gateway: Client, headers: dict[str, str]) -> None:
    async with gateway.post("/chat/v1/messages", json={"client_id": "1", "text": "a"}, headers=headers) as response:
        assert response.status == 401
        assert (await response.json())["error"] == "no_session"


async def test_a_stranger_sees_nothing_of_a_conversation(gateway: Client, resident: Resident) -> None:
    reply = await resident.ask("chuyện riêng")
    stranger = await open_resident(gateway)
    async with gateway.get("/chat/v1/messages", headers=stranger.headers) as response:
        assert (await response.json())["messages"] == []

    url = f"/chat/v1/messages/{reply['id']}/feedback"
    async with gateway.post(url, json={"value": "up"}, headers=stranger.headers) as response:
        assert response.status == 404


async def test_it_normalises_what_a_mac_types(resident: Resident) -> None:
    reply = await resident.ask(unicodedata.normalize("NFD", "điểm tiêm ở Thọ Xuân"))

    assert "điểm tiêm ở Thọ Xuân" in reply["text"]


async def test_it_leaves_html_and_commands_to_be_text(resident: Resident) -> None:
    reply = await resident.ask("/restart <script>alert(1)</script>")

    assert "/restart <script>alert(1)</script>" in reply["text"]


async def test_it_answers_emoji_and_overlong_texts_without_the_engine(resident: Resident, engine: Any) -> None:
    await resident.say("😷😷")
    await resident.say("dài " * 600)
    first, second = await resident.replies(2)

    assert "chưa thấy câu hỏi" in first["text"]
    assert "2.000 ký tự" in second["text"]
    assert engine.seen == []
    assert first["meta"]["asked_back"]


async def test_it_asks_who_writes_too_fast_to_slow_down(resident: Resident) -> None:
    answers = await asyncio.gather(*(resident.post({"client_id": f"x{n}", "text": "nhanh"}) for n in range(40)))
    refused = [body for status, body in answers if status == 429]

    assert len(refused) == 10
    assert "115" in refused[0]["message"]


async def test_danger_passes_however_fast_somebody_writes(resident: Resident) -> None:
    await asyncio.gather(*(resident.post({"client_id": f"x{n}", "text": "nhanh"}) for n in range(40)))

    status, _ = await resident.post({"client_id": "d", "text": "mẹ tôi khó thở tím môi"})

    assert status == 202


async def test_its_feedback_is_kept(resident: Resident) -> None:
    from ledger.models import Feedback

    reply = await resident.ask("f1")
    url = f"/chat/v1/messages/{reply['id']}/feedback"
    for value in ("up", "down"):
        async with resident.client.post(url, json={"value": value, "reason": "sai"}, headers=resident.headers) as done:
            assert done.status == 204

    async with resident.client.post(url, json={"value": "hay"}, headers=resident.headers) as refused:
        assert refused.status == 400
    assert [row.value async for row in Feedback.objects.all()] == ["down"]


async def test_erasing_ends_the_session_and_the_engines_memory(resident: Resident, engine: Any) -> None:
    await resident.ask("chuyện riêng")
    async with resident.client.delete("/chat/v1/session", headers=resident.headers) as response:
        assert response.status == 204

    status, _ = await resident.post({"client_id": "later", "text": "còn không"})

    assert status == 401
    assert len(engine.erased) == 1


async def test_its_events_resume_after_the_last_id(resident: Resident) -> None:
    await resident.ask("một")
    first = await _events(resident, None, 3)
    await resident.say("hai")
    rest = await _events(resident, first[-1]["id"], 2)

    assert [event["text"] for event in first[:1]] == ["một"]
    assert [event["text"] for event in rest] == ["hai", "đáp: hai"]


async def _events(resident: Resident, last: str | None, count: int) -> list[dict[str, Any]]:
    """Reads the stream until ``count`` events came; returns the messages among them."""
    headers = dict(resident.headers) if last is None else {**resident.headers, "Last-Event-ID": last}
    found: list[dict[str, Any]] = []
    events = 0
    async with resident.client.get("/chat/v1/events", headers=headers) as response:
        kind = ""
        async for raw in response.content:
            line = raw.decode().strip()
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            if line.startswith("data: ") and kind in {"message", "state"} and (last is None or kind == "message"):
                events += 1
                if kind == "message":
                    found.append(json.loads(line.removeprefix("data: ")))
                if events == count:
                    return found
    raise AssertionError("the stream ended")
