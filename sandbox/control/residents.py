"""Residents: make them, act as them, read their phones."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from sandbox.api.messages import deliver
from sandbox.control.acts import act
from sandbox.control.fields import ControlError, json_body, query_number, text
from sandbox.phone import Phone, PhoneError
from sandbox.platform import PLATFORM, Platform
from sandbox.residents import Resident
from sandbox.transcript import Message, NewMessage

MAX_NAME = 60
MAX_WAIT_S = 60
MAX_SEQ = 2**53


async def create(request: web.Request) -> web.StreamResponse:
    """``POST /sandbox/residents {name}`` → 201 the resident."""
    name = text(await json_body(request), "name").strip()
    if not 1 <= len(name) <= MAX_NAME:
        raise ControlError(f"Tên phải có từ 1 đến {MAX_NAME} ký tự.")
    return web.json_response(request.app[PLATFORM].residents.create(name).to_json(), status=201)


async def list_all(request: web.Request) -> web.StreamResponse:
    """``GET /sandbox/residents`` → ``{residents: […]}``."""
    residents = [resident.to_json() for resident in request.app[PLATFORM].residents.all()]
    return web.json_response({"residents": residents})


async def show(request: web.Request) -> web.StreamResponse:
    """``GET /sandbox/residents/{user_id}``."""
    return web.json_response(_resident(request).to_json())


async def act_as(request: web.Request) -> web.StreamResponse:
    """``POST /sandbox/residents/{user_id}/actions {action, …}`` → ``{message?, opens?}``; see acts.py for the actions."""
    body, platform = await json_body(request), request.app[PLATFORM]
    phone = Phone(platform=platform, resident=_resident(request), origin=str(request.url.origin()))
    try:
        # One transaction: a platform that is killed here has both the message and its event, or neither.
        with platform.store.transaction():
            return web.json_response(act(phone, body))
    except PhoneError as error:
        raise ControlError(str(error), 409) from error


async def transcript(request: web.Request) -> web.StreamResponse:
    """``GET /sandbox/residents/{user_id}/messages?after=SEQ&wait=SECONDS`` → ``{messages: […]}``, oldest first.

    With ``wait`` it answers as soon as there is a message after ``after``, or with none when the time is over.
    """
    platform, resident = request.app[PLATFORM], _resident(request)
    after, wait = query_number(request, "after", 0, MAX_SEQ), query_number(request, "wait", 0, MAX_WAIT_S)
    messages = await _messages(platform, resident.user_id, after, wait)
    return web.json_response({"messages": [message.to_json() for message in messages]})


async def reply_by_hand(request: web.Request) -> web.StreamResponse:
    """``POST /sandbox/oa/replies {user_id, text, admin_id?}``: an employee writes in the OA Manager → 201 the message."""
    platform, body = request.app[PLATFORM], await json_body(request)
    resident = platform.residents.find(text(body, "user_id"))
    words = text(body, "text")
    if resident is None or not resident.last_interaction_ms:
        raise ControlError("Người này chưa tương tác với Official Account.", 409)
    if not 1 <= len(words.strip()) <= 2000:
        raise ControlError("Tin trả lời phải có từ 1 đến 2000 ký tự.")
    admin = {"admin_id": text(body, "admin_id", "6600000000000000033")}
    new = NewMessage(user_id=resident.user_id, author="admin", kind="text", text=words, detail=admin)
    return web.json_response(deliver(platform, resident, new).to_json(), status=201)


def _resident(request: web.Request) -> Resident:
    resident = request.app[PLATFORM].residents.find(request.match_info["user_id"])
    if resident is None:
        raise ControlError("Không có người này.", 404)
    return resident


async def _messages(platform: Platform, user_id: str, after: int, wait_s: int) -> list[Message]:
    with platform.feed.listen() as queue:
        found = platform.transcript.of(user_id, after)
        try:
            async with asyncio.timeout(wait_s or None):
                while wait_s and not found:
                    news = await queue.get()
                    if news is None:
                        break
                    if _concerns(news.data, user_id):
                        found = platform.transcript.of(user_id, after)
        except TimeoutError:
            return []
    return found


def _concerns(data: dict[str, Any], user_id: str) -> bool:
    return data.get("user_id") == user_id and "seq" in data
