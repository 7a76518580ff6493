"""The platform's parts, put together; every handler reaches them through the application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random, SystemRandom

from aiohttp import web

from contracts.clock import system_now
from sandbox.clock import SandboxClock
from sandbox.config import SandboxSettings
from sandbox.faults import Faults
from sandbox.feed import Feed
from sandbox.ids import Ids
from sandbox.limits import RateLimit
from sandbox.media import MediaShelf
from sandbox.residents import Residents
from sandbox.store import Store
from sandbox.tokens import Tokens
from sandbox.transcript import Transcript
from sandbox.webhooks.dispatch import Dispatcher
from sandbox.webhooks.events import Events
from sandbox.webhooks.journal import Journal


@dataclass(frozen=True, kw_only=True)
class Platform:
    """One Official Account, one app, and their residents."""

    settings: SandboxSettings
    store: Store
    clock: SandboxClock
    feed: Feed
    faults: Faults
    limit: RateLimit
    residents: Residents
    transcript: Transcript
    media: MediaShelf
    tokens: Tokens
    events: Events
    journal: Journal
    webhooks: Dispatcher

    def move_clock(self, offset_s: float) -> None:
        """Sets how far the platform lives ahead of the machine; survives a restart."""
        self.store.remember("clock_offset_s", str(offset_s))
        self.clock.set_offset(offset_s)
        self.feed.publish("platform")

    async def reset(self) -> None:
        """Empties everything: residents, messages, tokens, events, faults and the moved clock."""
        await self.webhooks.forget()
        self.store.clear()
        self.faults.reset()
        self.limit.per_minute = self.settings.calls_per_minute
        self.webhooks.url = self.settings.webhook_url
        self.move_clock(0)
        self.webhooks.subscribe()


PLATFORM = web.AppKey("platform", Platform)


def open_platform(
    settings: SandboxSettings, now: Callable[[], datetime] = system_now, draw: Random | None = None
) -> Platform:
    """Opens the journal file and puts the parts together; ``draw`` makes the ids."""
    store = Store(settings.journal_file)
    clock = SandboxClock(now, float(store.fact("clock_offset_s", "0")))
    ids, feed, faults = Ids(draw or SystemRandom()), Feed(), Faults(settings.faults)
    tokens, journal = Tokens(store, clock, ids), Journal(store, feed)
    return Platform(
        settings=settings,
        store=store,
        clock=clock,
        feed=feed,
        faults=faults,
        limit=RateLimit(clock, settings.calls_per_minute),
        residents=Residents(store, clock, ids, feed),
        transcript=Transcript(store, clock, ids, feed),
        media=MediaShelf(store, clock, ids),
        tokens=tokens,
        events=Events(settings.app_id, settings.oa_id),
        journal=journal,
        webhooks=Dispatcher(settings, clock, journal, tokens, faults, feed),
    )
