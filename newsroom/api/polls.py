"""Unchanged polls of the snapshot, answered before Django's chain of middleware, which costs more than the answer.

Gateway and actions ask every two seconds, and nearly always nothing has changed. Everything else, a wrong token and a
database that does not answer included, goes on to Django.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import DatabaseError, connections

from newsroom.api.answers import expected_header, has_tag
from newsroom.api.views import current_snapshot

SNAPSHOT = "/api/v1/snapshot"

type Application = Callable[[Any, Any, Any], Awaitable[None]]


class UnchangedPolls:
    """An ASGI application before another one. ``current_tag`` gives the snapshot's tag, None when it cannot be told."""

    def __init__(self, django: Application, current_tag: Callable[[], str | None] | None = None) -> None:
        self._django = django
        self._current_tag = current_tag or _current_tag
        # One thread of its own, so that its database connection stays open from poll to poll.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="polls")

    async def __call__(self, scope: Mapping[str, Any], receive: Any, send: Any) -> None:
        """See parent class for the full docstring."""
        known = _known_tags(scope)
        tag = await asyncio.get_running_loop().run_in_executor(self._thread, self._current_tag) if known else None
        if tag is None or not has_tag(known, tag):
            await self._django(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 304, "headers": [(b"etag", f'"{tag}"'.encode())]})
        await send({"type": "http.response.body", "body": b""})


def _known_tags(scope: Mapping[str, Any]) -> str:
    """The tags that somebody with the right token has; "" for every other request."""
    if scope["type"] != "http" or scope["path"] != SNAPSHOT or scope["method"] != "GET":
        return ""
    headers = dict(scope["headers"])
    if not hmac.compare_digest(headers.get(b"authorization", b""), expected_header("SNAPSHOT_TOKEN")):
        return ""
    return str(headers.get(b"if-none-match", b"").decode("latin-1"))


def _current_tag() -> str | None:
    try:
        return current_snapshot().etag
    except DatabaseError:
        connections.close_all()  # those of this thread; the next poll connects anew
        return None
