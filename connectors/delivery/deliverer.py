"""Finds conversations with something to deliver; within one everything goes out one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog
from django.db import DatabaseError

from connectors.core.ledger import LedgerDoor
from connectors.core.sending import CalledChannel
from connectors.delivery.attempts import Attempts
from contracts.clock import Clock
from ledger.appending import ConversationGoneError
from ledger.attempts import Attempt
from ledger.deliveries import begin, conversations_due, renew

log = structlog.get_logger()
SCAN_S = 0.1  # how late a new message may be noticed, whichever process wrote it
HEARTBEAT_S = 2.0
DRAIN_S = 8.0


class Deliverer:
    """One per gateway process; ``worker`` is its name in the leases, new at every start."""

    def __init__(
        self,
        worker: str,
        ledger: LedgerDoor,
        channels: Sequence[CalledChannel],
        attempts: Attempts,
        clock: Clock,
        at_once: int = 16,
    ) -> None:
        self._worker = worker
        self._ledger = ledger
        self._channels = {channel.name: channel for channel in channels}
        self._attempts = attempts
        self._clock = clock
        self._slots = asyncio.Semaphore(at_once)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._held: dict[str, Attempt] = {}
        self._stopping = False

    async def run(self) -> None:
        """Delivers until cancelled; call ``stop`` first."""
        if not self._channels:
            return
        async with asyncio.TaskGroup() as group:
            group.create_task(self._scan())
            group.create_task(self._heartbeat())

    async def stop(self) -> None:
        """Begins nothing new and waits for the calls under way; one that is cut off counts as uncertain afterwards."""
        self._stopping = True
        running = list(self._tasks.values())
        if running:
            await asyncio.wait(running, timeout=DRAIN_S)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _scan(self) -> None:
        while not self._stopping:
            try:
                due = await self._ledger(conversations_due, tuple(self._channels), self._clock.real_now())
            except DatabaseError as error:
                log.debug("deliveries not readable", error=type(error).__name__)
                due = []
            for conversation_id in due:
                self._start(conversation_id)
            await asyncio.sleep(SCAN_S)

    async def _heartbeat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_S)
            if not self._held:
                continue
            try:
                held = [attempt.delivery_id for attempt in self._held.values()]
                await self._ledger(renew, self._worker, held, self._clock.real_now())
            except DatabaseError as error:
                log.warning("leases not renewed", error=type(error).__name__)

    def _start(self, conversation_id: str) -> None:
        if self._stopping or conversation_id in self._tasks:
            return
        task = asyncio.create_task(self._work_on(conversation_id))
        self._tasks[conversation_id] = task
        task.add_done_callback(lambda _: self._tasks.pop(conversation_id, None))

    async def _work_on(self, conversation_id: str) -> None:
        """The outermost loop of one conversation: whatever happens in it must not touch the others."""
        try:
            async with self._slots:
                while not self._stopping and await self._next(conversation_id):
                    pass
        except asyncio.CancelledError:
            raise
        except ConversationGoneError:
            log.warning("conversation gone", conversation=conversation_id)
        except DatabaseError as error:
            # What went out and could not be recorded is in doubt once the lease has ended.
            log.warning("delivery not recorded", conversation=conversation_id, error=type(error).__name__)
        except Exception:  # outermost loop: a message that breaks the code must not hold up those behind it
            log.exception("delivery broke", conversation=conversation_id)
            await self._set_aside(conversation_id)
        finally:
            self._held.pop(conversation_id, None)

    async def _next(self, conversation_id: str) -> bool:
        """Carries out one attempt; False when the conversation has nothing more to do at once."""
        attempt = await self._ledger(begin, conversation_id, self._worker, self._clock.real_now())
        if attempt is None:
            return False
        self._held[conversation_id] = attempt
        return await self._attempts.run(attempt, self._channels[attempt.channel])

    async def _set_aside(self, conversation_id: str) -> None:
        attempt = self._held.get(conversation_id)
        if attempt is None:
            return
        try:
            await self._attempts.give_up(attempt, "internal error, see the log")
        except DatabaseError as error:
            log.warning("not set aside", conversation=conversation_id, error=type(error).__name__)
