"""One attempt: a part is sent or looked up, and the ledger learns what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import structlog

from connectors.core.ledger import LedgerDoor
from connectors.core.metrics import GatewayMetrics
from connectors.core.sending import CalledChannel, LookUp, OutgoingMessage, OutgoingPart, SendError, SendResult
from connectors.delivery.backoff import GIVE_UP_AFTER, LOOK_UP_FOR, MAX_DOUBTS, pause
from contracts.clock import Clock
from ledger.deliveries import SETTLE, Attempt, accept, doubt, fail, postpone
from ledger.receipts import known_ids

log = structlog.get_logger()
EARLIER = timedelta(seconds=5)  # the provider's clock may run so much behind ours


class Attempts:
    """Carries out attempts for one worker."""

    def __init__(
        self, worker: str, ledger: LedgerDoor, clock: Clock, metrics: GatewayMetrics, random: Random | None = None
    ) -> None:
        self._worker = worker
        self._ledger = ledger
        self._clock = clock
        self._metrics = metrics
        self._random = random or Random()  # noqa: S311 -- jitter, nothing secret

    async def run(self, attempt: Attempt, channel: CalledChannel) -> None:
        """Sends the part, or looks a doubtful one up."""
        message = OutgoingMessage.of(attempt)
        parts = channel.parts(message)
        part = parts[attempt.part]
        try:
            if attempt.doubtful:
                await self._look_up(attempt, channel, part, len(parts))
            else:
                await self._accept(attempt, part, len(parts), await channel.send(message, part))
        except SendError as error:
            await self._record(attempt, error, "not looked up" if attempt.doubtful else "not sent")

    async def give_up(self, attempt: Attempt, reason: str) -> None:
        """A dead letter: the conversation goes on without it, a person may send it again."""
        self._count(attempt, "failed")
        log.error("dead letter", conversation=attempt.conversation_id, entry=attempt.entry_id, reason=reason)
        await self._ledger(fail, attempt, self._worker, reason[:200], self._clock.real_now())

    async def _look_up(self, attempt: Attempt, channel: CalledChannel, part: OutgoingPart, total: int) -> None:
        known = await self._ledger(known_ids, attempt.conversation_id)
        wanted = LookUp(address=attempt.address, text=part.text, since=attempt.since - EARLIER, known=known)
        provider_id = await channel.find_sent(wanted)
        now = self._clock.real_now()
        if provider_id is not None:
            await self._accept(attempt, part, total, SendResult(provider_id=provider_id))
        elif channel.absence_is_proof and attempt.doubts <= MAX_DOUBTS:
            self._count(attempt, "resent")
            await self._ledger(postpone, attempt, self._worker, "not in the provider's record", now, now)
        else:
            await self.give_up(attempt, "uncertain: not in the provider's record")

    async def _accept(self, attempt: Attempt, part: OutgoingPart, total: int, result: SendResult) -> None:
        now = self._clock.real_now()
        last = attempt.part + 1 == total
        await self._ledger(
            accept, attempt.delivery_id, attempt.part, result.provider_id, last, part.listed, result.quota, now
        )
        self._count(attempt, "found" if attempt.doubtful else "sent")
        if last:
            self._metrics.delivery_seconds.observe((now - attempt.said_at).total_seconds())

    async def _record(self, attempt: Attempt, error: SendError, event: str) -> None:
        now = self._clock.real_now()
        log.warning(
            event, conversation=attempt.conversation_id, entry=attempt.entry_id, part=attempt.part, reason=error.reason
        )
        if attempt.doubtful:
            await self._again_or_fail(attempt, error, now)
        elif error.uncertain:
            self._count(attempt, "uncertain")
            settle = SETTLE if error.retry_after is None else timedelta(seconds=error.retry_after)
            await self._ledger(doubt, attempt, self._worker, error.reason, now + settle, now)
        elif error.plainer and not attempt.plain:
            self._count(attempt, "plainer")
            await self._ledger(postpone, attempt, self._worker, error.reason, now, now, plain=True)
        elif error.permanent or error.plainer or now - attempt.said_at > GIVE_UP_AFTER:
            await self.give_up(attempt, error.reason)
        else:
            self._count(attempt, "postponed")
            until = now + pause(attempt.attempts, error.retry_after, self._random)
            await self._ledger(postpone, attempt, self._worker, error.reason, until, now)

    async def _again_or_fail(self, attempt: Attempt, error: SendError, now: datetime) -> None:
        """The record could not be read: for some minutes it is asked again, then a person has to look."""
        if error.permanent or now - attempt.since > LOOK_UP_FOR:
            await self.give_up(attempt, f"uncertain: {error.reason}")
            return
        until = now + pause(3, error.retry_after, self._random)
        await self._ledger(doubt, attempt, self._worker, error.reason, until, now)

    def _count(self, attempt: Attempt, outcome: str) -> None:
        self._metrics.deliveries.labels(attempt.channel, outcome).inc()
