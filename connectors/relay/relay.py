"""Works on conversations with unhandled messages: each one alone, in order, under a lease that another worker honours."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog
from django.db import DatabaseError

from connectors.core.follower import Follower
from connectors.core.ledger import LedgerDoor
from connectors.core.ledger_watch import is_trouble, trouble_of
from connectors.core.metrics import GatewayMetrics
from connectors.relay.engine import EngineClient, EngineError
from connectors.relay.screening import in_persons_hands, return_reply, wants_assistant_back
from connectors.relay.turn import Outcome, Turns, seconds_since
from connectors.snapshot.texts import GatewayTexts
from contracts.clock import Clock
from ledger.erasing import erase
from ledger.media import MediaStore
from ledger.turns import Completed, Work, come_back, complete, release, renew, take_work, waiting_conversations

log = structlog.get_logger()
SCAN_S = 1.0  # how late a message may be noticed that no wake-up announced (after a crash, or of another gateway)
HEARTBEAT_S = 2.0
DRAIN = timedelta(seconds=8)
MAX_TRIES = 3  # of a message whose turn breaks; a second apart, by the scan


class Relay:
    """One per gateway process; ``worker`` is its name in the leases, new at every start."""

    def __init__(
        self,
        worker: str,
        ledger: LedgerDoor,
        turns: Turns,
        engine: EngineClient,
        texts: GatewayTexts,
        follower: Follower,
        clock: Clock,
        metrics: GatewayMetrics,
        media: MediaStore,
    ) -> None:
        self._worker = worker
        self._ledger = ledger
        self._turns = turns
        self._engine = engine
        self._texts = texts
        self._follower = follower
        self._clock = clock
        self._metrics = metrics
        self._media = media
        self._running: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._failures: dict[int, int] = {}
        self._stopping = False

    def wake(self, conversation_id: str) -> None:
        """There is something to do in this conversation."""
        if self._stopping:
            return
        if conversation_id in self._running:
            self._again.add(conversation_id)
            return
        task = asyncio.create_task(self._work_on(conversation_id))
        self._running[conversation_id] = task
        task.add_done_callback(lambda _: self._done(conversation_id))

    async def run(self) -> None:
        """Looks for forgotten work and renews the leases, until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._scan())
            group.create_task(self._heartbeat())

    async def stop(self) -> None:
        """Takes no new work and lets the running turns end; what is cut off goes on elsewhere when its lease ends."""
        self._stopping = True
        running = list(self._running.values())
        if running:
            await asyncio.wait(running, timeout=DRAIN.total_seconds())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _done(self, conversation_id: str) -> None:
        self._running.pop(conversation_id, None)
        if conversation_id in self._again:
            self._again.discard(conversation_id)
            self.wake(conversation_id)

    async def _scan(self) -> None:
        while True:
            try:
                for conversation_id in await self._ledger(waiting_conversations, self._clock.real_now()):
                    self.wake(conversation_id)
            except DatabaseError as error:
                log.debug("ledger not readable", error=type(error).__name__)
            await asyncio.sleep(SCAN_S)

    async def _heartbeat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_S)
            if not self._running:
                continue
            try:
                await self._ledger(renew, self._worker, list(self._running), self._clock.real_now())
            except DatabaseError as error:
                log.warning("leases not renewed", error=type(error).__name__)

    async def _work_on(self, conversation_id: str) -> None:
        """The outermost loop of one conversation: whatever happens in it must not touch the others."""
        try:
            held = False
            try:
                while not self._stopping:
                    work = await self._ledger(take_work, conversation_id, self._worker, self._clock.real_now())
                    held = work is not None
                    if work is None or not (held := (await self._safely(work)).more):
                        return
            finally:
                if held:
                    await self._ledger(release, conversation_id, self._worker)
        except asyncio.CancelledError:
            raise
        except Exception as error:  # outermost loop: logged, and found again by the scan
            if is_trouble(error):  # for hours, perhaps, and a full disk has no room for a traceback each second
                log.warning("turn waits", conversation=conversation_id, ledger=trouble_of(error))
            else:
                log.exception("turn failed", conversation=conversation_id)

    async def _safely(self, work: Work) -> Completed:
        """A turn that fails time and again for the message's sake ends with a sentence, and the conversation goes on."""
        try:
            ended = await self._one(work)
        except DatabaseError:
            raise
        except Exception:
            failures = self._failures[work.entry_id] = self._failures.get(work.entry_id, 0) + 1
            if failures < MAX_TRIES:
                raise
            log.exception("message set aside", conversation=work.conversation_id, entry=work.entry_id)
            ended = await self._end(work, self._turns.set_aside())
        self._failures.pop(work.entry_id, None)
        return ended

    async def _one(self, work: Work) -> Completed:
        payload = work.meta.get("payload") or {}
        if work.state != "bot" and wants_assistant_back(work.text, payload.get("answer")):
            self._again.discard(work.conversation_id)
            reply = return_reply(self._texts)
            ended = await self._ledger(come_back, work, self._worker, reply, self._clock.real_now())
            self._follower.nudge()
            return ended
        if in_persons_hands(work.state):
            return await self._end(work, Outcome([], [], "silent"))
        outcome = await self._turn(work)
        ended = await self._end(work, outcome)
        if ended.said and any(effect["kind"] == "erase" for effect in outcome.effects):
            await self._erase(work)
        return ended

    async def _end(self, work: Work, outcome: Outcome) -> Completed:
        # Whatever was announced until now, the end of the turn will find by itself.
        self._again.discard(work.conversation_id)
        now = self._clock.real_now()
        ended = await self._ledger(complete, work, self._worker, outcome.replies, outcome.effects, now)
        if outcome.replies:
            self._follower.nudge()
            self._metrics.turns.labels(outcome.label if ended.said else "dropped").inc()
            self._metrics.turn_seconds.observe(seconds_since(work.at, self._clock))
        return ended

    async def _turn(self, work: Work) -> Outcome:
        self._follower.set_typing(work.conversation_id, True)
        try:
            return await self._turns.run(work)
        finally:
            self._follower.set_typing(work.conversation_id, False)

    async def _erase(self, work: Work) -> None:
        """What the resident said goes, up to and including the wish; the confirmation stays to be read."""
        images = await self._ledger(erase, work.conversation_id, self._clock.real_now(), work.entry_id + 1)
        await asyncio.to_thread(self._media.remove, images)
        try:
            await self._engine.erase(work.conversation_id)
        except EngineError as error:
            log.error("tracker not erased", conversation=work.conversation_id, reason=error.reason)
