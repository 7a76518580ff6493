"""A dead letter that a lead orders to be sent again: found where it arrived, sent where it did not, never twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from ledger.appending import locked_conversation
from ledger.models import Author, Delivery, DeliveryState
from ledger.resending import dead_letter, resend
from tests.connectors.delivery.talk import Talk, let_it_settle, talking
from tests.support.zalo_road import DEMO, zalo_road


async def _order(talk: Talk) -> None:
    """What the desk does when a lead presses "Gửi lại" on the only dead letter."""

    def order() -> None:
        with locked_conversation(talk.conversation()) as conversation:
            letter = dead_letter(conversation, Delivery.objects.get(state=DeliveryState.FAILED).pk)
            assert letter is not None
            resend(letter, "Lê Thị Hoa", DEMO.real_now())

    await talk.ledger(order)


async def test_it_is_sent_when_it_never_arrived(talk: Talk) -> None:
    talk.road.platform.residents.set_blocking(talk.phone.user_id, True)
    await talk.say("một", author=Author.OPERATOR)
    assert await talk.settled() == [DeliveryState.FAILED]
    talk.road.platform.residents.set_blocking(talk.phone.user_id, False)

    await _order(talk)

    assert set(await talk.settled()) <= {"sent", "delivered"}
    assert talk.shown() == ["một"]


async def test_it_is_found_and_not_sent_when_it_arrived_after_all(talk: Talk) -> None:
    await talk.say("một", author=Author.OPERATOR)
    await talk.settled()

    def lose_it() -> None:
        Delivery.objects.update(state=DeliveryState.FAILED, part=0, provider_ids=[], provider_id="", error="uncertain")

    await talk.ledger(lose_it)
    await _order(talk)

    assert set(await talk.settled()) <= {"sent", "delivered"}
    assert talk.shown() == ["một"]


async def test_it_is_found_behind_many_later_messages(talk: Talk) -> None:
    await talk.say("một", author=Author.OPERATOR)
    await talk.settled()
    await talk.say(*(f"lời {number}" for number in range(24)), author=Author.OPERATOR)
    await talk.settled()
    first = await talk.ledger(lambda: Delivery.objects.order_by("pk")[0].pk)

    def lose_it() -> None:
        lost = {"state": DeliveryState.FAILED, "part": 0, "provider_ids": [], "provider_id": ""}
        Delivery.objects.filter(pk=first).update(**lost)

    await talk.ledger(lose_it)
    await _order(talk)
    await talk.settled()

    assert talk.shown().count("một") == 1


async def test_it_is_refused_again_with_the_reason(talk: Talk) -> None:
    talk.road.platform.residents.set_blocking(talk.phone.user_id, True)
    await talk.say("một", author=Author.OPERATOR)
    await talk.settled()

    await _order(talk)

    assert await talk.settled() == [DeliveryState.FAILED]
    assert "-244" in await talk.ledger(lambda: Delivery.objects.get().error)


async def test_absence_is_enough_for_a_lead_where_it_is_no_proof_for_us(engine: Any, tmp_path: Path) -> None:
    async with zalo_road(tmp_path, engine.app(), DEMO, {"ZALO_RESEND_WHEN_ABSENT": "no"}) as road:
        await road.connect()
        async with talking(road) as talk:
            road.fault("server_error")
            await talk.say("một", author=Author.OPERATOR)
            await talk.until(lambda: Delivery.objects.filter(state=DeliveryState.UNCERTAIN).exists())
            await talk.ledger(let_it_settle)
            assert await talk.settled() == [DeliveryState.FAILED]
            assert talk.shown() == []

            await _order(talk)

            assert set(await talk.settled()) <= {"sent", "delivered"}
            assert talk.shown() == ["một"]


async def test_an_old_message_gets_its_time_again(talk: Talk) -> None:
    talk.road.platform.residents.set_blocking(talk.phone.user_id, True)
    await talk.say("một", author=Author.OPERATOR)
    await talk.settled()
    talk.road.platform.residents.set_blocking(talk.phone.user_id, False)
    long_ago = DEMO.real_now() - timedelta(days=2)
    await talk.ledger(lambda: Delivery.objects.get().entry.__class__.objects.update(at=long_ago))
    talk.road.fault("rate_limited")

    await _order(talk)

    await talk.until(lambda: Delivery.objects.filter(state="pending", attempts=1).exists())
    assert talk.shown() == []
