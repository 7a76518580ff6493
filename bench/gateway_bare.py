"""The practical limit of a webhook on this machine: aiohttp, one sqlite3 thread, commits shared by whoever waits.

``python -m bench.gateway_bare PORT FILE``: it stores each body under a key of its own with ``synchronous=FULL`` and
answers 200 after the commit. No signature, no order, no effect: what a gateway must at least do.
"""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
import sys
import threading
from queue import SimpleQueue

from aiohttp import web

type Waiting = tuple[str, bytes, asyncio.Future[None]]
GROUP = 200


class Store:
    """A thread that writes what has come meanwhile in one commit."""

    def __init__(self, file: str, loop: asyncio.AbstractEventLoop) -> None:
        self._file = file
        self._loop = loop
        self._queue: SimpleQueue[Waiting] = SimpleQueue()
        threading.Thread(target=self._work, daemon=True).start()

    async def put(self, body: bytes) -> None:
        """Returns after the commit."""
        done: asyncio.Future[None] = self._loop.create_future()
        self._queue.put((hashlib.sha256(body).hexdigest(), body, done))
        await done

    def _work(self) -> None:
        connection = sqlite3.connect(self._file, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, key TEXT UNIQUE, body TEXT)")
        while True:
            group = [self._queue.get()]
            while len(group) < GROUP and not self._queue.empty():
                group.append(self._queue.get())
            connection.execute("BEGIN IMMEDIATE")
            rows = [(key, body.decode()) for key, body, _ in group]
            connection.executemany("INSERT INTO event (key, body) VALUES (?, ?) ON CONFLICT DO NOTHING", rows)
            connection.execute("COMMIT")
            self._loop.call_soon_threadsafe(self._tell, [done for _, _, done in group])

    @staticmethod
    def _tell(group: list[asyncio.Future[None]]) -> None:
        for done in group:
            done.set_result(None)


async def _make(file: str) -> web.Application:
    store = Store(file, asyncio.get_running_loop())

    async def webhook(request: web.Request) -> web.Response:
        await store.put(await request.read())
        return web.json_response({"outcome": "stored"})

    async def well(_request: web.Request) -> web.Response:
        return web.Response()

    app = web.Application()
    app.router.add_get("/", well)
    app.router.add_post("/zalo/webhook", webhook)
    return app


if __name__ == "__main__":
    web.run_app(_make(sys.argv[2]), host="127.0.0.1", port=int(sys.argv[1]), print=None)
