"""Whatever the platform does to a message: it reaches the phone once, in order, or becomes a dead letter with a reason."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from connectors.delivery.backoff import RESENT_FOR
from ledger.appending import locked_conversation
from ledger.models import Author, Conversation, Delivery, DeliveryState, Entry
from ledger.replies import Reply, append_reply
from tests.connectors.delivery.talk import Talk, let_it_settle
from tests.support.zalo_road import DEMO, WAIT_S, Road


async def test_it_waits_for_nothing_when_all_is_well(talk: Talk) -> None:
    await talk.say("một", "hai", "ba")

    assert set(await talk.settled()) <= {"sent", "delivered"}
    assert talk.shown() == ["một", "hai", "ba"]


async def test_a_lost_reply_is_settled_by_the_echo(talk: Talk) -> None:
    talk.road.fault("lost_reply", value=5)
    await talk.say("một", "hai")

    await talk.settled()

    assert talk.shown() == ["một", "hai"]


async def test_a_lost_reply_without_echo_is_settled_by_the_record(talk: Talk) -> None:
    talk.road.platform.webhooks.subscribed = False
    talk.road.fault("lost_reply", value=5)
    await talk.say("một", "hai")
    await talk.until(lambda: Delivery.objects.filter(state=DeliveryState.UNCERTAIN).exists())
    assert talk.shown() == ["một"]
    await talk.ledger(let_it_settle)

    assert await talk.settled() == ["sent", "sent"]
    assert talk.shown() == ["một", "hai"]


async def test_a_clock_that_is_an_hour_ahead_hides_no_sent_message(talk: Talk) -> None:
    """Of the gateway, beside Zalo's; no event has come yet that would tell."""
    talk.road.platform.webhooks.subscribed = False
    talk.road.platform.move_clock(-3600)
    talk.road.fault("lost_reply", value=5)
    await talk.say("một", "hai")
    await talk.until(lambda: Delivery.objects.filter(state=DeliveryState.UNCERTAIN).exists())
    await talk.ledger(let_it_settle)

    assert await talk.settled() == ["sent", "sent"]
    assert talk.shown() == ["một", "hai"]


async def test_a_5xx_is_sent_again_only_after_the_record_shows_nothing(talk: Talk) -> None:
    talk.road.fault("server_error")
    await talk.say("một", "hai")

    await talk.settled()

    assert talk.shown() == ["một", "hai"]


async def test_a_message_goes_out_after_many_errors_of_the_server(talk: Talk) -> None:
    talk.road.fault("server_error", count=6)
    await talk.say("một", "hai")

    async with asyncio.timeout(WAIT_S * 2):
        while len(talk.shown()) < 2:
            await talk.ledger(let_it_settle)
            await asyncio.sleep(0.05)

    assert talk.shown() == ["một", "hai"]


async def test_a_message_that_is_not_accepted_for_ten_minutes_becomes_a_dead_letter(talk: Talk) -> None:
    talk.road.fault("server_error", count=4)
    await talk.say("một", "hai")
    await talk.ledger(_wanted_ten_minutes_ago)

    async with asyncio.timeout(WAIT_S * 2):
        while not talk.shown():
            await talk.ledger(let_it_settle)
            await asyncio.sleep(0.05)

    assert (await talk.settled())[0] == DeliveryState.FAILED
    assert talk.shown() == ["hai"]
    assert "uncertain" in await talk.ledger(lambda: Delivery.objects.order_by("pk")[0].error)


async def test_two_equal_messages_are_two(talk: Talk) -> None:
    talk.road.fault("server_error")
    await talk.say("Bạn chờ nhé.", "Bạn chờ nhé.")

    await talk.settled()

    assert talk.shown() == ["Bạn chờ nhé.", "Bạn chờ nhé."]


async def test_a_dead_token_is_refreshed_and_the_message_goes_on(talk: Talk) -> None:
    talk.road.fault("token_invalid")
    await talk.say("một")

    await talk.settled()

    assert talk.shown() == ["một"]
    assert talk.road.platform.store.number("SELECT count(*) FROM token_pair") == 2


async def test_a_token_that_was_replaced_elsewhere_is_read_anew(talk: Talk) -> None:
    talk.road.platform.store.run("UPDATE token_pair SET access_expires_ms = 0")
    await talk.say("một", "hai")

    await talk.settled()

    assert talk.shown() == ["một", "hai"]


async def test_it_waits_for_the_next_minute_at_the_limit(talk: Talk) -> None:
    talk.road.fault("rate_limited")
    await talk.say("một")
    await talk.until(lambda: Delivery.objects.filter(state="pending", attempts=1).exists())

    waiting = await talk.ledger(Delivery.objects.get)

    assert "-32" in waiting.error
    assert timedelta(0) < waiting.next_at - DEMO.real_now() <= timedelta(seconds=61 * 1.2)
    assert talk.shown() == []


async def test_three_thousand_characters_arrive_in_two_messages(talk: Talk) -> None:
    text = "Người tiếp xúc gần cần theo dõi sức khỏe tại nhà. " * 60
    choice = {"title": "Khẩu trang", "payload": {"answer": "5k/khau_trang", "slots": {}}}

    await talk.say(text, buttons=[choice])
    await talk.settled()

    first, second = talk.phone.shown()
    assert max(len(first.text), len(second.text)) <= 2000
    assert f"{first.text} {second.text}" == text.strip()
    assert [bool(message.detail.get("buttons")) for message in (first, second)] == [False, True]
    assert len(await talk.ledger(lambda: Delivery.objects.get().provider_ids)) == 2


async def test_a_part_that_is_lost_on_the_way_is_not_sent_twice(talk: Talk) -> None:
    text = "Người tiếp xúc gần cần theo dõi sức khỏe tại nhà. " * 60
    talk.road.fault("lost_reply", value=5)

    await talk.say(text, "hết")
    await talk.settled()

    assert len(talk.shown()) == 3
    assert talk.shown()[2] == "hết"


async def test_buttons_that_are_refused_become_a_list(talk: Talk) -> None:
    talk.road.fault("reject_buttons")
    choice = {"title": "Khẩu trang", "payload": {"answer": "5k/khau_trang", "slots": {}}}

    await talk.say("Bạn chọn:", buttons=[choice])
    await talk.settled()

    assert len(talk.shown()) == 1
    assert "1. Khẩu trang" in talk.shown()[0]
    assert await talk.ledger(lambda: Delivery.objects.get().listed)


async def test_a_resident_who_blocks_us_is_no_reason_to_try_again(talk: Talk) -> None:
    talk.road.platform.residents.set_blocking(talk.phone.user_id, True)
    await talk.say("một")

    assert await talk.settled() == [DeliveryState.FAILED]
    assert "-244" in await talk.ledger(lambda: Delivery.objects.get().error)


async def test_a_closed_window_costs_no_call(talk: Talk) -> None:
    eight_days_ago = DEMO.real_now() - timedelta(days=8)
    await talk.ledger(lambda: Conversation.objects.update(last_resident_at=eight_days_ago))
    talk.road.fault("server_error", count=-1)
    await talk.say("một", author=Author.OPERATOR)

    assert await talk.settled() == [DeliveryState.FAILED]
    assert "7 days" in await talk.ledger(lambda: Delivery.objects.get().error)


async def test_a_message_after_two_days_goes_out_and_its_cost_is_kept(talk: Talk) -> None:
    three_days_ago = DEMO.real_now() - timedelta(days=3)
    await talk.ledger(lambda: Conversation.objects.update(last_resident_at=three_days_ago))
    talk.road.platform.store.run(
        "UPDATE resident SET last_interaction_ms = ?", round(three_days_ago.timestamp() * 1000)
    )
    await talk.say("một", author=Author.OPERATOR)

    await talk.settled()

    assert talk.shown() == ["một"]
    assert await talk.ledger(lambda: Delivery.objects.get().quota) in {"sub_quota", "charged"}


async def test_a_message_of_a_dead_gateway_is_looked_up_then_sent(talk: Talk) -> None:
    """The process died after its claim and before its call: nothing is on the phone, so it goes out once."""

    await talk.ledger(_left_by_the_dead, talk)
    await talk.settled()

    assert talk.shown() == ["một"]


async def test_a_message_that_a_dead_gateway_sent_is_found_and_not_sent_again(talk: Talk) -> None:
    """The process died between the platform's answer and the ledger."""
    from sandbox.api.messages import deliver
    from sandbox.transcript import NewMessage

    talk.road.platform.webhooks.subscribed = False

    sent = NewMessage(user_id=talk.phone.user_id, author="oa", kind="text", text="một")
    deliver(talk.road.platform, talk.phone.hands.resident, sent)
    await talk.ledger(_left_by_the_dead, talk)
    await talk.settled()

    assert talk.shown() == ["một"]
    assert await talk.ledger(lambda: Delivery.objects.get().provider_id) == talk.phone.shown()[0].message_id


async def test_many_residents_do_not_wait_for_one_whose_message_hangs(road: Road) -> None:
    slow, others = road.phone("Chậm"), [road.phone(str(number)) for number in range(10)]
    road.fault("lost_reply", value=5)
    slow.hands.send_text("F1?")
    await slow.wait_for(1)

    answers = await asyncio.gather(*(phone.ask("F1 cách ly mấy ngày?") for phone in others))

    assert len(answers) == 10


def _wanted_ten_minutes_ago() -> None:
    first = Delivery.objects.order_by("pk")[0]
    Entry.objects.filter(pk=first.entry_id).update(at=DEMO.real_now() - RESENT_FOR)


def _left_by_the_dead(talk: Talk) -> None:
    """A message whose worker claimed it half a minute ago and was killed."""
    now = DEMO.real_now()
    with locked_conversation(talk.conversation()) as conversation:
        append_reply(conversation, None, Reply(text="một"), Author.BOT, now)
        Delivery.objects.update(
            state=DeliveryState.SENDING,
            lease_by="dead",
            lease_until=now - timedelta(seconds=24),
            sending_since=now - timedelta(seconds=30),
            attempts=1,
        )
