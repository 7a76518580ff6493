"""Pictures of releases are public and outlive the newsroom; nothing else that the newsroom keeps is to be had."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from contracts.release import Release, fingerprint
from contracts.snapshot import Snapshot, snapshot_to_json
from deploy.ports import free_port
from tests.connectors.conftest import DEMO, TOKEN, address, open_resident
from tests.support.content_pack import APPROVED, shipped_snapshot

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 300
KEY = "5k/khau_trang"

type Client = TestClient[web.Request, web.Application]


@pytest.fixture(autouse=True)
def _little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most tests ask for what no snapshot will ever name."""
    monkeypatch.setattr("connectors.snapshot.pictures.BEHIND_S", 0.2)


def name_of(content: bytes, ending: str = "png") -> str:
    """As the newsroom names a picture."""
    return f"{hashlib.sha256(content).hexdigest()}.{ending}"


def pictured(content: bytes = PNG, name: str = "", begins_in: timedelta = timedelta()) -> Release:
    """The shipped answer with a picture."""
    release = next(release for release in shipped_snapshot().releases if release.key == KEY)
    picture = {"name": name or name_of(content), "text": "Cách đeo khẩu trang", "credit": "Bộ Y tế"}
    starts = APPROVED + begins_in
    changed = replace(
        release, id=f"{KEY}-{starts}", payload={**release.payload, "picture": picture}, valid_from=starts, sha256=""
    )
    return replace(changed, sha256=fingerprint(changed))


class Newsroom:
    """Gives a snapshot, and pictures that it has; ``asked`` lists which were asked for."""

    def __init__(self, *releases: Release, files: Iterable[bytes] = (PNG,)) -> None:
        self.files = {name_of(content): content for content in files}
        self.asked: list[str] = []
        self.release(*releases)

    def release(self, *releases: Release) -> None:
        """From now on these beside the shipped ones."""
        pack = shipped_snapshot()
        others = tuple(release for release in pack.releases if release.key != KEY)
        etag = hashlib.sha256("".join(release.id for release in releases).encode()).hexdigest()
        self.snapshot = Snapshot(etag=etag, made_at=APPROVED, releases=(*others, *releases))

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/api/v1/snapshot", self._snapshot)
        app.router.add_get("/api/v1/pictures/{name}", self._picture)
        return app

    async def _snapshot(self, request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == f'"{self.snapshot.etag}"':
            return web.Response(status=304)
        return web.json_response(snapshot_to_json(self.snapshot))

    async def _picture(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == f"Bearer {TOKEN}"
        name = request.match_info["name"]
        self.asked.append(name)
        if name not in self.files:
            return web.Response(status=404)
        if request.headers.get("If-None-Match") == f'"{name}"':
            return web.Response(status=304)
        return web.Response(body=self.files[name])


@asynccontextmanager
async def running(folder: Path, newsroom: Newsroom | None) -> AsyncIterator[Client]:
    """A gateway without an engine; None for a newsroom that is away."""
    from connectors.app import build_app
    from connectors.core.config import read_settings

    app = web.Application() if newsroom is None else newsroom.app()
    nowhere = f"http://127.0.0.1:{free_port()}"
    async with TestServer(app) as server:
        variables = {"VAR_DIR": str(folder), "ENGINE_URL": nowhere, "ENGINE_TOKEN": TOKEN, "SNAPSHOT_TOKEN": TOKEN}
        variables["NEWSROOM_URL"] = nowhere if newsroom is None else address(server)
        gateway = await build_app(read_settings({**variables, "CLOCK": "demo:2021-12-31T09:00+07:00"}), DEMO)
        async with TestClient(TestServer(gateway)) as client:
            while (await client.get("/readyz")).status != 200:
                await asyncio.sleep(0.01)
            yield client


async def shown(client: Client, name: str) -> tuple[int, bytes]:
    """Status and body of a picture's address."""
    async with client.get(f"/pictures/{name}") as response:
        return response.status, await response.read()


async def until_status(client: Client, name: str, status: int) -> None:
    """Waits until a picture's address answers so."""
    async with asyncio.timeout(10):
        while (await shown(client, name))[0] != status:
            await asyncio.sleep(0.05)


def kept(folder: Path) -> Path:
    """Where the gateway keeps the picture."""
    return folder / "gateway" / "pictures" / name_of(PNG)


async def test_it_shows_a_released_picture_as_what_it_is(tmp_path: Path) -> None:
    async with (
        running(tmp_path, Newsroom(pictured())) as client,
        client.get(f"/pictures/{name_of(PNG)}") as response,
    ):
        assert (response.status, await response.read()) == (200, PNG)

    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "public, max-age=604800, immutable"


async def test_it_tells_the_resident_where_the_picture_is_and_what_it_shows(tmp_path: Path) -> None:
    """Here by the degraded answer, for no engine runs."""
    async with running(tmp_path, Newsroom(pictured())) as client:
        resident = await open_resident(client)
        reply = await resident.ask("đeo khẩu trang thế nào cho đúng cách")

        assert reply["meta"]["answer"] == KEY
        assert reply["image"] == f"/pictures/{name_of(PNG)}"
        assert reply["meta"]["image_text"] == "Cách đeo khẩu trang"
        assert "Hình: Cách đeo khẩu trang. Nguồn: Bộ Y tế." in reply["text"]
        assert (await shown(client, name_of(PNG)))[0] == 200


async def test_it_knows_no_other_picture_and_asks_nobody_for_it(tmp_path: Path) -> None:
    """A draft's picture lies in the newsroom, and no release names it."""
    draft = b"\x89PNG\r\n\x1a\n a draft's"
    newsroom = Newsroom(pictured(), files=(PNG, draft))
    (tmp_path / "gateway").mkdir()
    (tmp_path / "gateway" / "secret.png").write_bytes(PNG)
    async with running(tmp_path, newsroom) as client:
        for name in (name_of(draft), name_of(b"unknown"), "x.png", "..%2Fsecret.png", "..%2Fsnapshot.json", ""):
            assert (await shown(client, name))[0] == 404, name

    assert name_of(draft) not in newsroom.asked


async def test_it_shows_a_picture_to_who_asks_before_its_release_is_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The actions' snapshot may be newer than the gateway's, and a browser asks for a picture once."""
    monkeypatch.setattr("connectors.snapshot.pictures.BEHIND_S", 30.0)
    newsroom = Newsroom()
    async with running(tmp_path, newsroom) as client:
        asked = asyncio.create_task(shown(client, name_of(PNG)))
        newsroom.release(pictured())
        assert await asked == (200, PNG)


async def test_it_goes_on_from_the_disk_while_the_newsroom_is_away(tmp_path: Path) -> None:
    """Also after a new start, and for a picture that nobody had asked for before."""
    async with running(tmp_path, Newsroom(pictured())) as _client, asyncio.timeout(10):
        while not kept(tmp_path).exists():
            await asyncio.sleep(0.02)

    async with running(tmp_path, None) as client:
        assert await shown(client, name_of(PNG)) == (200, PNG)


async def test_it_shows_a_picture_no_sooner_than_its_release_begins(tmp_path: Path) -> None:
    """It is brought in time, but kept back."""
    newsroom = Newsroom(pictured(begins_in=timedelta(days=2)))
    async with running(tmp_path, newsroom) as client:
        async with asyncio.timeout(10):
            while not kept(tmp_path).exists():
                await asyncio.sleep(0.02)

        assert (await shown(client, name_of(PNG)))[0] == 404


@pytest.mark.parametrize("retracted", [False, True])
async def test_it_takes_a_picture_away_only_when_its_release_was_retracted(tmp_path: Path, retracted: bool) -> None:
    """A replaced answer stands in conversations still; the newsroom says which it was."""
    other = PNG + b"another"
    newsroom = Newsroom(pictured(), files=(PNG, other))
    async with running(tmp_path, newsroom) as client:
        await until_status(client, name_of(PNG), 200)
        if retracted:
            del newsroom.files[name_of(PNG)]
        newsroom.release(pictured(other, begins_in=timedelta(minutes=1)))
        await until_status(client, name_of(other), 200)
        async with asyncio.timeout(10):
            while newsroom.asked.count(name_of(PNG)) < 2:
                await asyncio.sleep(0.02)
        await until_status(client, name_of(PNG), 404 if retracted else 200)


@pytest.mark.parametrize("content", [PNG + b"changed", PNG * 20_000])
async def test_it_takes_no_picture_that_is_not_what_its_name_says(tmp_path: Path, content: bytes) -> None:
    """Spoilt in the newsroom, or too large; it is asked for once, and not by every resident."""
    newsroom = Newsroom(pictured())
    newsroom.files = {name_of(PNG): content}
    async with running(tmp_path, newsroom) as client:
        await until_status(client, name_of(PNG), 404)
        for _ in range(3):
            assert (await shown(client, name_of(PNG)))[0] == 404

    assert not kept(tmp_path).exists()
    assert newsroom.asked.count(name_of(PNG)) <= 2


async def test_it_brings_a_picture_that_was_lost_from_the_disk(tmp_path: Path) -> None:
    async with running(tmp_path, Newsroom(pictured())) as client:
        await until_status(client, name_of(PNG), 200)
        kept(tmp_path).unlink()
        assert await shown(client, name_of(PNG)) == (200, PNG)


async def test_it_says_404_while_the_disk_takes_no_picture_and_answers_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "gateway").mkdir()
    (tmp_path / "gateway" / "pictures").write_text("no folder can be made here")
    async with running(tmp_path, Newsroom(pictured())) as client:
        assert (await shown(client, name_of(PNG)))[0] == 404
        reply: dict[str, Any] = await (await open_resident(client)).ask("đeo khẩu trang thế nào cho đúng cách")
        assert reply["meta"]["answer"] == KEY
