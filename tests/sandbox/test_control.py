"""The control API: waiting, refusing, resetting, and phones that survive a restart."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sandbox.conftest import Sandbox, Start


async def _refusal(sandbox: Sandbox, method: str, path: str, body: object) -> tuple[int, str]:
    async with sandbox.http.request(method, f"{sandbox.origin}/sandbox{path}", json=body) as response:
        answer: dict[str, Any] = await response.json()
        return response.status, answer.get("error", "")


async def test_it_answers_a_waiting_reader_as_soon_as_a_message_comes(sandbox: Sandbox) -> None:
    lan = await sandbox.resident()
    mine = (await sandbox.act(lan, "send_text", text="chào"))["message"]
    path = f"/residents/{lan}/messages?after={mine['seq']}&wait=30"
    waiting = asyncio.ensure_future(sandbox.control("GET", path))
    await sandbox.send(lan, {"text": "Chào bạn"})
    assert [message["text"] for message in (await waiting)["messages"]] == ["Chào bạn"]


async def test_it_streams_what_happens(sandbox: Sandbox) -> None:
    async with sandbox.http.get(f"{sandbox.origin}/sandbox/events") as stream:
        await stream.content.readuntil(b": open\n\n")
        await sandbox.resident("Lan")
        event = (await stream.content.readuntil(b"\n\n")).decode()
    assert event.startswith("event: resident\ndata: ")
    assert '"name": "Lan"' in event


async def test_it_keeps_phones_in_order_when_it_is_started_again(start: Start) -> None:
    first = await start()
    await first.authorise()
    lan = await first.resident()
    for text in ("một", "hai"):
        await first.act(lan, "send_text", text=text)
        await first.send(lan, {"text": f"trả lời {text}"})
    await first.control("POST", "/clock", {"advance_s": 60})
    before = await first.transcript(lan)
    again = await start()
    assert await again.transcript(lan) == before
    assert [message["text"] for message in before] == ["một", "trả lời một", "hai", "trả lời hai"]
    assert (await again.control("GET", "/state"))["clock"]["offset_s"] == 60


async def test_it_is_empty_when_it_was_reset(sandbox: Sandbox) -> None:
    await sandbox.act(await sandbox.resident(), "send_text", text="chào")
    await sandbox.fault("latency")
    await sandbox.control("POST", "/reset", {})
    assert (await sandbox.control("GET", "/residents"))["residents"] == []
    assert (await sandbox.control("GET", "/webhooks"))["webhooks"] == []
    assert not (await sandbox.control("GET", "/state"))["authorised"]
    assert (await sandbox.control("GET", "/faults"))["faults"]["latency"]["probability"] == 0


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/residents", {"name": ""}, 400),
        ("POST", "/residents", {"name": 7}, 400),
        ("POST", "/residents", ["Lan"], 400),
        ("GET", "/residents/1", None, 404),
        ("POST", "/clock", {"advance_s": "1"}, 400),
        ("POST", "/clock", {"offset_s": -1}, 400),
        ("PUT", "/limit", {"per_minute": 0}, 400),
        ("PUT", "/faults", {"faults": {"nothing": {"probability": 1}}}, 400),
        ("PUT", "/faults", {"faults": {"latency": {"probability": 1.1}}}, 400),
        ("PUT", "/faults", {"faults": {"latency": {"colour": 1}}}, 400),
        ("PUT", "/webhook", {"url": "ftp://a"}, 400),
        ("POST", "/oa/replies", {"user_id": "1", "text": "chào"}, 409),
    ],
)
async def test_it_refuses_with_a_sentence_when_the_request_is_wrong(
    sandbox: Sandbox, method: str, path: str, body: object, status: int
) -> None:
    found, sentence = await _refusal(sandbox, method, path, body)
    assert found == status
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"action": "fly"}, 400),
        ({"action": "send_text"}, 400),
        ({"action": "send_text", "text": " "}, 409),
        ({"action": "send_text", "text": "\ud800"}, 400),
        ({"action": "send_image", "media_id": "none"}, 409),
        ({"action": "send_location", "latitude": 91, "longitude": 105}, 400),
        ({"action": "send_location", "latitude": "nan", "longitude": 105}, 400),
        ({"action": "send_sticker", "sticker_id": "none"}, 409),
        ({"action": "tap", "message_id": "none", "index": 0}, 409),
        ({"action": "unfollow"}, 409),
        ({"action": "follow", "source": "none"}, 409),
    ],
)
async def test_it_refuses_an_act_that_the_phone_cannot_do(sandbox: Sandbox, body: object, status: int) -> None:
    lan = await sandbox.resident()
    found, sentence = await _refusal(sandbox, "POST", f"/residents/{lan}/actions", body)
    assert found == status
    assert sentence.endswith(".")


async def test_it_refuses_fault_switches_when_the_settings_forbid_them(start: Start) -> None:
    sandbox = await start(SANDBOX_FAULTS="no")
    status, _ = await _refusal(sandbox, "PUT", "/faults", {"faults": {"latency": {"probability": 1}}})
    assert status == 403


async def test_it_reads_no_form_of_a_foreign_page(sandbox: Sandbox) -> None:
    """A browser sends text/plain across origins without asking; such a body is not read."""
    async with sandbox.http.post(f"{sandbox.origin}/sandbox/reset", data="{}") as answer:
        assert answer.status == 400
