"""The web chat: sessions, messages, pictures, events, feedback, erasing. See design §4 "Web chat"."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from aiohttp import web

from connectors.channels.web.messages import (
    MAX_REASON_CHARS,
    Sent,
    message_json,
    parse_client_id,
    parse_json,
    parse_sent,
)
from connectors.channels.web.queue import Queue
from connectors.channels.web.sessions import SessionCheck, WebPace, address_of
from connectors.channels.web.stream import Reader, state_json
from connectors.channels.web.uploads import belongs, keep_upload, show_upload
from connectors.core.channel import Gateway
from connectors.core.errors import ApiError, NotReadyError
from contracts.text import clean_text
from ledger.erasing import erase
from ledger.feedback import give_feedback
from ledger.inbound import RepeatedIdError, ResidentMessage, button_payload
from ledger.web_sessions import CODE_LIFE, KnownSession, make_code, open_session, open_with_code

MAX_WAIT_S = 25.0


class WebChannel:
    """Residents in a browser; they follow the log themselves, so nothing is delivered to them."""

    name = "web"

    def __init__(self, gateway: Gateway, session_life: timedelta, behind_proxy: bool) -> None:
        self._gateway = gateway
        self._session = SessionCheck(gateway.ledger, gateway.clock)
        self._pace = WebPace(gateway.pace)
        self._queue = Queue(gateway.ledger)
        self._behind_proxy = behind_proxy
        self._life = session_life

    def add_routes(self, app: web.Application) -> None:
        """``/chat/v1/…``."""
        app.router.add_post("/chat/v1/sessions", self.open)
        app.router.add_post("/chat/v1/session/code", self.code)
        app.router.add_delete("/chat/v1/session", self.erase)
        app.router.add_post("/chat/v1/uploads", self.upload)
        app.router.add_get("/chat/v1/uploads/{name}", self.picture)
        app.router.add_post("/chat/v1/messages", self.post)
        app.router.add_get("/chat/v1/messages", self.poll)
        app.router.add_get("/chat/v1/events", self.events)
        app.router.add_post("/chat/v1/messages/{id}/feedback", self.feedback)

    async def open(self, request: web.Request) -> web.Response:
        """201 ``{session_id, token, expires_at}``; with ``{code}`` of another device the same conversation goes on."""
        raw, now = await request.read(), self._gateway.clock.real_now()
        if not self._pace.may_open(address_of(request, self._behind_proxy)):
            raise self._too_many()
        code = parse_json(raw).get("code") if raw.strip() else None
        if code is None:
            opened = await self._gateway.ledger(open_session, now, self._life)
        else:
            found = await self._gateway.ledger(open_with_code, str(code)[:40], now, self._life)
            if found is None:
                raise ApiError(404, "unknown_code", "Mã này sai, đã dùng hoặc hết hạn. Bạn lấy mã mới giúp.")
            opened = found
        body = {"session_id": opened.session_id, "token": opened.token, "expires_at": opened.expires_at.isoformat()}
        return web.json_response(body, status=201)

    async def code(self, request: web.Request) -> web.Response:
        """201 ``{code, expires_in_s}``: goes on from another device, once, within ten minutes."""
        session = await self._session(request)
        self._check_pace(request, session)
        code = await self._gateway.ledger(make_code, session.conversation_id, self._gateway.clock.real_now())
        return web.json_response({"code": code, "expires_in_s": int(CODE_LIFE.total_seconds())}, status=201)

    async def erase(self, request: web.Request) -> web.Response:
        """204; the person's words and pictures are gone, the session with them."""
        session = await self._session(request)
        images = await self._gateway.ledger(erase, session.conversation_id, self._gateway.clock.real_now())
        await asyncio.to_thread(self._gateway.media.remove, images)
        await self._gateway.forget(session.conversation_id)
        return web.Response(status=204)

    async def post(self, request: web.Request) -> web.Response:
        """202 ``{message_id}``, after the commit."""
        session = await self._session(request)
        sent = parse_sent(await request.read())
        if not self._gateway.intake.is_danger(sent.text):
            self._check_pace(request, session)
        return await self._accept(session, await self._message(session, sent))

    async def upload(self, request: web.Request) -> web.Response:
        """202 ``{message_id, image}``: the body is a JPEG or PNG up to 1 MB, ``?client_id=`` names the message."""
        session = await self._session(request)
        client_id = parse_client_id(request.query.get("client_id"))
        self._check_pace(request, session)
        image = await keep_upload(request, self._gateway.media, session.conversation_id)
        message = ResidentMessage(external_id=client_id, text="", image=image, meta={"media": "image"})
        return await self._accept(session, message)

    async def picture(self, request: web.Request) -> web.FileResponse:
        """A picture of the session's own conversation."""
        session, name = await self._session(request), request.match_info["name"]
        if not await self._gateway.ledger(belongs, session.conversation_id, name):
            raise ApiError(404, "no_picture", "Không có ảnh này.")
        return await show_upload(self._gateway.media, name)

    async def poll(self, request: web.Request) -> web.Response:
        """``{messages, state}`` after a cursor, waiting up to 25 s for the first message."""
        session = await self._session(request)
        wait_s = min(_number(request.query.get("wait"), 0), MAX_WAIT_S)
        reader = self._reader(session, _number(request.query.get("after"), 0))
        messages, current = await reader.poll(wait_s)
        shown = [message_json(entry) for entry in messages]
        return web.json_response({"messages": shown, "state": state_json(current)})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events; resumes after ``Last-Event-ID``."""
        session = await self._session(request)
        reader = self._reader(session, _number(request.headers.get("Last-Event-ID"), 0))
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        with self._gateway.metrics.streams.track_inprogress():
            try:
                await reader.send_to(response)
            except ConnectionResetError:
                return response
        return response

    async def feedback(self, request: web.Request) -> web.Response:
        """204; the last opinion of a reply counts."""
        session = await self._session(request)
        body = parse_json(await request.read())
        value, reason = body.get("value"), body.get("reason", "")
        if value not in ("up", "down") or not isinstance(reason, str):
            raise ApiError(400, "bad_feedback", "Đánh giá không đọc được.")
        known = await self._gateway.ledger(
            give_feedback,
            session.conversation_id,
            _number(request.match_info["id"], 0),
            value,
            clean_text(reason)[:MAX_REASON_CHARS],
            self._gateway.clock.real_now(),
        )
        if not known:
            raise ApiError(404, "no_message", "Không có tin nhắn này trong cuộc trò chuyện.")
        return web.Response(status=204)

    def _check_pace(self, request: web.Request, session: KnownSession) -> None:
        if not self._pace.may_send(session.session_id, address_of(request, self._behind_proxy)):
            raise self._too_many()

    def _too_many(self) -> ApiError:
        return ApiError(429, "too_many", self._gateway.busy().text, retry_after=10)

    async def _accept(self, session: KnownSession, message: ResidentMessage) -> web.Response:
        try:
            received = await self._gateway.intake.receive(self.name, session.conversation_id, message, awaited=True)
        except RepeatedIdError as error:
            raise ApiError(409, "client_id_used", "Tin nhắn này đã gửi với nội dung khác.") from error
        except NotReadyError as error:
            text = "Trợ lý đang khởi động. Bạn thử lại sau ít phút giúp."
            raise ApiError(503, "not_ready", text, retry_after=5) from error
        body = {"message_id": str(received.entry_id)}
        return web.json_response({**body, "image": message.image} if message.image else body, status=202)

    async def _message(self, session: KnownSession, sent: Sent) -> ResidentMessage:
        if sent.location is not None:
            place = {"lat": sent.location.lat, "lng": sent.location.lng}
            return ResidentMessage(external_id=sent.client_id, text="📍 Vị trí của tôi", location=place)
        if not sent.token:
            return ResidentMessage(external_id=sent.client_id, text=sent.text)
        button = await self._gateway.ledger(button_payload, session.conversation_id, sent.token)
        if button is None:
            raise ApiError(422, "unknown_button", "Lựa chọn này không còn dùng được. Bạn gõ câu hỏi giúp.")
        title, payload = button
        return ResidentMessage(external_id=sent.client_id, text=title, payload=payload)

    def _reader(self, session: KnownSession, cursor: int) -> Reader:
        gateway = self._gateway
        return Reader(gateway.ledger, gateway.follower, self._queue, session.conversation_id, cursor)


def _number(text: str | None, default: int) -> int:
    """A row id or a wait from foreign text; anything else is the default."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) <= 18 else default
