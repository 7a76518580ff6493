"""Pictures and going on from another device."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from tests.connectors.conftest import Resident, open_resident

type Client = TestClient[web.Request, web.Application]

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 100


async def _upload(resident: Resident, content: bytes, client_id: str = "p1") -> tuple[int, dict[str, Any]]:
    url = f"/chat/v1/uploads?client_id={client_id}"
    async with resident.client.post(url, data=BytesIO(content), headers=resident.headers) as response:
        return response.status, await response.json()


async def test_a_picture_gets_a_defined_reply_and_is_shown_to_its_conversation_only(
    gateway: Client, resident: Resident
) -> None:
    status, body = await _upload(resident, PNG)
    reply = (await resident.replies())[0]
    stranger = await open_resident(gateway)
    async with gateway.get(body["image"], headers=resident.headers) as own:
        shown = await own.read()
    async with gateway.get(body["image"], headers=stranger.headers) as other:
        refused = other.status

    assert status == 202
    assert "không đọc được ảnh" in reply["text"]
    assert shown == PNG
    assert refused == 404


async def test_a_picture_sent_twice_is_one_message(resident: Resident) -> None:
    assert await _upload(resident, PNG) == await _upload(resident, PNG)


@pytest.mark.parametrize(
    ("content", "status", "error"),
    [(b"GIF89a", 422, "not_a_picture"), (b"<svg onload=alert(1)>", 422, "not_a_picture"), (b"", 422, "not_a_picture")],
)
async def test_it_refuses_what_is_no_picture(resident: Resident, content: bytes, status: int, error: str) -> None:
    got = await _upload(resident, content)

    assert (got[0], got[1]["error"]) == (status, error)


async def test_it_refuses_a_picture_that_it_cannot_store(resident: Resident, tmp_path: Path) -> None:
    (tmp_path / "media").write_text("where the folder should be")

    status, body = await _upload(resident, PNG)

    assert (status, body["error"]) == (503, "not_stored")
    (tmp_path / "media").unlink()
    assert (await _upload(resident, PNG))[0] == 202


async def test_it_refuses_a_picture_of_two_megabytes(resident: Resident) -> None:
    assert (await _upload(resident, PNG + b"\x00" * 2_000_000))[0] == 413


@pytest.mark.parametrize("name", ["..%2f..%2fpyproject.toml", "x.png", "0" * 40 + ".png"])
async def test_it_shows_no_other_file(resident: Resident, name: str) -> None:
    async with resident.client.get(f"/chat/v1/uploads/{name}", headers=resident.headers) as response:
        assert response.status == 404


async def test_erasing_removes_the_pictures_file(resident: Resident, tmp_path: Path) -> None:
    await _upload(resident, PNG)
    kept = list((tmp_path / "media").iterdir())
    async with resident.client.delete("/chat/v1/session", headers=resident.headers) as response:
        assert response.status == 204

    assert len(kept) == 1
    assert list((tmp_path / "media").iterdir()) == []


async def test_a_code_opens_the_conversation_once_on_another_device(gateway: Client, resident: Resident) -> None:
    await resident.ask("chuyện của tôi")
    async with gateway.post("/chat/v1/session/code", headers=resident.headers) as response:
        code = (await response.json())["code"]
    async with gateway.post("/chat/v1/sessions", json={"code": f" {code.lower()} "}) as response:
        other = Resident(gateway, (await response.json())["token"])
    async with gateway.get("/chat/v1/messages", headers=other.headers) as response:
        texts = [message["text"] for message in (await response.json())["messages"]]
    async with gateway.post("/chat/v1/sessions", json={"code": code}) as again:
        refused = (again.status, (await again.json())["error"])

    assert texts[0] == "chuyện của tôi"
    assert refused == (404, "unknown_code")


@pytest.mark.parametrize("code", ["", "AAAA-AAAA", "' OR 1=1 --", 7])
async def test_a_wrong_code_opens_nothing(gateway: Client, code: Any) -> None:
    async with gateway.post("/chat/v1/sessions", json={"code": code}) as response:
        assert response.status == 404
