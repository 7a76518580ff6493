"""/healthz, /readyz, /metrics."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit

import aiohttp
from aiohttp import web
from django.db import DatabaseError, InterfaceError
from prometheus_client import generate_latest

from connectors.core.ledger import LedgerDoor
from connectors.core.ledger_watch import LedgerWatch, trouble_of
from connectors.core.metrics import GatewayMetrics
from connectors.snapshot.copy import SnapshotPoller
from connectors.snapshot.texts import GatewayTexts
from contracts.clock import Clock
from ledger.reading import last_id

_TIMEOUT = aiohttp.ClientTimeout(total=2)


class Probes:
    """Answers for whoever watches the gateway. Engine, actions and newsroom may be away without harm to readiness:
    the degraded answers and the last snapshot carry on, so they are named but only ledger and content decide."""

    def __init__(
        self,
        ledger: LedgerDoor,
        watch: LedgerWatch,
        texts: GatewayTexts,
        poller: SnapshotPoller,
        metrics: GatewayMetrics,
        clock: Clock,
        engines: Sequence[str],
        actions: str,
    ) -> None:
        self._ledger = ledger
        self._watch = watch
        self._texts = texts
        self._poller = poller
        self._metrics = metrics
        self._clock = clock
        self._engines = tuple(engines)
        self._actions = urlunsplit(urlsplit(actions)._replace(path="/readyz"))

    def add_routes(self, app: web.Application) -> None:
        """The three probes."""
        app.router.add_get("/healthz", self.healthz)
        app.router.add_get("/readyz", self.readyz)
        app.router.add_get("/metrics", self.metrics)

    async def healthz(self, _request: web.Request) -> web.Response:
        """200 while the process answers."""
        return web.json_response({"healthy": True})

    async def readyz(self, _request: web.Request) -> web.Response:
        """200 or 503 with ``{ready, checks{name: "ok" | reason}}``."""
        missing = self._texts.missing()
        checks = {
            "ledger": await self._ledger_check(),
            "content": "missing: " + ", ".join(missing) if missing else "ok",
            "newsroom": "ok" if self._poller.reachable else "away, going on with the last snapshot",
            "engine": await self._engine_check(),
            "actions": await self._answers(self._actions),
        }
        ready = checks["ledger"] == "ok" and checks["content"] == "ok"
        return web.json_response({"ready": ready, "checks": checks}, status=200 if ready else 503)

    async def metrics(self, request: web.Request) -> web.Response:
        """Prometheus text, for this machine only: the port is public."""
        forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
        if forwarded or not ip_address(request.remote or "0.0.0.0").is_loopback:  # noqa: S104 -- a comparison, no bind
            raise web.HTTPNotFound
        confirmed = self._poller.copy.confirmed_at
        if confirmed is not None:
            age = (self._clock.content_now() - confirmed).total_seconds()
            self._metrics.snapshot_age.set(age)
        for engine, state in zip(self._engines, await self._engine_states(), strict=True):
            self._metrics.engine_up.labels(urlsplit(engine).netloc).set(state == "ok")
        return web.Response(body=generate_latest(self._metrics.registry), content_type="text/plain", charset="utf-8")

    async def _ledger_check(self) -> str:
        """It can be read now, and the last commit worked; a full disk hinders only the latter."""
        try:
            await self._ledger(last_id)
        except (DatabaseError, InterfaceError) as error:
            return trouble_of(error)
        return "not tried yet" if self._watch.trouble is None else self._watch.trouble or "ok"

    async def _engine_check(self) -> str:
        """``ok`` when all are; else who is not, by its place in ENGINE_URL: this page is public, their addresses are not."""
        states = await self._engine_states()
        if len(states) == 1:
            return states[0]
        wrong = [f"number {place} {state}" for place, state in enumerate(states, 1) if state != "ok"]
        return ", ".join(wrong) or "ok"

    async def _engine_states(self) -> list[str]:
        return await asyncio.gather(*(self._answers(f"{url}/webhooks/loopback/health") for url in self._engines))

    async def _answers(self, url: str) -> str:
        try:
            async with aiohttp.ClientSession(timeout=_TIMEOUT) as session, session.get(url) as response:
                return "ok" if response.status == 200 else f"status {response.status}"
        except (aiohttp.ClientError, TimeoutError) as error:
            return f"away ({type(error).__name__})"
