"""Delivery of events: at once, then by the retry ladder, then the app is unsubscribed (sheet §1.4)."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog

from sandbox.clock import SandboxClock
from sandbox.config import SandboxSettings
from sandbox.faults import Faults
from sandbox.feed import Feed
from sandbox.tokens import Tokens
from sandbox.webhooks.journal import Attempt, Entry, Journal
from sandbox.webhooks.lane import Hold, Lane
from sandbox.webhooks.request import Outcome, post
from sandbox.webhooks.signature import encode, sign

LADDER_S = (30, 300, 900, 1800, 3600)
HOUR_MS = 3_600_000
UNAUTHORISED = "the Official Account has not authorised the app"
UNSUBSCRIBED = "the app is unsubscribed after a failed retry ladder"

log = structlog.get_logger()


@dataclass(frozen=True)
class Manner:
    """How an event goes out first: behind the next one, past a held one, in how many copies."""

    hold: Hold | None = None
    overtaken: Hold | None = None
    copies: int = 1


class Dispatcher:
    """Sends each event in a request of its own. ``url`` is the saved webhook address."""

    def __init__(
        self,
        settings: SandboxSettings,
        clock: SandboxClock,
        journal: Journal,
        tokens: Tokens,
        faults: Faults,
        feed: Feed,
    ) -> None:
        self.url = settings.webhook_url
        self.subscribed = True
        self._settings = settings
        self._clock = clock
        self._journal = journal
        self._tokens = tokens
        self._faults = faults
        self._feed = feed
        self._lanes: defaultdict[str, Lane] = defaultdict(Lane)
        self._running: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Opens the client and goes on with whatever a stopped platform still owed."""
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        for entry in self._journal.pending():
            self._spawn(self._ladder(entry) if entry.tries else self._first_then_ladder(entry, Manner()))

    async def stop(self) -> None:
        """Leaves unfinished events pending in the journal."""
        await self.forget()
        if self._session is not None:
            await self._session.close()

    async def forget(self) -> None:
        """Ends all deliveries under way."""
        tasks = list(self._running)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._lanes.clear()

    def emit(self, user_id: str, event: dict[str, Any]) -> int:
        """Takes an event for delivery; its number in the journal."""
        late = self._faults.strikes("late_webhook")
        if late:
            event = event | {"timestamp": str(int(event["timestamp"]) - late.value * HOUR_MS)}
        entry = self._journal.add(user_id, event, encode(event), self._clock.now_ms(), self._refusal())
        if entry.state == "pending":
            self._spawn(self._first_then_ladder(entry, self._manner(entry)))
        return entry.id

    async def save_url(self, url: str) -> bool:
        """Probes an address as the console does when it is saved, unsigned: an empty body, then ``{}``; keeps it on 200."""
        for body in (b"", b"{}"):
            if not (await post(self._client(), url, body, {})).accepted:
                return False
        self.url = url
        self.subscribe()
        return True

    def subscribe(self) -> None:
        """Switches the events on again, as an admin does in the console."""
        self.subscribed = True
        self._feed.publish("platform")

    def _refusal(self) -> str:
        if not self._tokens.authorised():
            return UNAUTHORISED
        return "" if self.subscribed else UNSUBSCRIBED

    def _manner(self, entry: Entry) -> Manner:
        copies = 2 if self._faults.strikes("duplicate_webhook") else 1
        lane = self._lanes[entry.user_id]
        if overtaken := lane.overtake():
            return Manner(overtaken=overtaken, copies=copies)
        reordered = self._faults.strikes("reordered_webhook")
        return Manner(hold=lane.hold(reordered.value) if reordered else None, copies=copies)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _first_then_ladder(self, entry: Entry, manner: Manner) -> None:
        lane = self._lanes[entry.user_id]
        if manner.hold and await lane.wait_passed(manner.hold, self._clock):
            # The event that passed keeps the turn until this one has gone out.
            entry = await self._attempt(entry, manner.copies)
            manner.hold.gone.set()
        else:
            async with lane.turn:
                entry = await self._attempt(entry, manner.copies)
                if manner.overtaken:
                    await manner.overtaken.let_go()
        await self._ladder(entry)

    async def _ladder(self, entry: Entry) -> None:
        while entry.state == "pending":
            await self._clock.wait_until(entry.next_ms)
            entry = await self._attempt(entry, 1)

    async def _attempt(self, entry: Entry, copies: int) -> Entry:
        if not self.subscribed:
            return self._journal.settle(entry, "unsent", UNSUBSCRIBED)
        at_ms = self._clock.now_ms()
        outcomes = await asyncio.gather(*(self._request(entry) for _ in range(copies)))
        for outcome in outcomes:
            attempt = Attempt(
                number=entry.tries,
                at_ms=at_ms,
                status=outcome.status,
                error=outcome.error,
                elapsed_ms=outcome.elapsed_ms,
            )
            self._journal.note(entry, attempt)
        if all(outcome.accepted for outcome in outcomes):
            return self._journal.settle(entry, "delivered")
        if entry.tries < len(LADDER_S):
            wait_ms = round(LADDER_S[entry.tries] * 1000 / self._settings.speed)
            return self._journal.postpone(entry, self._clock.now_ms() + wait_ms)
        return self._give_up(entry)

    async def _request(self, entry: Entry) -> Outcome:
        signature = sign(self._settings.app_id, entry.body, entry.timestamp, self._settings.oa_secret_key)
        headers = {"X-ZEvent-Signature": signature, "X-ZEvent-Timestamp": entry.timestamp}
        if entry.tries:
            headers["num_retry"] = str(entry.tries)
        return await post(self._client(), self.url, entry.body, headers)

    def _give_up(self, entry: Entry) -> Entry:
        self.subscribed = False
        log.warning("app_unsubscribed", webhook=entry.id, event_name=entry.event_name)
        self._feed.publish("platform")
        return self._journal.settle(entry, "failed")

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("the dispatcher is not started; call start() first")
        return self._session
