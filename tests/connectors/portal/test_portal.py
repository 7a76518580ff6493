"""Probes, portal page and the widget's files."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from tests.connectors.conftest import Resident

type Client = TestClient[web.Request, web.Application]


async def test_its_readiness_names_every_dependency(gateway: Client) -> None:
    async with gateway.get("/readyz") as response:
        body = await response.json()

    assert response.status == 200
    assert set(body["checks"]) == {"ledger", "content", "newsroom", "engine", "actions"}
    assert body["checks"]["engine"] == "ok"
    assert body["checks"]["actions"].startswith("away")


async def test_it_shows_numbers_to_this_machine_only(gateway: Client, resident: Resident) -> None:
    await resident.ask("f1")
    async with gateway.get("/metrics") as response:
        assert 'tincay_messages_received_total{channel="web"} 1.0' in await response.text()

    async with gateway.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}) as response:
        assert response.status == 404


async def test_its_info_tells_the_demo_day_and_released_hotlines(gateway: Client) -> None:
    async with gateway.get("/chat/v1/info") as response:
        info = await response.json()

    assert info["demo"]
    assert info["today"] == "31/12/2021"
    assert [hotline["phone"] for hotline in info["hotlines"]] == ["115", "02371022", "19009095"]


async def test_its_pages_carry_a_strict_policy(gateway: Client) -> None:
    for path in ("/", "/widget/tin-cay-chat.js", "/widget/style.css"):
        async with gateway.get(path) as response:
            assert response.status == 200, path
            assert response.headers["Content-Security-Policy"].startswith("default-src 'self'")


@pytest.mark.parametrize("path", ["/widget/../pyproject.toml", "/widget/%2e%2e/env", "/widget/README.md", "/nichts"])
async def test_it_gives_no_other_file(gateway: Client, path: str) -> None:
    async with gateway.get(path) as response:
        assert response.status == 404
        assert (await response.json())["error"] == "not_found"


async def test_it_is_not_ready_and_takes_no_message_without_safety_texts(
    gateway: Client, resident: Resident, monkeypatch: Any
) -> None:
    from connectors.snapshot.texts import GatewayTexts

    monkeypatch.setattr(GatewayTexts, "missing", lambda _self: ["nhay_cam/cap_cuu"])
    status, body = await resident.post({"client_id": "1", "text": "f1"})

    assert (status, body["error"]) == (503, "not_ready")
    async with gateway.get("/readyz") as response:
        assert response.status == 503
        assert "nhay_cam/cap_cuu" in (await response.json())["checks"]["content"]
