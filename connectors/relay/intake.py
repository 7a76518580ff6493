"""The way in: danger rules first, then the ledger, then the relay; the channel answers only after the commit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from connectors.core.errors import NotReadyError
from connectors.core.follower import Follower
from connectors.core.ledger import LedgerDoor
from connectors.core.metrics import GatewayMetrics
from connectors.snapshot.texts import GatewayTexts
from contracts.clock import Clock
from ledger.inbound import Brake, Received, ResidentMessage, receive

log = structlog.get_logger()
# How long "all texts are there" holds. Looking costs milliseconds, too much for each message; safety texts never
# expire, and the copy that they come from is itself up to two seconds old.
LOOK_AGAIN = timedelta(seconds=1)


class RelayIntake:
    """Implements ``connectors.core.channel.Intake``."""

    def __init__(
        self,
        ledger: LedgerDoor,
        texts: GatewayTexts,
        follower: Follower,
        wake: Callable[[str], None],
        clock: Clock,
        metrics: GatewayMetrics,
    ) -> None:
        self._ledger = ledger
        self._texts = texts
        self._follower = follower
        self._wake = wake
        self._clock = clock
        self._metrics = metrics
        self._complete_at: datetime | None = None

    def is_ready(self) -> bool:
        """See ``Intake.is_ready``."""
        now, seen = self._clock.real_now(), self._complete_at
        if seen is None or not timedelta(0) <= now - seen < LOOK_AGAIN:
            self._complete_at = None if self._texts.missing() else now
        return self._complete_at is not None

    def is_danger(self, text: str) -> bool:
        """See ``Intake.is_danger``."""
        return self._texts.alarm(text) is not None

    async def receive(
        self,
        channel: str,
        conversation_id: str,
        message: ResidentMessage,
        *,
        awaited: bool,
        brake: Brake | None = None,
    ) -> Received:
        """See ``Intake.receive``. Button taps and places carry our own words, so the danger rules skip them."""
        if not self.is_ready():
            raise NotReadyError
        spoken = message.payload is None and message.location is None
        alarm = self._texts.alarm(message.text) if spoken else None
        run = self._ledger.urgent if awaited or alarm is not None else self._ledger
        received = await run(receive, conversation_id, message, alarm, self._clock.real_now(), brake)
        if received.new:
            self._metrics.received.labels(channel).inc()
            if alarm is not None:
                self._metrics.alarms.labels(alarm.key).inc()
                log.warning("danger rule hit", conversation=conversation_id, entry=received.entry_id, key=alarm.key)
        self._follower.nudge()
        if received.needs_turn:
            self._wake(conversation_id)
        return received
