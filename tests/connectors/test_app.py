"""Start and stop of the whole gateway."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from connectors import app as gateway_app
from connectors.channels.zalo.sealing import Sealer
from connectors.core.ledger import LedgerDoor
from contracts.clock import system_now
from ledger.credentials import SealedPair, store_pair
from tests.support.zalo_road import DEMO, OA_ID, TOKEN_KEY, zalo_road


async def test_it_stops_in_time_though_zalo_hangs(engine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway_app, "STOP_S", 1.0)
    asked, ended = asyncio.Event(), asyncio.Event()

    async def hang(_request: web.Request) -> web.Response:
        asked.set()
        await ended.wait()
        return web.Response(status=503)

    app, door, now = web.Application(), LedgerDoor(1), system_now()
    app.router.add_post("/v4/oa/access_token", hang)
    sealed = Sealer([TOKEN_KEY]).seal("t")
    old = SealedPair(access=sealed, refresh=sealed, issued_at=now - timedelta(hours=30), expires_at=now)
    await door(store_pair, "zalo", OA_ID, old)
    async with TestServer(app) as oauth:
        more = {"ZALO_OAUTH_URL": str(oauth.make_url("")).rstrip("/")}
        async with zalo_road(tmp_path, engine.app(), DEMO, more):
            await asked.wait()
            begun = time.monotonic()
        taken = time.monotonic() - begun
        ended.set()
    door.close()

    assert taken < 4
