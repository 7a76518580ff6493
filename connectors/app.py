"""The gateway's composition root: what is made of what, what starts and stops with the server."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import suppress
from typing import Any, Protocol

import aiohttp
import structlog
from aiohttp import web

from connectors.core.channel import Gateway
from connectors.core.config import GatewaySettings
from connectors.core.errors import json_errors
from connectors.core.follower import Follower
from connectors.core.inbox import Inbox
from connectors.core.ledger import LedgerDoor
from connectors.core.ledger_watch import LedgerWatch
from connectors.core.media import MediaFetcher
from connectors.core.metrics import GatewayMetrics
from connectors.core.pace import Pace
from connectors.core.sending import CalledChannel
from connectors.core.zalo_settings import ZaloSettings
from connectors.delivery.attempts import Attempts
from connectors.delivery.deliverer import Deliverer
from connectors.portal.pages import PortalPages, add_security_headers
from connectors.portal.pictures import PicturePages
from connectors.portal.probes import Probes
from connectors.registry import make_channels
from connectors.relay.degraded import DegradedAnswers
from connectors.relay.engine import EngineClient, EngineError
from connectors.relay.intake import RelayIntake
from connectors.relay.relay import Relay
from connectors.relay.turn import Turns
from connectors.snapshot.copy import SnapshotPoller
from connectors.snapshot.pictures import ReleasedPictures, picture_folder
from connectors.snapshot.texts import GatewayTexts
from contracts.clock import Clock
from contracts.keys import HELP
from contracts.snapshot import SnapshotCopy
from ledger.media import FOLDER, MediaStore
from ledger.replies import Reply

log = structlog.get_logger()
MAX_BODY_BYTES = 64 * 1024
STOP_S = 9.0  # from the signal to the end; who stops us kills after ten
WELCOME_KEY = "tro_chuyen/chao"


class Duty(Protocol):
    """Something that works beside the server until it is cancelled."""

    def run(self) -> Coroutine[Any, Any, None]:
        """Works."""


async def build_app(settings: GatewaySettings, clock: Clock) -> web.Application:
    """The public application, made inside the running loop; Django must be set up before."""
    copy = SnapshotCopy(settings.var_dir / "gateway" / "snapshot.json")
    copy.load()
    poller = SnapshotPoller(copy, settings.newsroom_url, settings.snapshot_token, clock)
    texts, metrics, ledger = GatewayTexts(copy, clock), GatewayMetrics(), LedgerDoor()
    follower, session = Follower(ledger), aiohttp.ClientSession()
    folder = picture_folder(settings.var_dir)
    pictures = ReleasedPictures(copy, folder, session, settings.newsroom_url, settings.snapshot_token, clock)
    engine = EngineClient(session, settings.engine_urls, settings.engine_token, settings.engine_timeout_s)
    degraded = DegradedAnswers(texts)
    turns = Turns(engine, degraded, texts, clock, settings.engine_slots)
    worker = uuid.uuid4().hex
    media = MediaStore(settings.var_dir / FOLDER)
    relay = Relay(worker, ledger, turns, engine, texts, follower, clock, metrics, media)
    inbox, watch = Inbox(worker, ledger, clock, metrics), LedgerWatch(worker, ledger, clock, metrics)
    gateway = Gateway(
        ledger=ledger,
        follower=follower,
        inbox=inbox,
        intake=RelayIntake(ledger, texts, follower, relay.wake, clock, metrics),
        clock=clock,
        metrics=metrics,
        media=media,
        pace=Pace(settings.messages_per_minute),
        busy=lambda: _busy(texts),
        forget=lambda conversation_id: _forget(engine, conversation_id),
        welcome=lambda: _welcome(texts),
    )
    app = web.Application(middlewares=[json_errors], client_max_size=MAX_BODY_BYTES)
    app.on_response_prepare.append(add_security_headers)
    verifier = "" if settings.zalo is None else settings.zalo.verifier
    PortalPages(texts, clock, verifier).add_routes(app)
    PicturePages(pictures).add_routes(app)
    Probes(ledger, watch, texts, poller, metrics, clock, settings.engine_urls, settings.actions_url).add_routes(app)
    channels = make_channels(gateway, settings)
    for channel in channels:
        channel.add_routes(app)
    called = [channel for channel in channels if isinstance(channel, CalledChannel)]
    deliverer = Deliverer(worker, ledger, called, Attempts(worker, ledger, clock, metrics), clock)
    fetchers = [] if settings.zalo is None else [_fetcher(settings.zalo, gateway)]
    duties: list[Duty] = [watch, poller, degraded, pictures, follower, inbox, relay, deliverer, *fetchers, *called]
    app.cleanup_ctx.append(lambda _app: _running(duties, inbox, relay, deliverer, called, session, ledger))
    return app


def _fetcher(zalo: ZaloSettings, gateway: Gateway) -> MediaFetcher:
    return MediaFetcher(
        gateway.ledger, gateway.media, gateway.clock, gateway.metrics, zalo.media_hosts, zalo.media_max_bytes
    )


async def _running(
    duties: Sequence[Duty],
    inbox: Inbox,
    relay: Relay,
    deliverer: Deliverer,
    called: Sequence[CalledChannel],
    session: aiohttp.ClientSession,
    ledger: LedgerDoor,
) -> AsyncIterator[None]:
    """Starts the parts that run beside the server, and stops them in reverse."""
    tasks = [asyncio.create_task(duty.run()) for duty in duties]
    yield
    end = asyncio.get_running_loop().time() + STOP_S
    await asyncio.gather(relay.stop(), deliverer.stop())
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task
    await inbox.leave()
    try:
        async with asyncio.timeout_at(end):
            await asyncio.gather(*(channel.close() for channel in called))
    except TimeoutError:
        log.error("channels not closed in time")  # e.g. a refresh of tokens under way; the next start takes it up
    await session.close()
    ledger.close()


def _busy(texts: GatewayTexts) -> Reply:
    text, release = texts.system("qua_nhieu")
    return Reply(text=text, release=release, meta={"answer": HELP, "confidence": 0.0, "asked_back": True})


def _welcome(texts: GatewayTexts) -> Reply | None:
    release = texts.find("faq", WELCOME_KEY)
    if release is None:
        return None
    meta = {"answer": WELCOME_KEY, "confidence": 1.0, "asked_back": False}
    return texts.reply(release, meta=meta, prefix=texts.demo_notice())


async def _forget(engine: EngineClient, conversation_id: str) -> None:
    try:
        await engine.erase(conversation_id)
    except EngineError as error:
        log.error("tracker not erased", conversation=conversation_id, reason=error.reason)
