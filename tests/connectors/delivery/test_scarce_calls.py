"""When calls are scarce: the minute's limit is kept, persons and safety texts go first, a dead account keeps its messages."""

from __future__ import annotations

import asyncio

from ledger.models import Delivery, DeliveryState
from tests.connectors.delivery.talk import Talk
from tests.support.zalo_road import WAIT_S

MANY = 60  # more than two minutes allow: a minute may end in the middle of a test


def _refusals(talk: Talk) -> list[str]:
    return list(Delivery.objects.exclude(error="").values_list("error", flat=True))


async def test_the_limit_is_kept_before_zalo_refuses(talk: Talk) -> None:
    limit = talk.road.platform.limit
    limit.per_minute = 20
    await talk.say(*(f"lời {number}" for number in range(MANY)))

    await talk.until(lambda: Delivery.objects.filter(error="limit per minute").exists())

    assert await talk.ledger(_refusals, talk) == ["limit per minute"]
    assert int(limit.headers()["X-RateLimit-Remain"]) >= 2


async def test_a_safety_text_uses_the_reserve(talk: Talk) -> None:
    talk.road.platform.limit.per_minute = 20
    await talk.say(*(f"lời {number}" for number in range(MANY)))
    await talk.until(lambda: Delivery.objects.filter(error="limit per minute").exists())
    other = talk.road.phone("Mai")

    other.hands.send_text("mẹ tôi khó thở tím môi")

    async with asyncio.timeout(WAIT_S):
        assert "115" in (await other.wait_for(1))[0].text


async def test_messages_wait_while_the_account_cannot_send(talk: Talk) -> None:
    talk.road.fault("account_disabled")  # once: a second call would get through
    await talk.say("một", "hai")
    await talk.until(lambda: Delivery.objects.filter(state=DeliveryState.PENDING, attempts=1).exists())

    waiting = await talk.ledger(lambda: Delivery.objects.order_by("pk")[0])

    assert waiting.error == "zalo -204: OA disabled"
    assert talk.shown() == []
    await talk.ledger(lambda: Delivery.objects.filter(pk=waiting.pk).update(next_at=waiting.changed_at))
    await talk.until(lambda: Delivery.objects.filter(state=DeliveryState.PENDING, attempts=2).exists())
    assert talk.shown() == []  # nobody calls before five minutes have passed
