"""A real Sanic server with the loopback channel, and an action server."""

from __future__ import annotations

import asyncio
import socket
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


@pytest.fixture
def event_loop_policy() -> asyncio.AbstractEventLoopPolicy:
    """Python's own loops: Sanic sets uvloop, which hangs for ever when a failed test leaves a server open."""
    return asyncio.DefaultEventLoopPolicy()


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
    trained: Trained, actions: ActionServer, database: str, turn_timeout_s: float, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Engine]:
    app = Sanic(f"engine_{uuid.uuid4().hex}", configure_logging=False)
    # Else only one server a process: Sanic rewrites its own classes at start.
    monkeypatch.setattr(Sanic, "test_mode", True)
    channel.register([LoopbackInput(TOKEN, turn_timeout_s)], app, "/webhooks/")
    app.ctx.agent = make_agent(trained, database, actions)
    door = socket.create_server(("127.0.0.1", 0))  # a port of our own: Sanic takes 0 for its default port
    port = door.getsockname()[1]
    server = await app.create_server(sock=door, return_asyncio_server=True, access_log=False)
    assert server is not None
    await server.startup()
    async with aiohttp.ClientSession() as session:
        yield Engine(f"http://127.0.0.1:{port}/webhooks/loopback", actions, app.ctx.agent, app, session)
    server.close()
    await server.wait_closed()
    app.ctx.agent.tracker_store._tracker_store.engine.dispose()
