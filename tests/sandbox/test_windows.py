"""Who may be written to, how often, and what faults do to a send (sheet §3, §7)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

if TYPE_CHECKING:
    from tests.sandbox.conftest import Sandbox

HOUR_S = 3600
DAY_S = 24 * HOUR_S


@pytest.fixture
async def lan(sandbox: Sandbox) -> str:
    """A resident who has just written."""
    user_id = await sandbox.resident()
    await sandbox.act(user_id, "send_text", text="toi la f1")
    return user_id


def _query(title: str = "F1", payload: str = "#f1") -> dict[str, Any]:
    return {"title": title, "type": "oa.query.show", "payload": payload}


def _with_buttons(*buttons: Any, text: str = "Chọn một mục", **payload: Any) -> dict[str, Any]:
    return {"text": text, "attachment": {"type": "template", "payload": {"buttons": list(buttons), **payload}}}


@pytest.mark.parametrize(
    ("silent_s", "error", "quota_type"),
    [
        (48 * HOUR_S, 0, "reply"),
        (48 * HOUR_S + 1, 0, "sub_quota"),
        (7 * DAY_S, 0, "sub_quota"),
        (7 * DAY_S + 1, -230, None),
    ],
)
async def test_it_keeps_the_windows_by_the_clock(
    sandbox: Sandbox, lan: str, silent_s: int, error: int, quota_type: str | None
) -> None:
    await sandbox.control("POST", "/clock", {"advance_s": silent_s})
    pair = await sandbox.control("POST", "/tokens", {})
    sandbox.access_token = pair["access_token"]
    answer = await sandbox.send(lan, {"text": "Chào"})
    assert answer["error"] == error
    assert answer.get("data", {}).get("quota", {}).get("quota_type") == quota_type


async def test_it_opens_the_window_again_when_an_old_button_is_tapped(sandbox: Sandbox, lan: str) -> None:
    sent = await sandbox.send(lan, _with_buttons(_query()))
    await sandbox.control("POST", "/clock", {"advance_s": 8 * DAY_S})
    await sandbox.authorise()
    assert (await sandbox.send(lan, {"text": "Chào"}))["error"] == -230
    await sandbox.act(lan, "tap", message_id=sent["data"]["message_id"], index=0)
    assert (await sandbox.send(lan, {"text": "Chào"}))["error"] == 0


async def test_it_refuses_strangers_leavers_and_blockers(sandbox: Sandbox, lan: str) -> None:
    stranger = await sandbox.resident("Minh")
    assert (await sandbox.send(stranger, {"text": "Chào"}))["error"] == -232
    await sandbox.act(lan, "follow")
    await sandbox.act(lan, "unfollow")
    assert (await sandbox.send(lan, {"text": "Chào"}))["error"] == -213
    await sandbox.control("POST", "/clock", {"advance_s": 1})
    await sandbox.act(lan, "send_text", text="tôi quay lại")
    assert (await sandbox.send(lan, {"text": "Chào"}))["error"] == 0
    await sandbox.act(lan, "block")
    assert (await sandbox.send(lan, {"text": "Chào"}))["error"] == -244


async def test_it_gives_three_welcome_messages_to_a_follower_who_never_wrote(sandbox: Sandbox) -> None:
    minh = await sandbox.resident("Minh")
    await sandbox.act(minh, "follow")
    answers = [await sandbox.send(minh, {"text": "Xin chào"}) for _ in range(4)]
    assert [answer["error"] for answer in answers] == [0, 0, 0, -218]
    assert [answer["data"]["quota"]["remain"] for answer in answers[:3]] == ["2", "1", "0"]


async def test_it_limits_calls_per_calendar_minute(sandbox: Sandbox, lan: str) -> None:
    await sandbox.control("PUT", "/limit", {"per_minute": 2})
    assert [(await sandbox.send(lan, {"text": "Chào"}))["error"] for _ in range(3)] == [0, 0, -32]
    await sandbox.control("POST", "/clock", {"advance_s": 60})
    url, headers = f"{sandbox.origin}/v2.0/oa/getoa", {"access_token": sandbox.access_token}
    async with sandbox.http.get(url, headers=headers) as answer:
        assert (await answer.json())["error"] == 0
        assert (answer.headers["X-RateLimit-Limit"], answer.headers["X-RateLimit-Remain"]) == ("2", "1")


@pytest.mark.parametrize(
    ("fault", "error"),
    [("rate_limited", -32), ("token_invalid", -216), ("account_disabled", -204), ("reject_buttons", -233)],
)
async def test_it_refuses_once_when_a_fault_has_the_count_one(
    sandbox: Sandbox, lan: str, fault: str, error: int
) -> None:
    await sandbox.fault(fault, count=1)
    answers = [await sandbox.send(lan, _with_buttons(_query())) for _ in range(2)]
    assert [answer["error"] for answer in answers] == [error, 0]
    assert len(await sandbox.transcript(lan)) == 2


async def test_it_delivers_nothing_when_it_answers_5xx(sandbox: Sandbox, lan: str) -> None:
    await sandbox.fault("server_error", count=1, value=502)
    body = {"recipient": {"user_id": lan}, "message": {"text": "Chào"}}
    url, headers = f"{sandbox.origin}/v3.0/oa/message/cs", {"access_token": sandbox.access_token}
    async with sandbox.http.post(url, json=body, headers=headers) as answer:
        assert answer.status == 502
    assert len(await sandbox.transcript(lan)) == 1


async def test_it_delivers_without_an_answer_when_the_reply_is_lost(sandbox: Sandbox, lan: str) -> None:
    await sandbox.fault("lost_reply", count=1, value=0)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await sandbox.send(lan, {"text": "Chào"})
    assert (await sandbox.transcript(lan))[-1]["text"] == "Chào"


async def test_it_keeps_a_caller_waiting_when_the_reply_is_lost_slowly(sandbox: Sandbox, lan: str) -> None:
    await sandbox.fault("lost_reply", count=1, value=600)
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(sandbox.send(lan, {"text": "Chào"}), 0.3)
    assert (await sandbox.transcript(lan))[-1]["text"] == "Chào"
