"""A real sandbox and a real webhook receiver on free ports, with a clock that stands still until it is moved."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from contracts.clock import VIETNAM
from sandbox.app import build_app
from sandbox.config import read_settings
from sandbox.platform import Platform, open_platform

APP_SECRET = "app-secret-of-the-tests"
OA_SECRET_KEY = "oa-secret-key-of-the-tests"
START = datetime(2026, 5, 20, 9, 0, tzinfo=VIETNAM)
PATIENCE_S = 10.0


@dataclass
class Call:
    """One webhook request as it arrived."""

    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        """The body as JSON, empty for a probe."""
        parsed: dict[str, Any] = json.loads(self.body or b"{}")
        return parsed


@dataclass
class Receiver:
    """Collects webhook requests; ``statuses`` are the next answers, then 200."""

    origin: str = ""
    statuses: list[int] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def take(self, request: web.Request) -> web.Response:
        """Keeps the request and answers."""
        self.calls.append(Call(dict(request.headers), await request.read()))
        async with self.arrived:
            self.arrived.notify_all()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def welcome(self, request: web.Request) -> web.Response:
        """Where the permission page leads back to."""
        html = '<link rel="icon" href="data:,"><p>Đã kết nối</p>'
        return web.Response(text=html, content_type="text/html")

    async def wait(self, count: int) -> list[Call]:
        """Returns when so many requests have come."""
        async with asyncio.timeout(PATIENCE_S), self.arrived:
            await self.arrived.wait_for(lambda: len(self.calls) >= count)
        return self.calls


@dataclass
class Sandbox:
    """A running platform and a client for it."""

    platform: Platform
    origin: str
    http: aiohttp.ClientSession
    access_token: str = ""

    async def control(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """A call of the control API that must succeed."""
        async with self.http.request(method, f"{self.origin}/sandbox{path}", json=body) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status < 300, answer
            return answer

    async def authorise(self) -> None:
        """Takes a first token pair."""
        self.access_token = (await self.control("POST", "/tokens", {}))["access_token"]

    async def resident(self, name: str = "Lan") -> str:
        """A new phone; its user id."""
        return str((await self.control("POST", "/residents", {"name": name}))["user_id"])

    async def act(self, user_id: str, action: str, **fields: Any) -> dict[str, Any]:
        """Does something on a phone."""
        return await self.control("POST", f"/residents/{user_id}/actions", {"action": action, **fields})

    async def fault(self, name: str, **change: Any) -> None:
        """Turns a fault on."""
        await self.control("PUT", "/faults", {"faults": {name: {"probability": 1, **change}}})

    async def api(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        """A call of the platform's API with the token; HTTP 200 is demanded, ``error`` is the caller's business."""
        headers = {"access_token": self.access_token} | options.pop("headers", {})
        async with self.http.request(method, f"{self.origin}{path}", headers=headers, **options) as response:
            assert response.status == 200
            answer: dict[str, Any] = await response.json()
            return answer

    async def send(self, user_id: str, message: dict[str, Any]) -> dict[str, Any]:
        """A consultation message."""
        body = {"recipient": {"user_id": user_id}, "message": message}
        return await self.api("POST", "/v3.0/oa/message/cs", json=body)

    async def transcript(self, user_id: str) -> list[dict[str, Any]]:
        """What stands on a phone."""
        messages: list[dict[str, Any]] = (await self.control("GET", f"/residents/{user_id}/messages"))["messages"]
        return messages

    async def settled(self, count: int) -> list[dict[str, Any]]:
        """The journal, once so many events are no longer pending."""
        with self.platform.feed.listen() as queue:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    entries = self.platform.journal.latest(200)
                    if sum(entry["state"] != "pending" for entry in entries) >= count:
                        return entries
                    await queue.get()

    async def tried(self, count: int) -> list[dict[str, Any]]:
        """The journal, once the first event has been tried so many times."""
        with self.platform.feed.listen() as queue:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    entries = self.platform.journal.latest(200)
                    if entries and len(entries[0]["attempts"]) >= count:
                        return entries
                    await queue.get()


type Start = Callable[..., Awaitable[Sandbox]]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A webhook receiver that answers 200."""
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/zalo/webhook", receiver.take)
    app.router.add_get("/zalo/callback", receiver.welcome)
    async with TestServer(app) as server:
        receiver.origin = str(server.make_url("/")).rstrip("/")
        yield receiver


@pytest.fixture
async def start(tmp_path: Path, receiver: Receiver) -> AsyncIterator[Start]:
    """Starts sandboxes over one journal file; keyword arguments are settings."""
    running: list[TestServer] = []
    sessions: list[aiohttp.ClientSession] = []

    async def begin(**variables: str) -> Sandbox:
        settings = read_settings(
            {
                "VAR_DIR": str(tmp_path),
                "ZALO_APP_ID": "2900000000000000001",
                "ZALO_APP_SECRET": APP_SECRET,
                "ZALO_OA_ID": "4400000000000000099",
                "ZALO_OA_SECRET_KEY": OA_SECRET_KEY,
                "SANDBOX_WEBHOOK_URL": f"{receiver.origin}/zalo/webhook",
                **variables,
            }
        )
        platform = open_platform(settings, lambda: START, Random(len(running)))
        server = TestServer(build_app(platform))
        await server.start_server(shutdown_timeout=0.1)
        running.append(server)
        sessions.append(aiohttp.ClientSession())
        return Sandbox(platform, str(server.make_url("/")).rstrip("/"), sessions[-1])

    yield begin
    for session in sessions:
        await session.close()
    for server in running:
        await server.close()


@pytest.fixture
async def sandbox(start: Start) -> Sandbox:
    """A running platform whose Official Account has authorised the app."""
    started = await start()
    await started.authorise()
    return started
