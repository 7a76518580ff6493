"""Between a provider's webhook and the effect of what it brought: stored in groups, worked off beside, in each person's order.

A provider that gets its answer late sends the event again, and in the end none at all. So a webhook waits for one row
in a commit that it shares with others, and nothing else; what a danger rule hits goes first of all, a person who sends
a flood goes round with everybody else, and one event that cannot be worked on holds up nobody.
"""

from __future__ import annotations

import asyncio
from bisect import insort
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from django.db import DatabaseError, connections

from connectors.core.arrivals import GROUP, Arrivals
from connectors.core.errors import NotReadyError
from connectors.core.flood import Flood
from connectors.core.ledger import LedgerDoor
from connectors.core.metrics import GatewayMetrics
from contracts.clock import Clock
from ledger import inbox
from ledger.inbox import Arrival, Waiting
from ledger.router import ALIAS

log = structlog.get_logger()
type Handler = Callable[[str], Awaitable[None]]

HANDS = 3  # persons whose events are worked on at the same time, and as many who are in danger
MOST_WAITING = 20_000  # some 20 MB; above it the provider keeps them and sends them again
FINISH_EVERY_S = 0.1
HEARTBEAT_S = 2.0
PAUSE_S = 0.5  # before a second try, and while the database or the content is away
ELSEWHERE_S = 0.05


class InboxFullError(Exception):
    """More events wait than memory should hold; the provider keeps this one and sends it again."""


class Inbox:
    """One per gateway process; ``worker`` is its name in the ledger, new at every start."""

    def __init__(
        self, worker: str, ledger: LedgerDoor, clock: Clock, metrics: GatewayMetrics, flood: Flood | None = None
    ) -> None:
        self._worker = worker
        self._ledger = ledger
        self._clock = clock
        self._metrics = metrics
        self._handlers: dict[str, Handler] = {}
        self._flood = flood or Flood()
        self._arrivals = Arrivals(worker, ledger, clock, self._flood, self._queue)
        self._lanes: defaultdict[str, deque[Waiting]] = defaultdict(deque)
        self._due: asyncio.Queue[str] = asyncio.Queue()
        self._in_danger: asyncio.Queue[str] = asyncio.Queue()
        self._busy: set[str] = set()
        self._waiting = 0
        self._failures: dict[int, int] = {}
        self._done: list[int] = []
        self._served = connections[ALIAS].vendor != "sqlite"  # a database server may have other gateways
        self._shared = True  # as long as another gateway may have events of the same persons
        self._taking = asyncio.Lock()

    def serve(self, channel: str, handler: Handler) -> None:
        """Names who gives a channel's events their effect; the handler is given an arrival's ``body``."""
        self._handlers[channel] = handler

    async def put(self, arrival: Arrival) -> bool:
        """Whether the event is new; it is on the disk on return.

        Raises:
            InboxFullError: too many wait.
            DatabaseError: the ledger is away.
        """
        if self._waiting >= MOST_WAITING:
            raise InboxFullError
        return await self._arrivals.put(arrival)

    async def run(self) -> None:
        """Works until cancelled."""
        async with asyncio.TaskGroup() as group:
            for _ in range(HANDS):
                group.create_task(self._work(self._in_danger, wait=False))
                group.create_task(self._work(self._due, wait=True))
            group.create_task(self._finish())
            group.create_task(self._heartbeat())

    async def leave(self) -> None:
        """After the last event: others may have what still waits."""
        for _ in range(len(self._done) // GROUP + 1):
            await self._mark_done()
        with suppress(DatabaseError):
            await self._ledger(inbox.leave, self._worker)

    def _queue(self, waiting: Waiting) -> None:
        lane = waiting.arrival.lane
        insort(self._lanes[lane], waiting, key=lambda other: other.id)  # one taken over is older than what is here
        self._waiting += 1
        if lane not in self._busy and (len(self._lanes[lane]) == 1 or waiting.arrival.urgent):
            self._line_up(lane)

    def _line_up(self, lane: str) -> None:
        """Who is in danger waits for nobody else, everybody else behind who came before."""
        urgent = any(waiting.arrival.urgent for waiting in self._lanes[lane])
        (self._in_danger if urgent else self._due).put_nowait(lane)

    async def _work(self, lanes: asyncio.Queue[str], wait: bool) -> None:
        while True:
            if wait:
                await self._flood.let_by()
            lane = await lanes.get()
            if lane in self._busy or lane not in self._lanes:
                continue  # lined up a second time, for danger's sake; who works on it lines up what is left
            self._busy.add(lane)
            first = self._lanes[lane][0]
            if await self._is_done(first):
                self._lanes[lane].remove(first)
                self._waiting -= 1
            self._busy.discard(lane)
            if self._lanes[lane]:
                self._line_up(lane)
            else:
                del self._lanes[lane]

    async def _is_done(self, waiting: Waiting) -> bool:
        """The outermost loop of one event: whatever happens in it must not touch the others."""
        try:
            if self._shared and not await self._is_next(waiting):
                await asyncio.sleep(ELSEWHERE_S)
                return False
            if waiting.left:
                await self._ledger(inbox.try_again, waiting.id)
            await self._handlers[waiting.arrival.channel](waiting.arrival.body)
        except (NotReadyError, DatabaseError) as error:
            log.debug("event waits", event_id=waiting.id, error=type(error).__name__)
            await asyncio.sleep(PAUSE_S)
            return False
        except Exception as error:  # outermost loop
            log.exception("event failed", event_id=waiting.id)
            return await self._is_given_up(waiting, type(error).__name__)
        self._done.append(waiting.id)
        return True

    async def _is_next(self, waiting: Waiting) -> bool:
        """Nobody else has an earlier event of this person, nor was one just taken over."""
        async with self._taking:
            ahead = await self._ledger(inbox.is_ahead_elsewhere, waiting, self._worker)
        return not ahead and self._lanes[waiting.arrival.lane][0] is waiting

    async def _is_given_up(self, waiting: Waiting, reason: str) -> bool:
        self._failures[waiting.id] = self._failures.get(waiting.id, 0) + 1
        if self._failures[waiting.id] < inbox.MAX_TRIES:
            await asyncio.sleep(PAUSE_S)
            return False
        del self._failures[waiting.id]
        self._metrics.channel_alerts.labels(waiting.arrival.channel, "event set aside").inc()
        with suppress(DatabaseError):  # then the next gateway tries it again
            await self._ledger(inbox.set_aside, waiting.id, reason)
        return True

    async def _finish(self) -> None:
        """Marks what was worked on, many at a time; after a crash before it an event is worked on twice, to no effect."""
        while True:
            await asyncio.sleep(FINISH_EVERY_S)
            await self._mark_done()

    async def _mark_done(self) -> None:
        done, self._done = self._done[:GROUP], self._done[GROUP:]
        if not done:
            return
        try:
            await self._ledger(inbox.finish_all, done)
        except DatabaseError as error:
            log.debug("events not marked", error=type(error).__name__)
            self._done += done

    async def _heartbeat(self) -> None:
        """Stays alive in the ledger, and takes over from gateways that did not."""
        while True:
            try:
                await self._ledger.urgent(inbox.stay_alive, self._worker, self._clock.real_now())
                await self._take_over()
                self._shared = self._served or await self._ledger(inbox.others_have, self._worker)
            except DatabaseError as error:
                log.debug("no heartbeat", error=type(error).__name__)
            await asyncio.sleep(HEARTBEAT_S)

    async def _take_over(self) -> None:
        async with self._taking:
            taken, hopeless = await self._ledger(inbox.adopt, self._worker, self._clock.real_now())
            for waiting in taken:
                self._queue(waiting)
        if taken or hopeless:
            log.warning("events taken over", count=len(taken), set_aside=hopeless)
        for _ in hopeless:
            self._metrics.channel_alerts.labels("inbox", "event set aside").inc()
