"""What a channel is to the rest of the gateway, and what the rest is to a channel."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web

from connectors.core.follower import Follower
from connectors.core.inbox import Inbox
from connectors.core.ledger import LedgerDoor
from connectors.core.metrics import GatewayMetrics
from connectors.core.pace import Pace
from contracts.clock import Clock
from ledger.inbound import Brake, Received, ResidentMessage
from ledger.media import MediaStore
from ledger.replies import Reply


class Intake(Protocol):
    """Where a channel hands over what a resident sent."""

    def is_ready(self) -> bool:
        """Whether every text is there without which no message may be taken."""

    def is_danger(self, text: str) -> bool:
        """Whether a danger rule hits: such an event is worked on before all others."""

    async def receive(
        self,
        channel: str,
        conversation_id: str,
        message: ResidentMessage,
        *,
        awaited: bool,
        brake: Brake | None = None,
    ) -> Received:
        """Danger rules, then the ledger (committed), then the relay is woken.

        ``awaited``: somebody waits for the outcome at the other end of a request, so it goes before the relay's work.
        ``brake``: the message is kept, but gets no turn; danger passes all the same.

        Raises:
            NotReadyError: no safety texts yet.
            RepeatedIdError: the external id was used with another body.
        """


@dataclass(frozen=True, kw_only=True)
class Gateway:
    """What a channel may use of the gateway.

    ``pace`` says who writes too fast, ``busy`` is the approved answer to that; ``forget`` makes the engine forget a conversation;
    ``welcome`` is the approved greeting for who opens a chat, None when there is none in force.
    """

    ledger: LedgerDoor
    follower: Follower
    inbox: Inbox
    intake: Intake
    clock: Clock
    metrics: GatewayMetrics
    media: MediaStore
    pace: Pace
    busy: Callable[[], Reply]
    forget: Callable[[str], Awaitable[None]]
    welcome: Callable[[], Reply | None]


class Channel(Protocol):
    """A way on which residents reach the assistant."""

    name: str

    def add_routes(self, app: web.Application) -> None:
        """Adds the channel's addresses to the public application."""
