"""One attempt: a part is sent or looked up, and the ledger learns what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import structlog

from connectors.core.ledger import LedgerDoor
from connectors.core.metrics import GatewayMetrics
from connectors.core.sending import CalledChannel, LookUp, OutgoingMessage, OutgoingPart, SendError, SendResult
from connectors.delivery.backoff import GIVE_UP_AFTER, LOOK_UP_FOR, RESENT_AT_LEAST, RESENT_FOR, pause
from contracts.clock import Clock
from ledger.attempts import Attempt
from ledger.deliveries import SETTLE, accept, doubt, fail, postpone
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

    async def run(self, attempt: Attempt, channel: CalledChannel) -> bool:
        """Sends the part, or looks a doubtful one up; whether the conversation may have more to do at once."""
        message = OutgoingMessage.of(attempt)
        parts = channel.parts(message)
        part = parts[attempt.part]
        try:
            if attempt.doubtful:
                return await self._look_up(attempt, channel, part, len(parts))
            return await self._accept(attempt, part, len(parts), await channel.send(message, part))
        except SendError as error:
            return await self._record(attempt, error, "not looked up" if attempt.doubtful else "not sent")

    async def give_up(self, attempt: Attempt, reason: str, refused: bool = False) -> None:
        """A dead letter: the conversation goes on without it, a person may send it again; ``refused``: it did not arrive."""
        self._count(attempt, "failed")
        log.error("dead letter", conversation=attempt.conversation_id, entry=attempt.entry_id, reason=reason)
        await self._ledger(fail, attempt, self._worker, reason[:200], self._clock.real_now(), refused)

    async def _look_up(self, attempt: Attempt, channel: CalledChannel, part: OutgoingPart, total: int) -> bool:
        known = await self._ledger(known_ids, attempt.conversation_id)
        wanted = LookUp(address=attempt.address, part=part, since=attempt.since - EARLIER, known=known)
        provider_id = await channel.find_sent(wanted)
        now = self._clock.real_now()
        if provider_id is not None:
            return await self._accept(attempt, part, total, SendResult(provider_id=provider_id))
        # Who orders a dead letter to be sent again answers for what the record lacks.
        proof = channel.absence_is_proof or attempt.ordered
        if not proof or (attempt.doubts > RESENT_AT_LEAST and now - attempt.wanted_at > RESENT_FOR):
            await self.give_up(attempt, "uncertain: not in the provider's record")
            return True
        self._count(attempt, "resent")
        until = now + pause(attempt.doubts, None, self._random)
        await self._ledger(postpone, attempt, self._worker, "not in the provider's record", until, now)
        return False

    async def _accept(self, attempt: Attempt, part: OutgoingPart, total: int, result: SendResult) -> bool:
        now = self._clock.real_now()
        last = attempt.part + 1 == total
        left_out = result.left_out or part.left_out
        accepted = await self._ledger(
            accept,
            attempt.delivery_id,
            attempt.part,
            result.provider_id,
            last,
            part.listed,
            result.quota,
            now,
            left_out,
        )
        self._count(attempt, "found" if attempt.doubtful else "sent")
        if last:
            self._metrics.delivery_seconds.observe((now - attempt.wanted_at).total_seconds())
        return accepted.more

    async def _record(self, attempt: Attempt, error: SendError, event: str) -> bool:
        now = self._clock.real_now()
        log.warning(
            event, conversation=attempt.conversation_id, entry=attempt.entry_id, part=attempt.part, reason=error.reason
        )
        if attempt.doubtful:
            return await self._again_or_fail(attempt, error, now)
        if error.uncertain:
            self._count(attempt, "uncertain")
            settle = SETTLE if error.retry_after is None else timedelta(seconds=error.retry_after)
            await self._ledger(doubt, attempt, self._worker, error.reason, now + settle, now)
            return False
        if error.plainer and not attempt.plain:
            self._count(attempt, "plainer")
            await self._ledger(postpone, attempt, self._worker, error.reason, now, now, plain=True)
            return True
        if error.permanent or error.plainer or now - attempt.wanted_at > GIVE_UP_AFTER:
            await self.give_up(attempt, error.reason, refused=True)
            return True
        self._count(attempt, "postponed")
        until = now + pause(attempt.attempts, error.retry_after, self._random)
        await self._ledger(postpone, attempt, self._worker, error.reason, until, now)
        return False

    async def _again_or_fail(self, attempt: Attempt, error: SendError, now: datetime) -> bool:
        """The record could not be read: for some minutes it is asked again, then a person has to look."""
        if error.permanent or now - max(attempt.since, attempt.wanted_at) > LOOK_UP_FOR:
            await self.give_up(attempt, f"uncertain: {error.reason}")
            return True
        until = now + pause(3, error.retry_after, self._random)
        await self._ledger(doubt, attempt, self._worker, error.reason, until, now)
        return False

    def _count(self, attempt: Attempt, outcome: str) -> None:
        self._metrics.deliveries.labels(attempt.channel, outcome).inc()
