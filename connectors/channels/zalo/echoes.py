"""What Zalo tells of messages of ours: echoes and receipts. They move deliveries, and never reach the assistant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from connectors.channels.zalo.messages import Event, comparable, read_id, read_receipts, read_text
from connectors.channels.zalo.skew import ZaloTime
from connectors.channels.zalo.tokens import CHANNEL
from connectors.core.channel import Gateway
from connectors.core.sending import OutgoingMessage, OutgoingPart
from ledger.attempts import Attempt
from ledger.channel_events import conversation_of, open_for, person_wrote
from ledger.receipts import accept_echo, known_ids, note_receipt, unmatched_attempts

EARLIER = timedelta(seconds=5)  # an echo may be so much older than the attempt it belongs to
type Parts = Callable[[OutgoingMessage], Sequence[OutgoingPart]]


class Echoes:
    """Settles deliveries; ``parts`` says again what calls a message needed."""

    def __init__(self, gateway: Gateway, time: ZaloTime, parts: Parts) -> None:
        self._gateway = gateway
        self._time = time
        self._parts = parts

    async def receipt(self, event: Event) -> str:
        """A phone has messages, or somebody has seen them."""
        if "tracking_id" in event.message:
            return "ignored"  # a ZNS template's receipt has the same name
        seen, now = event.name == "user_seen_message", self._gateway.clock.real_now()
        moved = await self._gateway.ledger(note_receipt, CHANNEL, read_receipts(event), seen, now)
        return "noted" if moved else "unmatched"

    async def echo(self, event: Event) -> str:
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
        now, msg_id = self._gateway.clock.real_now(), read_id(event.message.get("msg_id"), "msg_id")
        conversation_id = await self._gateway.ledger(open_for, CHANNEL, event.address, event.at, now)
        if conversation_id is None:
            return "withdrawn"
        text = read_text(event)
        new = await self._gateway.ledger(person_wrote, conversation_id, event.key, msg_id, admin, text, now)
        self._gateway.follower.nudge()
        return "person" if new else "repeated"

    async def _own(self, event: Event, conversation_id: str, msg_id: str) -> str:
        """The echo may be faster than the answer to the call, or be all that comes: it settles the tried part."""
        if msg_id in await self._gateway.ledger(known_ids, conversation_id):
            return "known"
        for attempt in await self._gateway.ledger(unmatched_attempts, conversation_id):
            parts = self._parts(OutgoingMessage.of(attempt))
            part = parts[attempt.part] if attempt.part < len(parts) else None
            if part is None or not self._is_of(event, attempt, part):
                continue
            last, now = attempt.part + 1 == len(parts), self._gateway.clock.real_now()
            claimed = await self._gateway.ledger(accept_echo, attempt, msg_id, last, part.listed, part.left_out, now)
            return "claimed" if claimed else "known"
        return "unmatched"

    def _is_of(self, event: Event, attempt: Attempt, part: OutgoingPart) -> bool:
        """The same words to the same person, not older than the attempt; without words a picture is told from a form."""
        text = comparable(part.text)
        if comparable(read_text(event)) != text:
            return False
        if not text and bool(part.image) != (event.name == "oa_send_image"):
            return False
        return event.at is None or self._time.ours(event.at) >= attempt.since - EARLIER
