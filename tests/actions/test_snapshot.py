"""The refresher against a small newsroom of its own: new, unchanged, refused, gone, and back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from actions.snapshot import SnapshotRefresher
from contracts.clock import Clock
from contracts.snapshot import SnapshotCopy, snapshot_to_json
from tests.actions.builders import NOW, Pack

TOKEN = "a-token-of-these-tests"


class Newsroom:
    """Serves a pack with ETag and token; ``asked`` holds the tags that it was asked with."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.asked: list[str | None] = []

    async def snapshot(self, request: web.Request) -> web.Response:
        """GET /api/v1/snapshot."""
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"error": "wrong_token"}, status=401)
        self.asked.append(request.headers.get("If-None-Match"))
        snapshot = self.pack.snapshot()
        tag = f'"{snapshot.etag}"'
        if self.asked[-1] == tag:
            return web.Response(status=304)
        return web.json_response(snapshot_to_json(snapshot), headers={"ETag": tag})


@pytest.fixture
def newsroom(pack: Pack) -> Newsroom:
    """A newsroom with the usual texts."""
    return Newsroom(pack)


@pytest.fixture
async def running(newsroom: Newsroom) -> TestServer:
    """The newsroom on a free port; a test may close it."""
    app = web.Application()
    app.router.add_get("/api/v1/snapshot", newsroom.snapshot)
    server = TestServer(app)
    await server.start_server()
    return server


def refresher(
    copy: SnapshotCopy, server: TestServer, token: str = TOKEN, later: timedelta = timedelta()
) -> SnapshotRefresher:
    """A refresher whose clock stands ``later`` than NOW."""
    return SnapshotRefresher(copy, Clock(now=lambda: NOW + later), str(server.make_url("/api/v1/snapshot")), token)


def session(token: str = TOKEN) -> ClientSession:
    """A session as ``run`` opens it."""
    return ClientSession(headers={"Authorization": f"Bearer {token}"})


async def test_it_takes_a_new_snapshot_and_keeps_it_on_disk_when_the_newsroom_has_one(
    tmp_path: Path, running: TestServer, newsroom: Newsroom
) -> None:
    copy = SnapshotCopy(tmp_path / "actions" / "snapshot.json")
    asking = refresher(copy, running)
    first = newsroom.pack.snapshot().etag
    async with session() as client:
        await asking.refresh(client)
        newsroom.pack.faq("5k/khau_trang", "Mới.")
        await asking.refresh(client)
    await running.close()

    assert asking.trouble == ""
    assert newsroom.asked == [None, f'"{first}"']
    reloaded = SnapshotCopy(copy.path)
    reloaded.load()
    assert reloaded.snapshot == copy.snapshot == newsroom.pack.snapshot()


async def test_it_confirms_its_copy_when_nothing_changed(
    tmp_path: Path, running: TestServer, newsroom: Newsroom
) -> None:
    copy = SnapshotCopy(tmp_path / "snapshot.json")
    copy.replace(newsroom.pack.snapshot(), NOW - timedelta(hours=30))
    async with session() as client:
        await refresher(copy, running).refresh(client)
    await running.close()

    assert newsroom.asked == [f'"{newsroom.pack.snapshot().etag}"']
    assert copy.confirmed_at == NOW


async def test_it_goes_on_from_the_last_copy_when_the_newsroom_is_away(
    tmp_path: Path, running: TestServer, newsroom: Newsroom
) -> None:
    copy = SnapshotCopy(tmp_path / "snapshot.json")
    asking = refresher(copy, running)
    async with session() as client:
        await asking.refresh(client)
        await running.close()
        await asking.refresh(client)

    assert asking.trouble.startswith("ClientConnectorError")
    assert copy.snapshot == newsroom.pack.snapshot()
    assert not copy.is_stale(NOW + timedelta(hours=24))
    assert copy.is_stale(NOW + timedelta(hours=25))


async def test_it_names_the_setting_when_its_token_is_refused(tmp_path: Path, running: TestServer) -> None:
    copy = SnapshotCopy(tmp_path / "snapshot.json")
    asking = refresher(copy, running)
    async with session("another-token-than-that") as client:
        await asking.refresh(client)
    await running.close()

    assert "401; check NEWSROOM_URL and SNAPSHOT_TOKEN" in asking.trouble
    assert copy.snapshot is None


async def test_it_keeps_its_copy_when_a_release_was_changed_after_approval(
    tmp_path: Path, running: TestServer, newsroom: Newsroom
) -> None:
    copy = SnapshotCopy(tmp_path / "snapshot.json")
    asking = refresher(copy, running)
    async with session() as client:
        await asking.refresh(client)
        good = copy.snapshot
        payload = newsroom.pack.faq("5k/khau_trang").payload
        assert isinstance(payload, dict)
        payload["text"] = "Đổi sau khi duyệt."
        await asking.refresh(client)
    await running.close()

    assert "does not match its sha256" in asking.trouble
    assert copy.snapshot == good
