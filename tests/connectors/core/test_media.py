"""Foreign files are fetched with care: listed hosts, no inner addresses, no more bytes and no other types than allowed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from connectors.core import media as module
from connectors.core.ledger import LedgerDoor
from connectors.core.media import MediaFetcher
from connectors.core.metrics import GatewayMetrics
from contracts.clock import Clock, system_now
from ledger.conversations import find_or_open
from ledger.erasing import erase
from ledger.inbound import ResidentMessage, receive
from ledger.media import MediaStore
from ledger.models import FileState, SentFile
from ledger.sent_files import ForeignFile

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 2000
MOST = 100_000
type Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Provider:
    """A provider's file server on this machine, and the fetcher that asks it."""

    url: str
    store: MediaStore
    folder: Path
    ledger: LedgerDoor
    asked: list[str] = field(default_factory=list)
    ahead: timedelta = timedelta()
    answers: dict[str, Answer] = field(default_factory=dict)

    async def send(self, path: str, url: str = "") -> SentFile:
        """A resident sends a file; what became of it, once it is no longer under way."""
        file_id = await self.ledger(_sent, ForeignFile(kind="image", url=url or f"{self.url}{path}", name="a"))
        async with asyncio.timeout(10):
            while True:
                row = await self.ledger(SentFile.objects.get, pk=file_id)
                if row.state != FileState.WAITING or row.reason:
                    return row
                await asyncio.sleep(0.01)


def _sent(file: ForeignFile) -> int:
    now = system_now()
    conversation_id = find_or_open("zalo", "1:2", now).pk
    number = SentFile.objects.count()
    receive(conversation_id, ResidentMessage(external_id=f"m{number}", text="", files=(file,)), None, now)
    return SentFile.objects.latest("pk").pk


@asynccontextmanager
async def _provider(folder: Path, hosts: tuple[str, ...] = ()) -> AsyncIterator[Provider]:
    async def answer(request: web.Request) -> web.StreamResponse:
        served.asked.append(request.path)
        return await served.answers[request.path](request)

    app, ledger = web.Application(), LedgerDoor(1)
    app.router.add_get("/{path:.*}", answer)
    async with TestServer(app) as server:
        url = str(server.make_url("")).rstrip("/")
        store = MediaStore(folder / "media")
        served = Provider(url, store, folder, ledger)
        clock = Clock(now=lambda: system_now() + served.ahead)
        fetcher = MediaFetcher(
            ledger, store, clock, GatewayMetrics(), hosts or (url.removeprefix("http://"), "localhost"), MOST
        )
        task = asyncio.create_task(fetcher.run())
        yield served
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    ledger.close()


@pytest.fixture
async def provider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Provider]:
    monkeypatch.setattr(module, "LOOK_EVERY_S", 0.01)
    async with _provider(tmp_path) as provider:
        yield provider


def _bytes(content: bytes, **headers: str) -> Answer:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=content, headers=headers)

    return answer


def _redirect(to: str) -> Answer:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": to})

    return answer


async def test_it_keeps_what_its_first_bytes_show_to_be_a_picture(provider: Provider) -> None:
    provider.answers["/a"] = _bytes(PNG, **{"Content-Type": "text/html"})

    row = await provider.send("/a")

    assert (row.state, row.url, row.size) == (FileState.KEPT, "", len(PNG))
    found = provider.store.find(row.stored)
    assert found is not None
    assert found.path.read_bytes() == PNG


@pytest.mark.parametrize("content", [b"<html><script>alert(1)</script>", b"MZ\x90", b"", b"PK\x03\x04"])
async def test_it_refuses_what_only_calls_itself_a_picture(provider: Provider, content: bytes) -> None:
    provider.answers["/a.png"] = _bytes(content, **{"Content-Type": "image/png"})

    row = await provider.send("/a.png")

    assert (row.state, row.reason) == (FileState.REFUSED, "type")
    assert not (provider.folder / "media").exists()


async def test_it_refuses_too_many_bytes_announced_or_not(provider: Provider) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        with suppress(ConnectionError):
            while True:
                await response.write(PNG)
        return response

    provider.answers |= {"/announced": _bytes(PNG + b"x" * MOST), "/endless": endless}

    for path in ("/announced", "/endless"):
        row = await provider.send(path)
        assert (row.state, row.reason) == (FileState.REFUSED, "size")


async def test_it_follows_redirects_only_to_listed_hosts(provider: Provider) -> None:
    port = provider.url.rpartition(":")[2]
    provider.answers |= {
        "/good": _redirect("/a"),
        "/a": _bytes(PNG),
        "/inner": _redirect(f"http://[::1]:{port}/secret"),
        "/metadata": _redirect("http://169.254.169.254/latest/meta-data"),
        "/file": _redirect("file:///etc/passwd"),
        "/round": _redirect("/round"),
    }

    assert (await provider.send("/good")).state == FileState.KEPT
    for path in ("/inner", "/metadata", "/file"):
        assert (await provider.send(path)).reason == "host"
    assert (await provider.send("/round")).reason == "redirects"
    assert provider.asked.count("/round") == 4
    assert "/secret" not in provider.asked


async def test_it_asks_no_inner_address_behind_a_listed_name(provider: Provider) -> None:
    row = await provider.send("", url="http://localhost/a")

    assert (row.state, row.reason) == (FileState.WAITING, "unreachable")
    assert provider.asked == []


async def test_it_tries_again_when_the_provider_fails_and_gives_up_in_the_end(provider: Provider) -> None:
    async def failing(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=503)

    provider.answers["/a"] = failing
    row = await provider.send("/a")
    assert (row.state, row.reason) == (FileState.WAITING, "unreachable")
    provider.answers["/a"] = _bytes(PNG)
    provider.ahead = timedelta(seconds=6)

    async with asyncio.timeout(10):
        while (await provider.ledger(SentFile.objects.get)).state != FileState.KEPT:
            await asyncio.sleep(0.01)


async def test_a_file_that_comes_while_its_person_is_erased_leaves_nothing_behind(provider: Provider) -> None:
    arrived, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_request: web.Request) -> web.StreamResponse:
        arrived.set()
        await go_on.wait()
        return web.Response(body=PNG)

    provider.answers["/a"] = slow
    sending = asyncio.create_task(provider.send("/a"))
    await arrived.wait()
    conversation_id = (await provider.ledger(SentFile.objects.get)).conversation_id
    await provider.ledger(erase, conversation_id, system_now())
    go_on.set()

    assert (await sending).state == FileState.REFUSED
    assert list(provider.folder.rglob("*.png")) == []
