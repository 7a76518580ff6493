"""Conversations played against an action server that speaks the SDK's protocol."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from aiohttp import web

from bot.evaluation.conversations import Conversation, Turn
from bot.evaluation.playing import play
from tests.bot.channels.harness import ActionServer
from tests.bot.small_model import Trained

SITE, CASES = "tiem_chung/diem_tiem", "ban_tin/so_ca"


@pytest_asyncio.fixture
async def actions() -> AsyncIterator[ActionServer]:
    server = ActionServer()
    app = web.Application(client_max_size=2**24)
    app.router.add_post("/webhook", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/webhook"
    yield server
    await runner.cleanup()


async def test_it_plays_every_turn_and_says_what_was_wrong(trained: Trained, actions: ActionServer) -> None:
    right = Turn("điểm tiêm ở đâu và hôm nay bao nhiêu ca", SITE, also=CASES)
    wrong = Turn("hôm nay bao nhiêu ca", SITE)
    played = await play(
        trained.archive, actions.url, [Conversation("một", (right, wrong)), Conversation("hai", (right,))]
    )
    assert [(turn.conversation, turn.turn, turn.wrong) for turn in played] == [
        ("một", right, ""),
        ("một", wrong, f"answered {CASES}"),
        ("hai", right, ""),
    ]


async def test_it_says_so_when_there_was_no_reply(trained: Trained, actions: ActionServer) -> None:
    actions.status = 500
    played = await play(trained.archive, actions.url, [Conversation("một", (Turn("hôm nay bao nhiêu ca", CASES),))])
    assert played[0].wrong.startswith("no reply: ")
