"""A real gateway on a real ledger, with a small engine and newsroom whose moods the tests choose."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import BaseTestServer, TestClient, TestServer

from contracts.clock import VIETNAM, Clock, system_now
from contracts.snapshot import snapshot_to_json
from contracts.turn import Candidate, Effect, ReplyMessage, TurnMeta, TurnReply, reply_to_json, request_from_json
from tests.support import ledger_database
from tests.support.content_pack import shipped_snapshot

ledger_database.connect()

TOKEN = "a-token-that-is-long-enough"
DEMO = Clock(offset=datetime(2021, 12, 31, 9, 0, tzinfo=VIETNAM) - system_now(), demo=True)


class Engine:
    """Speaks the loopback channel's language; answers by the text it gets, in the mood the test sets."""

    def __init__(self) -> None:
        self.mood = "well"
        self.delay_s = 0.0
        self.seen: list[str] = []
        self.erased: list[str] = []
        self.effects: tuple[Effect, ...] = ()
        self.gate: asyncio.Event | None = None

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/webhooks/loopback/turn", self.turn)
        app.router.add_delete("/webhooks/loopback/conversations/{id}", self.erase)
        app.router.add_get("/webhooks/loopback/health", self.health)
        return app

    async def turn(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == f"Bearer {TOKEN}"
        turn = request_from_json(await request.json())
        self.seen.append(turn.text)
        if self.gate is not None:
            await self.gate.wait()
        await asyncio.sleep(self.delay_s)
        if self.mood == "failing":
            return web.json_response({"error": "action failed"}, status=502)
        if self.mood == "without model":
            return web.json_response({"error": "not_ready"}, status=503)
        if self.mood == "garbage":
            return web.Response(text="<html>")
        answer = turn.payload.answer if turn.payload is not None else "cach_ly/f1"
        reply = TurnReply(
            messages=(ReplyMessage(text=f"đáp: {turn.text}", meta={"answer": answer, "release": None}),),
            meta=TurnMeta(
                answer=answer,
                confidence=0.9,
                asked_back=False,
                candidates=(Candidate(answer=answer, confidence=0.9),),
                model="test",
            ),
            effects=self.effects,
        )
        return web.json_response(reply_to_json(reply))

    async def erase(self, request: web.Request) -> web.Response:
        if self.mood == "failing":
            return web.Response(status=500)
        self.erased.append(request.match_info["id"])
        return web.Response(status=204)

    async def health(self, _request: web.Request) -> web.Response:
        return web.json_response({}, status=503 if self.mood == "without model" else 200)


async def _snapshot(request: web.Request) -> web.Response:
    assert request.headers["Authorization"] == f"Bearer {TOKEN}"
    snapshot = shipped_snapshot()
    if request.headers.get("If-None-Match") == f'"{snapshot.etag}"':
        return web.Response(status=304)
    return web.json_response(snapshot_to_json(snapshot))


@pytest.fixture(autouse=True)
def _empty_ledger() -> None:
    ledger_database.empty()


@pytest.fixture
async def engine() -> Engine:
    """The engine's double; its server starts with the gateway."""
    return Engine()


@pytest.fixture
async def gateway(engine: Engine, tmp_path: Path) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    """A client of a running gateway that has its content."""
    async with TestServer(engine.app()) as server, running_gateway(address(server), tmp_path) as client:
        yield client


def address(server: BaseTestServer) -> str:
    """Where a server listens, as a setting names it."""
    return str(server.make_url("")).rstrip("/")


@asynccontextmanager
async def running_gateway(engines: str, folder: Path) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    """A client of a gateway with these engines, as ``ENGINE_URL`` names them."""
    from connectors.app import build_app
    from connectors.core.config import read_settings

    newsroom = web.Application()
    newsroom.router.add_get("/api/v1/snapshot", _snapshot)
    async with TestServer(newsroom) as newsroom_server:
        settings = read_settings(
            {
                "VAR_DIR": str(folder),
                "CLOCK": "demo:2021-12-31T09:00+07:00",
                "ENGINE_URL": engines,
                "ENGINE_TOKEN": TOKEN,
                "NEWSROOM_URL": address(newsroom_server),
                "SNAPSHOT_TOKEN": TOKEN,
                "ENGINE_TIMEOUT_S": "0.5",
            }
        )
        async with TestClient(TestServer(await build_app(settings, DEMO))) as client:
            while (await client.get("/readyz")).status != 200:
                await asyncio.sleep(0.01)
            yield client


class Resident:
    """Somebody in a browser, with a session of their own."""

    def __init__(self, client: TestClient[web.Request, web.Application], token: str) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {token}"}
        self._sent = 0
        self._cursor = 0

    async def post(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Status and body of ``POST /chat/v1/messages``."""
        async with self.client.post("/chat/v1/messages", json=body, headers=self.headers) as response:
            return response.status, await response.json()

    async def say(self, text: str) -> str:
        """Sends a text; returns its message id."""
        self._sent += 1
        status, body = await self.post({"client_id": f"c{self._sent}", "text": text})
        assert status == 202, body
        return str(body["message_id"])

    async def replies(self, count: int = 1) -> list[dict[str, Any]]:
        """The next messages that are not the resident's own, waiting for ``count`` of them."""
        found: list[dict[str, Any]] = []
        while len(found) < count:
            url = f"/chat/v1/messages?after={self._cursor}&wait=10"
            async with self.client.get(url, headers=self.headers) as response:
                messages = (await response.json())["messages"]
            assert messages, f"only {len(found)} of {count} replies came"
            self._cursor = int(messages[-1]["id"])
            found.extend(message for message in messages if message["author"] != "resident")
        return found

    async def ask(self, text: str) -> dict[str, Any]:
        """Says something and returns the first reply."""
        await self.say(text)
        return (await self.replies())[0]


@pytest.fixture
async def resident(gateway: TestClient[web.Request, web.Application]) -> Resident:
    """A resident with a new session."""
    return await open_resident(gateway)


async def open_resident(gateway: TestClient[web.Request, web.Application]) -> Resident:
    """Another resident."""
    async with gateway.post("/chat/v1/sessions") as response:
        assert response.status == 201
        return Resident(gateway, (await response.json())["token"])
