"""What residents do on Zalo: write, tap, share a place, send a file, fill in a form, open the chat, withdraw."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog

from connectors.channels.zalo.attachments import (
    MEDIA,
    read_card,
    read_contact,
    read_files,
    read_link,
    read_location,
)
from connectors.channels.zalo.messages import Event, button_token, list_number, read_id, read_text
from connectors.channels.zalo.tokens import CHANNEL
from connectors.core.channel import Gateway
from ledger.channel_events import greet, listed_choice, open_for, shared_contact, withdraw
from ledger.inbound import Brake, RepeatedIdError, ResidentMessage, button_payload

log = structlog.get_logger()
LATE = "tin_den_muon"  # why a person is asked for a message that came too late
# Zalo repeats an event for 44 hours at the longest that anybody tells; an older time is no time of this event.
BELIEVED = timedelta(days=7)
CLOCKS_APART = timedelta(days=1)  # at most; a later time would keep out a new beginning


class Residents:
    """Takes in what residents do; ``answer_within`` is how late a message may come and still be answered by itself."""

    def __init__(self, gateway: Gateway, answer_within: timedelta) -> None:
        self._gateway = gateway
        self._answer_within = answer_within

    async def text(self, event: Event) -> str:
        """A question, a tapped button, or the number of a choice."""
        text = read_text(event)
        conversation_id = await self._open(event)
        if conversation_id is None:
            return "withdrawn"
        token, number = button_token(text), list_number(text)
        if number is not None:
            token = await self._gateway.ledger(listed_choice, conversation_id, number)
        if token is None:
            return await self._receive(event, conversation_id, self._message(event, text))
        button = await self._gateway.ledger(button_payload, conversation_id, token)
        if button is None:
            # Typed, forged, or of an erased message: it opens nothing, and the engine has no use for it.
            message = self._message(event, text, meta={"button": "unknown"})
            return await self._receive(event, conversation_id, message)
        title, payload = button
        return await self._receive(event, conversation_id, self._message(event, title, payload=payload))

    async def location(self, event: Event) -> str:
        """A place, for the nearest sites."""
        place = read_location(event)
        location = {"lat": place.lat, "lng": place.lng}
        return await self._take(event, self._message(event, "Vị trí của tôi", location=location))

    async def link(self, event: Event) -> str:
        """An address that the resident shares is words like any other; it is never opened."""
        text, address = read_text(event), read_link(event)
        words = text if address in text else f"{text}\n{address}".strip()
        return await self._take(event, self._message(event, words))

    async def media(self, event: Event) -> str:
        """A file for the operator; what stands under a picture is a question."""
        kind = MEDIA[event.name]
        if kind == "card":
            # The text beside a contact card is somebody's name, not a question.
            card = read_card(event)
            return await self._take(event, self._message(event, "", meta={"media": kind, "contact": card}))
        return await self._take(event, self._message(event, read_text(event), meta={"media": kind}, files=True))

    async def greet(self, event: Event) -> str:
        """Follow, or the chat opened for the first time."""
        conversation_id = await self._open(event)
        if conversation_id is None:
            return "withdrawn"
        welcome, now = self._gateway.welcome(), self._gateway.clock.real_now()
        acted = self._acted_at(event)
        greeted = await self._gateway.ledger(greet, conversation_id, event.key, welcome, acted, now)
        self._gateway.follower.nudge()
        return "greeted" if greeted else "noted"

    async def contact(self, event: Event) -> str:
        """Name, phone, address: personal data, for the operator alone."""
        contact, conversation_id = read_contact(event), await self._open(event)
        if conversation_id is None:
            return "withdrawn"
        now = self._gateway.clock.real_now()
        new = await self._gateway.ledger(shared_contact, conversation_id, event.key, contact, now)
        self._gateway.follower.nudge()
        return "taken" if new else "repeated"

    async def withdraw(self, event: Event) -> str:
        """Everything of this person goes: words, files, the engine's memory."""
        now = self._gateway.clock.real_now()
        acted = min(event.at or now, now + CLOCKS_APART)
        done = await self._gateway.ledger(withdraw, CHANNEL, event.address, event.key, acted, now)
        if done is None:
            return "repeated"
        conversation_id, files = done
        if not conversation_id:
            return "unmatched"
        await asyncio.to_thread(self._gateway.media.remove, files)
        await self._gateway.forget(conversation_id)
        log.info("data erased on withdrawal", conversation=conversation_id)
        return "erased"

    async def _take(self, event: Event, message: ResidentMessage) -> str:
        conversation_id = await self._open(event)
        return "withdrawn" if conversation_id is None else await self._receive(event, conversation_id, message)

    async def _receive(self, event: Event, conversation_id: str, message: ResidentMessage) -> str:
        brake = self._brake(event)
        try:
            received = await self._gateway.intake.receive(CHANNEL, conversation_id, message, awaited=False, brake=brake)
        except RepeatedIdError:
            log.warning("message id used twice", conversation=conversation_id)
            return "conflict"
        if not received.new:
            return "repeated"
        return "taken" if received.needs_turn or brake is None else "held_back"

    def _brake(self, event: Event) -> Brake | None:
        acted = self._acted_at(event)
        if acted is not None and self._gateway.clock.real_now() - acted > self._answer_within:
            return Brake(reason=LATE)
        if self._gateway.pace.allow(f"{CHANNEL}:{event.address}"):
            return None
        return Brake(notice=self._gateway.busy())

    def _acted_at(self, event: Event) -> datetime | None:
        """When the resident did it; None when the event's time cannot be true."""
        at = event.at
        return at if at is not None and self._gateway.clock.real_now() - at < BELIEVED else None

    async def _open(self, event: Event) -> str | None:
        now = self._gateway.clock.real_now()
        return await self._gateway.ledger(open_for, CHANNEL, event.address, event.at, now)

    def _message(
        self,
        event: Event,
        text: str,
        payload: Mapping[str, Any] | None = None,
        location: Mapping[str, float] | None = None,
        meta: Mapping[str, Any] | None = None,
        files: bool = False,
    ) -> ResidentMessage:
        return ResidentMessage(
            external_id=read_id(event.message.get("msg_id"), "msg_id"),
            text=text,
            payload=payload,
            location=location,
            meta=meta or {},
            event=event.key,
            acted_at=self._acted_at(event),
            files=read_files(event) if files else (),
        )
