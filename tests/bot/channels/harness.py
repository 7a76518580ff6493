"""An action server that says what a test tells it to, and a client of the engine's door."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from rasa.core.agent import Agent
from rasa.utils.endpoints import EndpointConfig

from bot.trackers import TurnTrackerStore
from tests.bot.small_model import Trained

TOKEN = "t" * 24


@dataclass
class ActionServer:
    """Speaks the SDK's protocol. ``status``, ``body`` and ``delay_s`` replace the ordinary reply; ``seen`` is what came."""

    url: str = ""
    seen: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    body: Any = None
    delay_s: float = 0.0

    async def handle(self, request: web.Request) -> web.Response:
        call = await request.json()
        self.seen.append(call)
        await asyncio.sleep(self.delay_s)
        return web.json_response(self.body if self.body is not None else self.reply(call), status=self.status)

    def reply(self, call: dict[str, Any]) -> dict[str, Any]:
        intent = call["tracker"]["latest_message"]["intent"]["name"]
        meta = {"answer": intent.replace(".", "/", 1), "release": None}
        buttons = [{"title": "Gọi 115", "phone": "115"}]
        custom = {"meta": meta, "effects": [{"kind": "unanswered"}]}
        second = {"text": "Câu thứ hai", "image": "https://example.org/a.png", "custom": {"meta": meta}}
        return {"events": [], "responses": [{"text": f"Đây là {intent}", "buttons": buttons, "custom": custom}, second]}


@dataclass
class Engine:
    """The door: ``post`` a turn and get status and JSON."""

    base: str
    actions: ActionServer
    agent: Agent
    app: Any
    session: aiohttp.ClientSession

    async def post(self, body: Any, token: str = TOKEN) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {token}"}
        async with self.session.post(f"{self.base}/turn", json=body, headers=headers) as response:
            return response.status, await response.json()

    async def say(self, text: str, conversation: str = "c1", message: str = "", **metadata: Any) -> tuple[int, Any]:
        turn = {"conversation_id": conversation, "message_id": message or uuid.uuid4().hex, "text": text}
        return await self.post({**turn, "metadata": {"channel": "web", **metadata}})

    async def events(self, conversation: str = "c1") -> list[Any]:
        tracker = await self.agent.tracker_store.retrieve_full_tracker(conversation)
        return list(tracker.events) if tracker else []


def make_agent(trained: Trained, database: str, actions: ActionServer) -> Agent:
    store = TurnTrackerStore(host=database)
    return Agent.load(trained.archive, tracker_store=store, action_endpoint=EndpointConfig(actions.url))
