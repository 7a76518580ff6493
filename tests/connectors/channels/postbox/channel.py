"""A third channel, written by CONTRIBUTING's checklist alone: a provider that is asked for news over JSON, by long polls."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import aiohttp
from aiohttp import web
from django.db import DatabaseError

from connectors.core.channel import Gateway
from connectors.core.errors import NotReadyError
from connectors.core.inbox import InboxFullError
from connectors.core.sending import LookUp, OutgoingMessage, OutgoingPart, SendError, SendResult
from contracts.text import clean_text
from ledger.channel_events import open_for
from ledger.inbound import RepeatedIdError, ResidentMessage
from ledger.inbox import Arrival, event_key

NAME = "postbox"
WAIT_S = 2.0
PAUSE_S = 0.05


class PostboxChannel:
    """Residents behind the provider; their address is the provider's id of the person."""

    name = NAME
    absence_is_proof = True

    def __init__(self, gateway: Gateway, url: str) -> None:
        self._gateway = gateway
        self._url = url
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5, connect=3))
        gateway.inbox.serve(NAME, self.take)

    def add_routes(self, app: web.Application) -> None:
        """The provider is asked, it does not call."""

    async def run(self) -> None:
        """Asks for news; what is not yet in the inbox is asked for again."""
        seen = 0
        while True:
            try:
                query = {"after": str(seen), "wait": str(WAIT_S)}
                async with self._session.get(f"{self._url}/updates", params=query) as response:
                    updates = (await response.json())["updates"]
                for update in updates:
                    await self._store(update)
                    seen = update["number"]
            except (aiohttp.ClientError, TimeoutError, DatabaseError, NotReadyError, InboxFullError):
                await asyncio.sleep(PAUSE_S)

    async def take(self, body: str) -> None:
        """The effect of a stored event: the person's message, once."""
        update: dict[str, Any] = json.loads(body)
        now = self._gateway.clock.real_now()
        conversation_id = await self._gateway.ledger(open_for, NAME, update["from"], None, now)
        if conversation_id is None:
            return
        message = ResidentMessage(external_id=update["id"], text=clean_text(update["text"]), event=_key(update))
        try:
            await self._gateway.intake.receive(NAME, conversation_id, message, awaited=False)
        except RepeatedIdError:
            return

    def parts(self, message: OutgoingMessage) -> Sequence[OutgoingPart]:
        """One call; there are no buttons here, so choices are lines."""
        lines = [message.text, *(f"- {button['title']}" for button in message.buttons)]
        text = "\n".join(lines)
        return [OutgoingPart(text=text, body={"text": text})]

    async def send(self, message: OutgoingMessage, part: OutgoingPart) -> SendResult:
        """See ``CalledChannel.send``."""
        body = {"to": message.address, **part.body}
        try:
            async with self._session.post(f"{self._url}/messages", json=body) as response:
                if response.status != 200:
                    raise SendError(f"http {response.status}", uncertain=True, retry_after=0.1)
                return SendResult(provider_id=(await response.json())["id"])
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise SendError("unreachable") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SendError(type(error).__name__, uncertain=True) from error

    async def find_sent(self, doubtful: LookUp) -> str | None:
        """See ``CalledChannel.find_sent``."""
        try:
            async with self._session.get(f"{self._url}/messages", params={"to": doubtful.address}) as response:
                record = await response.json()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SendError(type(error).__name__) from error
        found = (one["id"] for one in record if one["text"] == doubtful.part.text and one["id"] not in doubtful.known)
        return next(found, None)

    async def close(self) -> None:
        """See ``CalledChannel.close``."""
        await self._session.close()

    async def _store(self, update: dict[str, Any]) -> None:
        if not self._gateway.intake.is_ready():
            raise NotReadyError
        urgent = self._gateway.intake.is_danger(clean_text(update["text"]))
        body = json.dumps(update)  # ASCII: a lone surrogate would fit no database
        await self._gateway.inbox.put(
            Arrival(channel=NAME, key=_key(update), lane=update["from"], body=body, urgent=urgent)
        )


def _key(update: dict[str, Any]) -> str:
    return event_key(NAME, "message", f"{update['from']}:{update['id']}")
