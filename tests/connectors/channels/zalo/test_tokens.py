"""The single-use refresh token is never lost by us: one refresher, stored before used, and a person is told when it is dead."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from connectors.channels.zalo.oauth import OAuthClient, OAuthError, TokenPair
from connectors.channels.zalo.sealing import Sealer, SealError
from connectors.channels.zalo.tokens import LEASE, TokenKeeper
from connectors.core.config import read_settings
from connectors.core.ledger import LedgerDoor
from connectors.core.metrics import GatewayMetrics
from connectors.core.sending import SendError
from connectors.core.zalo_settings import ZaloSettings
from contracts.clock import Clock, system_now
from ledger.credentials import lease_refresh, read_pair
from ledger.models import ChannelCredential
from sandbox.platform import Platform
from tests.support.zalo_road import OA_ID, TOKEN_KEY, base_variables, running_sandbox, zalo_variables


class Movable:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        self.clock = Clock(now=lambda: system_now() + self.ahead)


class Bench:
    """Keepers of the same account, as in several gateways."""

    def __init__(self, platform: Platform, url: str, session: aiohttp.ClientSession) -> None:
        settings = read_settings(base_variables() | zalo_variables(url, 1)).zalo
        assert settings is not None
        self.settings: ZaloSettings = settings
        self.platform = platform
        self.time = Movable()
        self.ledger = LedgerDoor()
        self.oauth = OAuthClient(session, settings)
        self.metrics = GatewayMetrics()

    def keeper(self, *keys: str) -> TokenKeeper:
        sealer = Sealer(keys or self.settings.token_keys)
        return TokenKeeper(self.ledger, self.oauth, sealer, self.time.clock, self.metrics)

    async def connect(self) -> str:
        pair = self.platform.tokens.issue()
        await self.keeper().connect(
            OA_ID, TokenPair(access=pair.access_token, refresh=pair.refresh_token, life_s=90_000)
        )
        return pair.access_token

    def live(self, token: str) -> bool:
        return self.platform.tokens.judge(token) == 0

    def trouble(self) -> str:
        stored = read_pair("zalo", OA_ID)
        assert stored is not None
        return stored.trouble


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with running_sandbox(tmp_path, 1) as (platform, url), aiohttp.ClientSession() as session:
        bench = Bench(platform, url, session)
        yield bench
        bench.ledger.close()


async def test_it_gives_out_the_stored_token_and_stores_it_sealed(bench: Bench) -> None:
    token = await bench.connect()

    assert await bench.keeper().token(OA_ID) == token
    assert token not in repr(await bench.ledger(lambda: list(ChannelCredential.objects.values())))


async def test_it_says_so_when_the_account_was_never_connected(bench: Bench) -> None:
    with pytest.raises(SendError, match="never connected") as caught:
        await bench.keeper().token(OA_ID)
    assert not caught.value.permanent


async def test_it_refreshes_at_eighty_percent_of_the_life(bench: Bench) -> None:
    old, keeper = await bench.connect(), bench.keeper()
    bench.time.ahead = timedelta(hours=19, minutes=59)
    assert await keeper.token(OA_ID) == old
    bench.time.ahead = timedelta(hours=20, minutes=1)

    new = await keeper.token(OA_ID)

    assert new != old
    assert bench.live(new)


async def test_only_one_of_many_refreshes_in_one_and_in_several_gateways(bench: Bench) -> None:
    refused, keepers = await bench.connect(), [bench.keeper(), bench.keeper(), bench.keeper()]

    tokens = await asyncio.gather(*(keeper.renewed(OA_ID, refused) for keeper in keepers * 4))

    assert len(set(tokens)) == 1
    assert bench.live(tokens[0])
    assert await bench.ledger(lambda: ChannelCredential.objects.get().version) == 2
    assert bench.platform.store.number("SELECT count(*) FROM token_pair") == 2


async def test_two_processes_that_refresh_at_once_end_with_one_living_pair(bench: Bench) -> None:
    refused = await bench.connect()
    variables = {**os.environ, **base_variables(), **zalo_variables(bench.settings.api_url, 1)}
    command = [sys.executable, "-m", "tests.support.refresh_once", refused]

    def run() -> str:
        done = subprocess.run(command, env=variables, capture_output=True, text=True, check=True, timeout=60)
        return done.stdout.split()[-1]

    first, second = await asyncio.gather(asyncio.to_thread(run), asyncio.to_thread(run))

    assert first == second
    assert bench.live(first)


async def test_it_keeps_the_pair_when_its_caller_is_gone(bench: Bench) -> None:
    refused, keeper = await bench.connect(), bench.keeper()
    caller = asyncio.create_task(keeper.renewed(OA_ID, refused))
    while not bench.platform.store.number("SELECT count(*) FROM token_pair WHERE NOT live"):
        await asyncio.sleep(0)
    caller.cancel()

    await keeper.close()

    assert bench.live(await keeper.token(OA_ID))


async def test_a_crash_between_reply_and_store_is_told_and_mended_by_a_new_consent(bench: Bench) -> None:
    refused = await bench.connect()
    now = system_now()
    assert await bench.ledger(lease_refresh, "zalo", OA_ID, 1, "crashed", now + LEASE, now)
    stored = await bench.ledger(read_pair, "zalo", OA_ID)
    assert stored is not None
    await bench.oauth.refresh(Sealer([TOKEN_KEY]).open(stored.pair.refresh))  # the reply that nobody stored
    bench.time.ahead = LEASE + timedelta(seconds=1)

    with pytest.raises(SendError, match="-14020"):
        await bench.keeper().renewed(OA_ID, refused)

    assert "-14020" in await bench.ledger(bench.trouble)
    with pytest.raises(SendError, match="not connected"):
        await bench.keeper().renewed(OA_ID, refused)
    assert bench.live(await bench.connect())
    assert await bench.ledger(bench.trouble) == ""


async def test_it_tries_once_more_when_the_reply_was_lost(bench: Bench) -> None:
    refused = await bench.connect()
    bench.platform.faults.set("lost_token_reply", {"probability": 1.0, "count": 1})

    with pytest.raises(SendError, match="-14020"):
        await bench.keeper().renewed(OA_ID, refused)

    assert bench.metrics.registry.get_sample_value(
        "tincay_channel_alerts_total", {"channel": "zalo", "reason": "refresh refused"}
    )


async def test_it_goes_on_with_a_token_that_still_works_while_refreshing_fails(bench: Bench) -> None:
    old, keeper = await bench.connect(), bench.keeper()
    bench.time.ahead = timedelta(hours=21)
    async with _endpoint(lambda: web.Response(status=503)) as url:
        keeper._oauth = _oauth(bench, url)
        assert await keeper.token(OA_ID) == old
        assert await keeper.token(OA_ID) == old
    bench.time.ahead = timedelta(hours=26)
    keeper._oauth = bench.oauth

    assert bench.live(await keeper.token(OA_ID))


async def test_it_does_not_give_up_for_the_limit_per_minute(bench: Bench) -> None:
    refused, keeper = await bench.connect(), bench.keeper()
    async with _endpoint(lambda: web.json_response({"error": -32, "error_name": "limit"})) as url:
        keeper._oauth = _oauth(bench, url)
        with pytest.raises(SendError, match="-32"):
            await keeper.renewed(OA_ID, refused)
    keeper._oauth = bench.oauth

    assert bench.live(await keeper.renewed(OA_ID, refused))


async def test_it_opens_tokens_with_a_former_key_and_reports_a_lost_one(bench: Bench) -> None:
    token = await bench.connect()
    other = "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg="
    assert await bench.keeper(other, TOKEN_KEY).token(OA_ID) == token

    with pytest.raises(SendError, match="ZALO_TOKEN_KEY"):
        await bench.keeper(other).token(OA_ID)
    with pytest.raises(SealError):
        Sealer([other]).open("no seal at all")


@pytest.mark.parametrize(
    ("answer", "final", "arrived"),
    [
        ({"error": -14020, "error_name": "Invalid refresh token"}, True, False),
        ({"access_token": "a"}, True, False),
        ({"access_token": "a", "refresh_token": ""}, True, False),
        ([], False, True),
        (None, False, True),
    ],
)
async def test_it_takes_only_two_tokens_for_a_success(bench: Bench, answer: object, final: bool, arrived: bool) -> None:
    reply: Callable[[], web.Response] = (
        (lambda: web.Response(text="<html>")) if answer is None else (lambda: web.json_response(answer))
    )
    async with _endpoint(reply) as url:
        with pytest.raises(OAuthError) as caught:
            await _oauth(bench, url).refresh("r")
    assert (caught.value.final, caught.value.arrived) == (final, arrived)


@pytest.mark.parametrize(("expires", "seconds"), [("90000", 90_000), (3600, 3600), ("soon", 90_000), (None, 90_000)])
async def test_it_reads_the_life_as_text_or_number(bench: Bench, expires: object, seconds: int) -> None:
    body = {"access_token": "a", "refresh_token": "r", "expires_in": expires}
    async with _endpoint(lambda: web.json_response(body)) as url:
        assert (await _oauth(bench, url).refresh("r")).life_s == seconds


async def test_a_refused_connection_is_no_lost_token(bench: Bench) -> None:
    with pytest.raises(OAuthError) as caught:
        await _oauth(bench, "http://127.0.0.1:1").refresh("r")
    assert (caught.value.final, caught.value.arrived) == (False, False)


@asynccontextmanager
async def _endpoint(reply: Callable[[], web.Response]) -> AsyncIterator[str]:
    async def answer(_request: web.Request) -> web.Response:
        return reply()

    app = web.Application()
    app.router.add_post("/v4/oa/access_token", answer)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


def _oauth(bench: Bench, url: str) -> OAuthClient:
    settings = read_settings(base_variables() | zalo_variables(url, 1)).zalo
    assert settings is not None
    return OAuthClient(bench.oauth._session, settings)
