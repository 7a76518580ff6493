"""What the newsroom says counts at once, also while it cannot be kept on the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer

from connectors.snapshot.copy import SnapshotPoller
from contracts.snapshot import SnapshotCopy, snapshot_to_json
from tests.connectors.conftest import DEMO, TOKEN
from tests.support.content_pack import shipped_snapshot


async def _answer(request: web.Request) -> web.Response:
    snapshot = shipped_snapshot()
    if request.headers.get("If-None-Match") == f'"{snapshot.etag}"':
        return web.Response(status=304)
    return web.json_response(snapshot_to_json(snapshot))


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.01)


async def test_it_takes_new_content_that_the_disk_does_not_and_stores_it_when_it_can(tmp_path: Path) -> None:
    full = tmp_path / "gateway"
    full.write_text("no folder can be made here")
    copy = SnapshotCopy(full / "snapshot.json")
    app = web.Application()
    app.router.add_get("/api/v1/snapshot", _answer)
    async with TestServer(app) as newsroom:
        poller = SnapshotPoller(copy, str(newsroom.make_url("")).rstrip("/"), TOKEN, DEMO)
        task = asyncio.create_task(poller.run())
        await _until(lambda: copy.snapshot is not None)
        assert copy.confirmed_at is not None
        assert not copy.path.exists()

        full.unlink()
        await _until(copy.path.exists)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    stored = SnapshotCopy(copy.path)
    stored.load()
    assert stored.snapshot is not None
    assert stored.snapshot.etag == shipped_snapshot().etag
