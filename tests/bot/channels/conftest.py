"""A real Sanic server with the loopback channel, and an action server."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from rasa.core.channels import channel
from sanic import Sanic

from bot.channels.loopback import LoopbackInput
from tests.bot.channels.harness import TOKEN, ActionServer, Engine, make_agent
from tests.bot.small_model import Trained


@pytest_asyncio.fixture
async def actions() -> AsyncIterator[ActionServer]:
    server = ActionServer()
    app = web.Application(client_max_size=2**24)
    app.router.add_post("/webhook", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/webhook"
    yield server
    await runner.cleanup()


@pytest.fixture
def turn_timeout_s() -> float:
    return 4.0


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/trackers.sqlite3"


@pytest_asyncio.fixture
async def engine(
    trained: Trained, actions: ActionServer, database: str, turn_timeout_s: float
) -> AsyncIterator[Engine]:
    app = Sanic(f"engine_{uuid.uuid4().hex}", configure_logging=False)
    channel.register([LoopbackInput(TOKEN, turn_timeout_s)], app, "/webhooks/")
    app.ctx.agent = make_agent(trained, database, actions)
    server = await app.create_server("127.0.0.1", 0, return_asyncio_server=True, access_log=False)
    assert server is not None
    await server.startup()
    port = server.server.sockets[0].getsockname()[1]
    async with aiohttp.ClientSession() as session:
        yield Engine(f"http://127.0.0.1:{port}/webhooks/loopback", actions, app.ctx.agent, app, session)
    server.close()
    await server.wait_closed()
    app.ctx.agent.tracker_store._tracker_store.engine.dispose()
