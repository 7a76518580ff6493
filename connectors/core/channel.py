"""What a channel is to the rest of the gateway, and what the rest is to a channel."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web

from connectors.core.follower import Follower
from connectors.core.ledger import LedgerDoor
from connectors.core.media import MediaStore
from connectors.core.metrics import GatewayMetrics
from contracts.clock import Clock
from ledger.inbound import Received, ResidentMessage
from ledger.replies import Reply


class NotReadyError(Exception):
    """The gateway has no approved safety texts yet, so it must not accept a resident's message."""


class Intake(Protocol):
    """Where a channel hands over what a resident sent."""

    async def receive(self, channel: str, conversation_id: str, message: ResidentMessage) -> Received:
        """Danger rules, then the ledger (committed), then the relay is woken.

        Raises:
            NotReadyError: no safety texts yet.
            RepeatedIdError: the external id was used with another body.
        """


@dataclass(frozen=True, kw_only=True)
class Gateway:
    """What a channel may use of the gateway.

    ``busy_text`` is the approved sentence for who writes too fast; ``forget`` makes the engine forget a conversation;
    ``welcome`` is the approved greeting for who opens a chat, None when there is none in force.
    """

    ledger: LedgerDoor
    follower: Follower
    intake: Intake
    clock: Clock
    metrics: GatewayMetrics
    media: MediaStore
    busy_text: Callable[[], str]
    forget: Callable[[str], Awaitable[None]]
    welcome: Callable[[], Reply | None]


class Channel(Protocol):
    """A way on which residents reach the assistant."""

    name: str

    def add_routes(self, app: web.Application) -> None:
        """Adds the channel's addresses to the public application."""
