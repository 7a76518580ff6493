"""``/desk/events``: server-sent events that tell open pages which conversations have changed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from importlib import import_module

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user_model
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, StreamingHttpResponse

from desk.access import operator_of, page_of, refusal, secured
from desk.follower import FOLLOWER, Follower, wait

PING_S = 15.0
MAX_CURSOR_DIGITS = 18
_PING = b": ping\n\n"


async def events(request: HttpRequest) -> HttpResponseBase:
    """Events ``ledger`` with ``{conversations: [id], all: bool}``, the id being the cursor.

    Resumes by ``Last-Event-ID``, at first by ``?after=``; ``all`` asks the page to fetch everything anew.
    Event ``ended`` when the session has ended meanwhile.
    """
    if request.method != "GET":
        return secured(HttpResponseNotAllowed(["GET"]))
    refused, session = await sync_to_async(_admit)(request)
    if refused is not None:
        return secured(refused)
    cursor = _cursor(request.headers.get("Last-Event-ID") or request.GET.get("after", ""))
    response = StreamingHttpResponse(stream(FOLLOWER, cursor, session), content_type="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    return secured(response)


def _admit(request: HttpRequest) -> tuple[HttpResponse | None, str]:
    if operator_of(request.user) is None:
        return refusal(request, page_of(None)), ""
    session = request.session.session_key or ""
    # The stream lives for hours: it must not keep a database connection of this request.
    connections.close_all()
    return None, session


async def stream(follower: Follower, cursor: int | None, session: str, ping_s: float = PING_S) -> AsyncGenerator[bytes]:
    """The events from ``cursor`` on, until the reader goes away or the session ends; a sign of life every ``ping_s``."""
    seconds = asyncio.get_running_loop().time
    yield b"retry: 2000\n\n"
    with follower.reading() as event:
        cursor, missed = await _begin(follower, cursor)
        if missed:
            yield _event([], True, cursor)
        checked = seconds()
        while True:
            await wait(event, ping_s)
            if seconds() - checked >= ping_s:
                checked = seconds()
                if not await _still_admitted(follower, session):
                    yield b"event: ended\ndata: {}\n\n"
                    return
                yield _PING
            rows, complete, cursor = follower.since(cursor)
            if rows or not complete:
                yield _event(sorted({conversation for _, conversation in rows}), not complete, cursor)


async def _begin(follower: Follower, cursor: int | None) -> tuple[int, bool]:
    """Where the stream starts, and whether the page has missed something before it."""
    try:
        newest = await follower.newest()
    except DatabaseError:
        return cursor or 0, True
    return newest, cursor is None or cursor != newest


async def _still_admitted(follower: Follower, session: str) -> bool:
    """Whether the account is still logged in; while the database is away nobody is sent off."""
    try:
        return await follower.job(lambda: _admitted(session))
    except DatabaseError:
        return True


def _admitted(session: str) -> bool:
    stored = import_module(settings.SESSION_ENGINE).SessionStore(session)
    user = get_user_model().objects.filter(pk=stored.get(SESSION_KEY)).first()
    return user is not None and operator_of(user) is not None


def _cursor(text: str) -> int | None:
    """A row id; anything else counts as none, so that the page fetches everything."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_CURSOR_DIGITS else None


def _event(conversations: list[str], everything: bool, cursor: int) -> bytes:
    data = json.dumps({"conversations": conversations, "all": everything})
    return f"id: {cursor}\nevent: ledger\ndata: {data}\n\n".encode()
