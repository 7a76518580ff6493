"""What each event of Zalo does. Whatever is not named here is answered with 200 and counted, nothing more."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

import structlog

from connectors.channels.zalo.messages import (
    MEDIA,
    Event,
    UnreadableEventError,
    button_token,
    comparable,
    list_number,
    parse_event,
    read_id,
    read_location,
    read_receipts,
    read_text,
)
from connectors.channels.zalo.tokens import CHANNEL
from connectors.core.channel import Gateway
from connectors.core.sending import OutgoingMessage, OutgoingPart
from ledger.channel_events import conversation_of, greet, listed_choice, person_wrote, withdraw
from ledger.conversations import find_or_open
from ledger.deliveries import accept
from ledger.inbound import RepeatedIdError, ResidentMessage, button_payload
from ledger.inbox import event_key
from ledger.receipts import known_ids, note_receipt, unmatched_attempts

log = structlog.get_logger()
EARLIER = timedelta(seconds=5)  # an echo may be so much older than the attempt it belongs to
type Parts = Callable[[OutgoingMessage], Sequence[OutgoingPart]]


class Events:
    """Gives genuine events their effect; each handler returns a word for the metrics."""

    def __init__(self, gateway: Gateway, accounts: Collection[str], parts: Parts) -> None:
        self._gateway = gateway
        self._accounts = accounts
        self._parts = parts
        self._handlers: dict[str, Callable[[Event], Awaitable[str]]] = {
            "user_send_text": self._text,
            "user_send_location": self._location,
            **dict.fromkeys(MEDIA, self._media),
            "follow": self._greet,
            "user_click_chatnow": self._greet,
            "user_received_message": self._receipt,
            "user_seen_message": self._receipt,
            "user_withdraw": self._withdraw,
        }

    def refusal(self, event: Event) -> str:
        """Why nothing is done with an event; empty when it is to be stored and handled."""
        if self._handler(event) is None:
            return "ignored"
        if not event.oa_id or not event.user_id or (event.by_oa and event.name.startswith("user_send_")):
            return "foreign"  # another OA of the app, or a group: a reply to the sender would go astray
        return ""

    async def handle(self, body: str) -> None:
        """What a stored event asks for; its effect is committed on return, and happens once however often this runs.

        Raises:
            NotReadyError, DatabaseError: to be tried again.
        """
        label, outcome = "other", "unreadable"
        try:
            event = parse_event(json.loads(body), self._accounts)
            label, handler = self.label(event), self._handler(event)
            outcome = "ignored" if handler is None else await handler(event)
        except UnreadableEventError as error:
            log.warning("event unreadable", event_name=label, reason=str(error))
        self._gateway.metrics.channel_events.labels(CHANNEL, label, outcome).inc()

    def _handler(self, event: Event) -> Callable[[Event], Awaitable[str]] | None:
        if event.name.startswith("oa_send_") and "_anonymous_" not in event.name:
            return self._echo
        return self._handlers.get(event.name)

    def label(self, event: Event) -> str:
        """The event's name for the metrics; names that we do not know share one label."""
        known = event.name in self._handlers or event.name.startswith("oa_send_")
        return event.name if known and len(event.name) < 40 else "other"

    async def _text(self, event: Event) -> str:
        text = read_text(event)
        token, number = button_token(text), list_number(text)
        conversation_id = await self._open(event)
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

    async def _location(self, event: Event) -> str:
        place = read_location(event)
        message = self._message(event, "Vị trí của tôi", location={"lat": place.lat, "lng": place.lng})
        return await self._receive(event, await self._open(event), message)

    async def _media(self, event: Event) -> str:
        kind = MEDIA[event.name]
        # The text beside a contact card is somebody's name, not a question.
        message = self._message(event, "" if kind == "card" else read_text(event), meta={"media": kind})
        return await self._receive(event, await self._open(event), message)

    async def _receive(self, event: Event, conversation_id: str, message: ResidentMessage) -> str:
        try:
            received = await self._gateway.intake.receive(CHANNEL, conversation_id, message, awaited=False)
        except RepeatedIdError:
            log.warning("message id used twice", conversation=conversation_id)
            return "conflict"
        return "taken" if received.new else "repeated"

    async def _greet(self, event: Event) -> str:
        conversation_id = await self._open(event)
        welcome, now = self._gateway.welcome(), self._gateway.clock.real_now()
        greeted = await self._gateway.ledger(greet, conversation_id, key_of(event), welcome, now)
        self._gateway.follower.nudge()
        return "greeted" if greeted else "noted"

    async def _receipt(self, event: Event) -> str:
        if "tracking_id" in event.message:
            return "ignored"  # a ZNS template's receipt has the same name
        seen, now = event.name == "user_seen_message", self._gateway.clock.real_now()
        moved = await self._gateway.ledger(note_receipt, CHANNEL, read_receipts(event), seen, now)
        return "noted" if moved else "unmatched"

    async def _withdraw(self, event: Event) -> str:
        conversation_id = await self._gateway.ledger(conversation_of, CHANNEL, event.address)
        if conversation_id is None:
            return "unmatched"
        now = self._gateway.clock.real_now()
        erased = await self._gateway.ledger(withdraw, conversation_id, key_of(event), now)
        if erased:
            await self._gateway.forget(conversation_id)
            log.info("data erased on withdrawal", conversation=conversation_id)
        return "erased" if erased else "repeated"

    async def _echo(self, event: Event) -> str:
        """Our own message comes back, or a person's from the OA Manager."""
        if not event.by_oa:
            return "foreign"
        sender = event.body.get("sender")
        admin = sender.get("admin_id") if isinstance(sender, dict) else None
        if admin is not None and admin != "":
            return await self._person(event, read_id(admin, "admin_id"))
        conversation_id = await self._gateway.ledger(conversation_of, CHANNEL, event.address)
        if conversation_id is None:
            return "unmatched"
        return await self._own(event, conversation_id, read_id(event.message.get("msg_id"), "msg_id"))

    async def _person(self, event: Event, admin: str) -> str:
        conversation_id, now = await self._open(event), self._gateway.clock.real_now()
        msg_id = read_id(event.message.get("msg_id"), "msg_id")
        new = await self._gateway.ledger(
            person_wrote, conversation_id, key_of(event), msg_id, admin, read_text(event), now
        )
        self._gateway.follower.nudge()
        return "person" if new else "repeated"

    async def _own(self, event: Event, conversation_id: str, msg_id: str) -> str:
        """The echo may be faster than the answer to the call, or be all that comes: it settles the tried part."""
        if msg_id in await self._gateway.ledger(known_ids, conversation_id):
            return "known"
        text = comparable(read_text(event))
        for attempt in await self._gateway.ledger(unmatched_attempts, conversation_id):
            parts = self._parts(OutgoingMessage.of(attempt))
            part = parts[attempt.part] if attempt.part < len(parts) else None
            if part is None or comparable(part.text) != text or event.at < attempt.since - EARLIER:
                continue
            last, now = attempt.part + 1 == len(parts), self._gateway.clock.real_now()
            await self._gateway.ledger(accept, attempt.delivery_id, attempt.part, msg_id, last, part.listed, "", now)
            return "claimed"
        return "unmatched"

    async def _open(self, event: Event) -> str:
        now = self._gateway.clock.real_now()
        return (await self._gateway.ledger(find_or_open, CHANNEL, event.address, now)).pk

    def _message(
        self,
        event: Event,
        text: str,
        payload: Mapping[str, Any] | None = None,
        location: Mapping[str, float] | None = None,
        meta: Mapping[str, Any] | None = None,
    ) -> ResidentMessage:
        return ResidentMessage(
            external_id=read_id(event.message.get("msg_id"), "msg_id"),
            text=text,
            payload=payload,
            location=location,
            meta=meta or {},
            event=key_of(event),
        )


def key_of(event: Event) -> str:
    return event_key(CHANNEL, event.name, event.identity)
