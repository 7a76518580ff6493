"""The web-chat contract of the gateway, kept in memory: a double for the widget's own tests."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

WIDGET = Path(__file__).parents[2] / "widget"
CSP = "default-src 'self'"
Message = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def refusal(status: int, message: str) -> web.Response:
    return web.json_response({"error": "refused", "message": message}, status=status)


@web.middleware
async def strict_policy(request: web.Request, handler: Handler) -> web.StreamResponse:
    response = await handler(request)
    if not response.prepared:
        response.headers["Content-Security-Policy"] = CSP
    return response


class ContractGateway:
    """One log for all sessions, as in the ledger; ``answer`` makes the replies to a posted body."""

    def __init__(self) -> None:
        self.url = ""
        self.answer: Callable[[dict[str, Any]], list[Message]] = lambda body: []
        self.resident_text: Callable[[dict[str, Any]], str] = lambda body: body.get("text", "")
        self.refusals: list[tuple[int, str]] = []  # next answers to POST /messages
        self.streams_refused = 0  # status, while the event stream is to be refused
        self.lost_acknowledgements = 0  # so many next posts are kept, but a proxy loses the answer
        self.posts: list[dict[str, Any]] = []
        self.requests: list[tuple[str, str, str]] = []  # method, path with query, Last-Event-ID
        self.feedback: list[tuple[str, dict[str, Any]]] = []
        self.sessions: dict[str, list[Message]] = {}
        self.state: dict[str, Any] = {"state": "bot", "position": None, "wait_s": None, "operator": None}
        self._queues: list[tuple[str, asyncio.Queue[tuple[str, Message] | None]]] = []
        self._accepted: dict[str, int] = {}
        self._last_id = 0

    def application(self) -> web.Application:
        app = web.Application(middlewares=[strict_policy])
        app.router.add_get("/", self._portal)
        app.router.add_get("/favicon.ico", self._no_icon)
        app.router.add_static("/widget", WIDGET)
        app.router.add_get("/chat/v1/info", self._info)
        app.router.add_post("/chat/v1/sessions", self._open)
        app.router.add_post("/chat/v1/messages", self._post)
        app.router.add_get("/chat/v1/messages", self._poll)
        app.router.add_get("/chat/v1/events", self._events)
        app.router.add_post("/chat/v1/messages/{id}/feedback", self._feedback)
        app.router.add_delete("/chat/v1/session", self._erase)
        return app

    def say(self, token: str, message: Message) -> int:
        """Appends a message, ``author`` and ``text`` at least, and sends it to the open streams."""
        self._last_id += 1
        whole = {
            "id": self._last_id,
            "at": datetime.now(UTC).isoformat(),
            "buttons": [],
            "image": "",
            "meta": {},
            **message,
        }
        self.sessions[token].append(whole)
        self.emit("message", whole, token)
        return self._last_id

    def emit(self, event: str, data: dict[str, Any], token: str) -> None:
        for owner, queue in self._queues:
            if owner == token:
                queue.put_nowait((event, data))

    def change_state(self, token: str, **state: Any) -> None:
        self.state = {**self.state, **state}
        self.emit("state", self.state, token)

    def drop_streams(self) -> None:
        for _, queue in self._queues:
            queue.put_nowait(None)

    def expire_sessions(self) -> None:
        self.sessions.clear()
        self.drop_streams()

    def token(self) -> str:
        """The token of the only session."""
        (token,) = self.sessions
        return token

    def _log_of(self, request: web.Request) -> tuple[str, list[Message]]:
        self.requests.append((request.method, request.path_qs, request.headers.get("Last-Event-ID", "")))
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.sessions:
            raise web.HTTPUnauthorized(
                text=json.dumps({"error": "expired", "message": "Phiên đã hết hạn."}), content_type="application/json"
            )
        return token, self.sessions[token]

    async def _portal(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(WIDGET / "portal.html")

    async def _no_icon(self, request: web.Request) -> web.Response:
        return web.Response(status=204)

    async def _info(self, request: web.Request) -> web.Response:
        hotlines = [
            {"name": "Cấp cứu y tế", "display": "115", "phone": "115"},
            {"name": "Tổng đài tỉnh Thanh Hóa, 24/7", "display": "1022", "phone": "02371022"},
        ]
        notice = "Chế độ minh họa: hôm nay là 31/12/2021"
        return web.json_response({"demo": True, "today": "31/12/2021", "notice": notice, "hotlines": hotlines})

    async def _open(self, request: web.Request) -> web.Response:
        number = len([one for one in self.requests if one[1].endswith("/sessions")]) + 1
        self.requests.append((request.method, request.path_qs, ""))
        token = f"token-{number}"
        self.sessions[token] = []
        expires = (datetime.now(UTC) + timedelta(days=1)).isoformat()
        return web.json_response({"session_id": f"s-{number}", "token": token, "expires_at": expires}, status=201)

    async def _post(self, request: web.Request) -> web.Response:
        token, _ = self._log_of(request)
        body = await request.json()
        self.posts.append(body)
        if self.refusals:
            return refusal(*self.refusals.pop(0))
        client_id = body["client_id"]
        if client_id not in self._accepted:
            text = self.resident_text(body)
            self._accepted[client_id] = self.say(token, {"author": "resident", "text": text})
            for reply in self.answer(body):
                self.say(token, {"author": "bot", **reply})
        if self.lost_acknowledgements:
            self.lost_acknowledgements -= 1
            return web.Response(status=504, text="<html>upstream timed out</html>", content_type="text/html")
        return web.json_response({"message_id": self._accepted[client_id]}, status=202)

    async def _poll(self, request: web.Request) -> web.Response:
        token, log = self._log_of(request)
        after = int(request.query["after"])
        if "wait" in request.query and not [one for one in log if one["id"] > after]:
            await self._next_event(token)
        messages = [one for one in log if one["id"] > after]
        return web.json_response({"messages": messages, "state": self.state})

    async def _next_event(self, token: str) -> None:
        queue: asyncio.Queue[tuple[str, Message] | None] = asyncio.Queue()
        self._queues.append((token, queue))
        try:
            await queue.get()
        finally:
            self._queues.remove((token, queue))

    async def _events(self, request: web.Request) -> web.StreamResponse:
        token, log = self._log_of(request)
        if self.streams_refused:
            return refusal(self.streams_refused, "Hệ thống đang bận.")
        queue: asyncio.Queue[tuple[str, Message] | None] = asyncio.Queue()
        queue.put_nowait(("state", self.state))
        for message in log:
            if message["id"] > int(request.headers["Last-Event-ID"]):
                queue.put_nowait(("message", message))
        self._queues.append((token, queue))
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        try:
            while (item := await queue.get()) is not None:
                event, data = item
                cursor = f"id: {data['id']}\r\n" if event == "message" else ""
                block = f": ping\r\n\r\nevent: {event}\r\n{cursor}data: {json.dumps(data, ensure_ascii=False)}\r\n\r\n"
                await response.write(block.encode())
        finally:
            self._queues.remove((token, queue))
        return response

    async def _feedback(self, request: web.Request) -> web.Response:
        self._log_of(request)
        self.feedback.append((request.match_info["id"], await request.json()))
        return web.Response(status=204)

    async def _erase(self, request: web.Request) -> web.Response:
        token, _ = self._log_of(request)
        del self.sessions[token]
        self.drop_streams()
        return web.Response(status=204)
