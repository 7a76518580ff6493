"""The sandbox and a gateway with the Zalo channel, joined on free ports, for tests that play residents on phones."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from contracts.clock import VIETNAM, Clock, system_now
from contracts.snapshot import snapshot_to_json
from deploy.ports import free_port
from sandbox.app import build_app as build_sandbox
from sandbox.config import read_settings as read_sandbox
from sandbox.phone import Phone
from sandbox.platform import Platform, open_platform
from sandbox.transcript import Message
from tests.support.content_pack import shipped_snapshot

APP_ID, OA_ID = "2900000000000000001", "4400000000000000099"
APP_SECRET, OA_SECRET = "an-app-secret-for-tests", "an-oa-secret-key-for-tests"
TOKEN_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
SERVICE_TOKEN = "a-token-that-is-long-enough"
WAIT_S = 15.0
DEMO = Clock(offset=datetime(2021, 12, 31, 9, 0, tzinfo=VIETNAM) - system_now(), demo=True)


def zalo_variables(sandbox_url: str, port: int) -> dict[str, str]:
    """The gateway's variables for the sandbox."""
    return {
        "ZALO_ENABLED": "yes",
        "ZALO_APP_ID": APP_ID,
        "ZALO_APP_SECRET": APP_SECRET,
        "ZALO_OA_ID": OA_ID,
        "ZALO_OA_SECRETS": f"{OA_ID}:{OA_SECRET}",
        "ZALO_TOKEN_KEY": TOKEN_KEY,
        "ZALO_API_URL": sandbox_url,
        "ZALO_OAUTH_URL": sandbox_url,
        "ZALO_CALLBACK_URL": f"http://127.0.0.1:{port}/zalo/callback",
        "ZALO_SEND_TIMEOUT_S": "1",
    }


@asynccontextmanager
async def running_sandbox(folder: Path, gateway_port: int) -> AsyncIterator[tuple[Platform, str]]:
    """The platform and its address; webhooks go to the gateway's port."""
    settings = read_sandbox(
        {
            "VAR_DIR": str(folder),
            "ZALO_APP_ID": APP_ID,
            "ZALO_APP_SECRET": APP_SECRET,
            "ZALO_OA_ID": OA_ID,
            "ZALO_OA_SECRET_KEY": OA_SECRET,
            "SANDBOX_WEBHOOK_URL": f"http://127.0.0.1:{gateway_port}/zalo/webhook",
            "SANDBOX_SPEED": "1000",
        }
    )
    platform = open_platform(settings)
    async with TestServer(build_sandbox(platform)) as server:
        yield platform, str(server.make_url("")).rstrip("/")


@dataclass
class Road:
    """Both ends of the road, and who plays on it."""

    platform: Platform
    sandbox_url: str
    client: TestClient[web.Request, web.Application]

    async def connect(self) -> None:
        """Gives the app its first token pair, as an admin of the OA does."""
        from connectors.channels.zalo.connecting import connect
        from connectors.core.config import read_settings

        variables = base_variables() | zalo_variables(self.sandbox_url, self.client.port or 0)
        settings = read_settings(variables).zalo
        assert settings is not None
        assert await connect(settings) == 0

    def phone(self, name: str = "Lan") -> TestPhone:
        """Another resident."""
        resident = self.platform.residents.create(name)
        return TestPhone(self.platform, resident.user_id, self.sandbox_url)

    def address(self, phone: TestPhone) -> str:
        """The resident's address in the ledger."""
        return f"{OA_ID}:{phone.user_id}"

    def fault(self, name: str, count: int = 1, value: int | None = None) -> None:
        """Switches a fault on for the next ``count`` times."""
        change: dict[str, Any] = {"probability": 1.0, "count": count}
        self.platform.faults.set(name, change if value is None else {**change, "value": value})


class TestPhone:
    """A phone that can be waited for."""

    __test__ = False

    def __init__(self, platform: Platform, user_id: str, origin: str) -> None:
        self.platform = platform
        self.user_id = user_id
        self._origin = origin

    @property
    def hands(self) -> Phone:
        """The resident's hands, knowing what the platform knows of them now."""
        resident = self.platform.residents.find(self.user_id)
        assert resident is not None
        return Phone(platform=self.platform, resident=resident, origin=self._origin)

    def shown(self) -> list[Message]:
        """What the OA wrote, oldest first."""
        return [m for m in self.platform.transcript.of(self.user_id, 0) if m.author != "resident"]

    def texts(self) -> list[str]:
        """Texts of what the OA wrote."""
        return [message.text for message in self.shown()]

    async def wait_for(self, count: int) -> list[Message]:
        """The OA's messages once there are so many."""
        async with asyncio.timeout(WAIT_S):
            while len(self.shown()) < count:
                await asyncio.sleep(0.01)
        return self.shown()

    async def ask(self, text: str) -> Message:
        """Types a question; the next message that comes."""
        before = len(self.shown())
        self.hands.send_text(text)
        return (await self.wait_for(before + 1))[before]


def base_variables(var_dir: str = "var") -> dict[str, str]:
    """What every gateway needs."""
    return {
        "VAR_DIR": var_dir,
        "CLOCK": "demo:2021-12-31T09:00+07:00",
        "ENGINE_TOKEN": SERVICE_TOKEN,
        "SNAPSHOT_TOKEN": SERVICE_TOKEN,
        "ENGINE_TIMEOUT_S": "2",
    }


@asynccontextmanager
async def zalo_road(
    folder: Path,
    engine: web.Application,
    clock: Clock,
    more: Mapping[str, str] | None = None,
    content: bool = True,
) -> AsyncIterator[Road]:
    """Sandbox and gateway, joined but not yet connected (no tokens); without ``content`` it never becomes ready."""
    from connectors.app import build_app
    from connectors.core.config import read_settings

    port = free_port()
    newsroom = web.Application()
    if content:
        newsroom.router.add_get("/api/v1/snapshot", _snapshot)
    async with (
        running_sandbox(folder, port) as (platform, sandbox_url),
        TestServer(engine) as engine_server,
        TestServer(newsroom) as newsroom_server,
    ):
        variables = base_variables(str(folder)) | zalo_variables(sandbox_url, port) | dict(more or {})
        variables["ENGINE_URL"] = str(engine_server.make_url("")).rstrip("/")
        variables["NEWSROOM_URL"] = str(newsroom_server.make_url("")).rstrip("/")
        app = await build_app(read_settings(variables), clock)
        async with TestClient(TestServer(app, port=port)) as client:
            while content and (await client.get("/readyz")).status != 200:
                await asyncio.sleep(0.01)
            yield Road(platform=platform, sandbox_url=sandbox_url, client=client)


async def _snapshot(request: web.Request) -> web.Response:
    snapshot = shipped_snapshot()
    if request.headers.get("If-None-Match") == f'"{snapshot.etag}"':
        return web.Response(status=304)
    return web.json_response(snapshot_to_json(snapshot))
