"""What ``POST /v3.0/oa/message/cs`` takes and refuses (sheet §2, §3)."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

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


async def test_it_puts_the_text_on_the_phone_and_answers_with_ids_as_text(sandbox: Sandbox, lan: str) -> None:
    answer = await sandbox.send(lan, {"text": "Chào bạn!"})
    message = (await sandbox.transcript(lan))[-1]
    assert answer["error"] == 0
    assert answer["data"]["message_id"] == message["message_id"]
    assert answer["data"]["user_id"] == lan
    assert answer["data"]["sent_time"] == message["at"]
    assert answer["data"]["quota"]["quota_type"] == "reply"
    assert (message["author"], message["text"]) == ("oa", "Chào bạn!")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("ạ" * 2000, 0),
        ("ạ" * 2001, -210),
        (unicodedata.normalize("NFD", "ạ" * 1001), -210),
        ("", -201),
        ("  \n", -201),
        (None, -201),
        (7, -201),
        ("\ud800", -201),
    ],
)
async def test_it_judges_the_text_by_its_length(sandbox: Sandbox, lan: str, text: object, error: int) -> None:
    """Decomposed Vietnamese counts each mark (sheet §2.3)."""
    before = len(await sandbox.transcript(lan))
    assert (await sandbox.send(lan, {"text": text}))["error"] == error
    assert len(await sandbox.transcript(lan)) == before + (error == 0)


@pytest.mark.parametrize(
    ("buttons", "error"),
    [
        ([_query()] * 5, 0),
        ([_query()] * 6, -210),
        ([], -201),
        ([_query(title="ạ" * 100, payload="#" * 1000)], 0),
        ([_query(title="ạ" * 101)], -210),
        ([_query(payload="#" * 1001)], -210),
        ([_query(title="")], -201),
        ([{"title": "Web", "type": "oa.open.url", "payload": {"url": "https://example.vn/a"}}], 0),
        ([{"title": "Web", "type": "oa.open.url", "payload": {"url": "http://example.vn/a"}}], -201),
        ([{"title": "Web", "type": "oa.open.url", "payload": "https://example.vn/a"}], -201),
        ([{"title": "Gọi", "type": "oa.open.phone", "payload": {"phone_code": "84237123456"}}], 0),
        ([{"title": "Gọi", "type": "oa.open.phone", "payload": {"phone_code": "+84237123456"}}], -201),
        ([{"title": "Gọi", "type": "oa.open.phone", "payload": {"phone_code": "0237123456"}}], -201),
        ([{"title": "SMS", "type": "oa.open.sms", "payload": {"content": "a" * 160, "phone_code": "84901234567"}}], 0),
        (
            [{"title": "SMS", "type": "oa.open.sms", "payload": {"content": "a" * 161, "phone_code": "84901234567"}}],
            -210,
        ),
        ([{"title": "F1", "type": "oa.query.show", "payload": {"content": "#f1"}}], -201),
        ([{"title": "F1", "type": "postback", "payload": "#f1"}], -233),
        (["F1"], -201),
    ],
)
async def test_it_judges_buttons_by_the_sheet(sandbox: Sandbox, lan: str, buttons: list[Any], error: int) -> None:
    assert (await sandbox.send(lan, _with_buttons(*buttons)))["error"] == error


async def test_it_refuses_templates_that_are_not_confirmed_for_this_path(sandbox: Sandbox, lan: str) -> None:
    for template in ("button", "list"):
        assert (await sandbox.send(lan, _with_buttons(_query(), template_type=template)))["error"] == -233


async def test_it_wants_text_beside_buttons(sandbox: Sandbox, lan: str) -> None:
    assert (await sandbox.send(lan, _with_buttons(_query(), text="")))["error"] == -201


async def test_it_quotes_only_messages_of_the_same_conversation(sandbox: Sandbox, lan: str) -> None:
    own = (await sandbox.transcript(lan))[0]["message_id"]
    minh = await sandbox.resident("Minh")
    foreign = (await sandbox.act(minh, "send_text", text="chào"))["message"]["message_id"]
    assert (await sandbox.send(lan, {"text": "Đây ạ", "quote_message_id": own}))["error"] == 0
    assert (await sandbox.send(lan, {"text": "Đây ạ", "quote_message_id": foreign}))["error"] == -201


async def test_it_refuses_unknown_recipients_and_ids_that_are_numbers(sandbox: Sandbox, lan: str) -> None:
    for user_id in (int(lan), "1", "", None):
        body = {"recipient": {"user_id": user_id}, "message": {"text": "Chào"}}
        assert (await sandbox.api("POST", "/v3.0/oa/message/cs", json=body))["error"] == -201


async def test_it_takes_no_bearer_for_a_token(sandbox: Sandbox, lan: str) -> None:
    headers = {"Authorization": f"Bearer {sandbox.access_token}"}
    sandbox.access_token = ""
    body = {"recipient": {"user_id": lan}, "message": {"text": "Chào"}}
    assert (await sandbox.api("POST", "/v3.0/oa/message/cs", json=body, headers=headers))["error"] == -216


async def test_it_answers_404_for_a_path_without_cs_and_240_for_the_old_chat(sandbox: Sandbox, lan: str) -> None:
    body = {"recipient": {"user_id": lan}, "message": {"text": "Chào"}}
    async with sandbox.http.post(f"{sandbox.origin}/v3.0/oa/message", json=body) as answer:
        assert answer.status == 404
        assert await answer.json() == {"error": 404, "message": "empty or invalid api"}
    assert (await sandbox.api("POST", "/v2.0/oa/message", json=body))["error"] == -240


async def test_it_refuses_a_body_that_is_no_json_object(sandbox: Sandbox) -> None:
    for body in (b"", b"[]", b"{", b"\xff", b"[" * 100_000):
        headers = {"Content-Type": "application/json"}
        assert (await sandbox.api("POST", "/v3.0/oa/message/cs", data=body, headers=headers))["error"] == -201
