"""``GET /sandbox/events``: everything that happens, as server-sent events."""

from __future__ import annotations

import asyncio
import json

from aiohttp import web

from sandbox.platform import PLATFORM

PING_S = 15.0


async def stream(request: web.Request) -> web.StreamResponse:
    """Events ``message``, ``resident``, ``webhook`` carry their JSON; ``platform`` and ``faults`` say "read it again"."""
    feed = request.app[PLATFORM].feed
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    with feed.listen() as queue:
        await response.prepare(request)
        try:
            await response.write(b": open\n\n")
            while True:
                try:
                    async with asyncio.timeout(PING_S):
                        news = await queue.get()
                except TimeoutError:
                    await response.write(b": ping\n\n")
                    continue
                if news is None:
                    break
                data = json.dumps(news.data, ensure_ascii=False)
                await response.write(f"event: {news.kind}\ndata: {data}\n\n".encode())
        except ConnectionResetError:
            pass  # the page was closed
    return response
