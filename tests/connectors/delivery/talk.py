"""A resident who wrote already, and what is said to them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from connectors.core.ledger import LedgerDoor
from ledger.appending import locked_conversation
from ledger.channel_events import conversation_of
from ledger.conversations import find_or_open
from ledger.models import Author, Conversation, Delivery, DeliveryState
from ledger.replies import Reply, append_reply
from tests.support.zalo_road import DEMO, WAIT_S, Road, TestPhone


class Talk:
    """The road to one phone, with the ledger beside it."""

    def __init__(self, road: Road, phone: TestPhone) -> None:
        self.road = road
        self.phone = phone
        self.ledger = LedgerDoor(2)

    async def say(self, *texts: str, author: Author = Author.BOT, buttons: Sequence[Mapping[str, Any]] = ()) -> None:
        """Appends texts to the log."""
        await self.reply(*(Reply(text=text, buttons=buttons) for text in texts), author=author)

    async def reply(self, *replies: Reply, author: Author = Author.BOT) -> None:
        """Appends replies to the log."""

        def append() -> None:
            with locked_conversation(self.conversation()) as conversation:
                for reply in replies:
                    append_reply(conversation, None, reply, author, DEMO.real_now())

        await self.ledger(append)

    def conversation(self) -> str:
        """Its id."""
        found = conversation_of("zalo", self.road.address(self.phone))
        assert found is not None
        return found

    async def until(self, condition: Callable[[], bool]) -> None:
        """Waits until something is so in the ledger."""
        async with asyncio.timeout(WAIT_S):
            while not await self.ledger(condition):
                await asyncio.sleep(0.02)

    async def settled(self) -> list[str]:
        """States of all deliveries once none is open."""
        await self.until(lambda: not Delivery.objects.filter(state__in=["pending", "sending", "uncertain"]).exists())
        return await self.ledger(lambda: list(Delivery.objects.order_by("pk").values_list("state", flat=True)))

    def shown(self) -> list[str]:
        """Texts on the phone."""
        return self.phone.texts()


@asynccontextmanager
async def talking(road: Road) -> AsyncIterator[Talk]:
    """A talk that has begun."""
    phone = road.phone()
    road.platform.residents.chatted(phone.user_id)
    talk = Talk(road, phone)

    def meet() -> None:
        conversation = find_or_open("zalo", road.address(phone), DEMO.real_now())
        Conversation.objects.filter(pk=conversation.pk).update(last_resident_at=DEMO.real_now())

    await talk.ledger(meet)
    yield talk
    talk.ledger.close()


def let_it_settle() -> None:
    """The time that an echo has is over, and so is the pause before a message is sent anew."""
    Delivery.objects.filter(state__in=[DeliveryState.UNCERTAIN, DeliveryState.PENDING]).update(next_at=DEMO.real_now())
