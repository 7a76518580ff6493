"""Probes, portal page and the widget's files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from deploy.ports import free_port
from tests.connectors.conftest import Engine, Resident, address, running_gateway

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


async def test_it_says_which_of_several_engines_is_away(engine: Engine, tmp_path: Path) -> None:
    port = free_port()
    async with TestServer(engine.app()) as server:
        up = address(server)
        async with running_gateway(f"{up},http://127.0.0.1:{port}", tmp_path) as gateway:
            async with gateway.get("/readyz") as response:
                assert response.status == 200
                assert (await response.json())["checks"]["engine"] == "number 2 away (ClientConnectorError)"
            async with gateway.get("/metrics") as response:
                shown = (await response.text()).splitlines()
            engine.mood = "without model"
            async with gateway.get("/readyz") as response:
                assert (await response.json())["checks"]["engine"].startswith("number 1 status 503, number 2 away")

    assert f'tincay_engine_up{{engine="{up.removeprefix("http://")}"}} 1.0' in shown
    assert f'tincay_engine_up{{engine="127.0.0.1:{port}"}} 0.0' in shown


async def test_it_is_well_when_all_of_several_engines_are(engine: Engine, tmp_path: Path) -> None:
    async with (
        TestServer(engine.app()) as one,
        TestServer(Engine().app()) as two,
        running_gateway(f"{address(one)},{address(two)}", tmp_path) as gateway,
        gateway.get("/readyz") as response,
    ):
        assert (await response.json())["checks"]["engine"] == "ok"


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
