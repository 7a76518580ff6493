"""A provider as small as one can be: it is asked for what people wrote, and told what to hand them."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from aiohttp import web


class Provider:
    """``GET /updates?after=n&wait=s``, ``POST /messages {to, text}``, ``GET /messages?to=``; ids are numbers as text."""

    def __init__(self) -> None:
        self.handed: list[dict[str, str]] = []
        self.silent = False  # takes messages and does not say so
        self._updates: list[dict[str, Any]] = []
        self._news = asyncio.Event()

    def app(self) -> web.Application:
        """The provider's own server."""
        app = web.Application()
        app.router.add_get("/updates", self.updates)
        app.router.add_post("/messages", self.take)
        app.router.add_get("/messages", self.record)
        return app

    def write(self, person: str, text: str, message_id: str = "") -> None:
        """Somebody writes a message."""
        number = len(self._updates) + 1
        self._updates.append({"number": number, "id": message_id or f"m{number}", "from": person, "text": text})
        self._news.set()

    def texts(self, person: str) -> list[str]:
        """What somebody was handed, in order."""
        return [message["text"] for message in self.handed if message["to"] == person]

    async def updates(self, request: web.Request) -> web.Response:
        after, wait_s = int(request.query["after"]), float(request.query["wait"])
        self._news.clear()
        if len(self._updates) <= after:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), wait_s)
        return web.json_response({"updates": self._updates[after:]})

    async def take(self, request: web.Request) -> web.Response:
        message = {**await request.json(), "id": f"h{len(self.handed) + 1}"}
        self.handed.append(message)
        if self.silent:
            self.silent = False
            return web.Response(status=502)
        return web.json_response({"id": message["id"]})

    async def record(self, request: web.Request) -> web.Response:
        return web.json_response([message for message in self.handed if message["to"] == request.query["to"]])
