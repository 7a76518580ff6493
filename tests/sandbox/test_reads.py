"""Uploads, profiles, conversations (sheet §5)."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

if TYPE_CHECKING:
    from tests.sandbox.conftest import Receiver, Sandbox

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
GIF = b"GIF89a" + b"\0" * 100
MEGABYTE = 1024 * 1024


async def _upload(sandbox: Sandbox, kind: str, name: str, content: bytes) -> dict[str, Any]:
    form = aiohttp.FormData()
    form.add_field("file", BytesIO(content), filename=name)
    return await sandbox.api("POST", f"/v2.0/oa/upload/{kind}", data=form)


async def _get(sandbox: Sandbox, path: str, **data: Any) -> dict[str, Any]:
    return await sandbox.api("GET", path, params={"data": json.dumps(data)})


@pytest.mark.parametrize(
    ("kind", "name", "content", "error"),
    [
        ("image", "a.png", PNG, 0),
        ("image", "a.jpg", b"\xff\xd8\xff" + b"\0" * (MEGABYTE - 3), 0),
        ("image", "a.jpg", b"\xff\xd8\xff" + b"\0" * (MEGABYTE - 2), -201),
        ("image", "a.png", GIF, -201),
        ("image", "a.webp", b"RIFF\0\0\0\0WEBP", -201),
        ("gif", "a.gif", GIF, 0),
        ("gif", "a.gif", PNG, -201),
        ("file", "a.pdf", b"%PDF-1.7", 0),
        ("file", "a.exe", b"MZ", -201),
        ("file", "a.pdf", b"", -201),
    ],
)
async def test_it_judges_uploads_by_type_and_size(
    sandbox: Sandbox, kind: str, name: str, content: bytes, error: int
) -> None:
    assert (await _upload(sandbox, kind, name, content))["error"] == error


async def test_it_shows_an_uploaded_picture_on_the_phone_until_seven_days_are_over(sandbox: Sandbox) -> None:
    lan = await sandbox.resident()
    await sandbox.act(lan, "send_text", text="chào")
    attachment_id = (await _upload(sandbox, "image", "a.png", PNG))["data"]["attachment_id"]
    element = {"media_type": "image", "attachment_id": attachment_id}
    attachment = {"type": "template", "payload": {"template_type": "media", "elements": [element]}}
    assert (await sandbox.send(lan, {"text": "Sơ đồ", "attachment": attachment}))["error"] == 0
    message = (await sandbox.transcript(lan))[-1]
    assert (message["kind"], message["text"]) == ("image", "Sơ đồ")
    async with sandbox.http.get(f"{sandbox.origin}/sandbox/media/{message['detail']['media_id']}") as picture:
        assert await picture.read() == PNG
    await sandbox.control("POST", "/clock", {"advance_s": 7 * 24 * 3600})
    await sandbox.authorise()
    assert (await sandbox.send(lan, {"attachment": attachment}))["error"] == -100


async def test_it_loads_a_picture_by_its_address_and_refuses_one_that_is_not_there(sandbox: Sandbox) -> None:
    lan = await sandbox.resident()
    await sandbox.act(lan, "send_text", text="chào")
    async with sandbox.http.post(f"{sandbox.origin}/sandbox/media?name=a.png", data=PNG) as answer:
        media_id = (await answer.json())["media_id"]
    for url, error in ((f"{sandbox.origin}/cdn/{media_id}", 0), (f"{sandbox.origin}/cdn/none", -201)):
        element = {"media_type": "image", "url": url}
        attachment = {"type": "template", "payload": {"template_type": "media", "elements": [element]}}
        assert (await sandbox.send(lan, {"attachment": attachment}))["error"] == error


async def test_it_takes_a_file_by_token_without_text(sandbox: Sandbox) -> None:
    lan = await sandbox.resident()
    await sandbox.act(lan, "send_text", text="chào")
    token = (await _upload(sandbox, "file", "van-ban.pdf", b"%PDF-1.7"))["data"]["token"]
    attachment = {"type": "file", "payload": {"token": token}}
    assert (await sandbox.send(lan, {"text": "x", "attachment": attachment}))["error"] == -201
    assert (await sandbox.send(lan, {"attachment": attachment}))["error"] == 0
    assert (await sandbox.transcript(lan))[-1]["detail"]["name"] == "van-ban.pdf"


async def test_it_gives_a_picture_an_address_that_dies_after_half_an_hour(sandbox: Sandbox, receiver: Receiver) -> None:
    lan = await sandbox.resident()
    async with sandbox.http.post(f"{sandbox.origin}/sandbox/media?name=a.png", data=PNG) as answer:
        media_id = (await answer.json())["media_id"]
    await sandbox.act(lan, "send_image", media_id=media_id, text="que thử")
    message = (await receiver.wait(1))[0].event["message"]
    url = message["attachments"][0]["payload"]["url"]
    assert message["text"] == "que thử"
    async with sandbox.http.get(url) as picture:
        assert await picture.read() == PNG
    await sandbox.control("POST", "/clock", {"advance_s": 1800})
    async with sandbox.http.get(url) as picture:
        assert picture.status == 404


async def test_it_shows_the_profile_of_followers_only(sandbox: Sandbox) -> None:
    lan = await sandbox.resident("Lan")
    assert (await _get(sandbox, "/v3.0/oa/user/detail", user_id=lan))["error"] == -213
    await sandbox.act(lan, "follow")
    await sandbox.act(lan, "submit_info", name="Lê Thị Lan", phone="84901234567")
    profile = (await _get(sandbox, "/v3.0/oa/user/detail", user_id=lan))["data"]
    assert (profile["display_name"], profile["user_is_follower"]) == ("Lan", True)
    assert profile["user_last_interaction_date"] == "20/05/2026"
    assert profile["shared_info"]["phone"] == "84901234567"


async def test_it_shows_a_conversation_newest_first_ten_at_a_time(sandbox: Sandbox) -> None:
    lan = await sandbox.resident()
    for number in range(12):
        await sandbox.act(lan, "send_text", text=f"tin {number}")
    await sandbox.send(lan, {"text": "trả lời"})
    items = (await _get(sandbox, "/v2.0/oa/conversation", user_id=lan, offset=0, count=10))["data"]
    assert [(item["src"], item["message"]) for item in items[:2]] == [(0, "trả lời"), (1, "tin 11")]
    assert len(items) == 10
    assert (await _get(sandbox, "/v2.0/oa/conversation", user_id=lan, count=11))["error"] == -210


async def test_it_gives_the_last_interaction_as_text(sandbox: Sandbox) -> None:
    lan = await sandbox.resident()
    sent = (await sandbox.act(lan, "send_text", text="chào"))["message"]
    answer = await sandbox.api("POST", "/v3.0/oa/quota/message", json={"user_id": lan})
    assert answer["data"]["last_interaction"] == sent["at"]
