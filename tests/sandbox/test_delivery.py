"""Delivery of events: the ladder, the probe, and the faults on the way (sheet §1.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sandbox.conftest import Receiver, Sandbox, Start

APP_ID, OA_ID = "2900000000000000001", "4400000000000000099"
OA_SECRET_KEY = "oa-secret-key-of-the-tests"
LADDER_S = [30, 300, 900, 1800, 3600]


async def test_it_climbs_the_ladder_and_unsubscribes_when_nobody_answers_200(
    sandbox: Sandbox, receiver: Receiver
) -> None:
    receiver.statuses = [500, 404, 201, 302, 503, 500]
    lan = await sandbox.resident()
    await sandbox.act(lan, "send_text", text="chào")
    for number, wait_s in enumerate(LADDER_S, start=1):
        await sandbox.tried(number)
        await sandbox.control("POST", "/clock", {"advance_s": wait_s - 1})
        assert len(receiver.calls) == number
        await sandbox.control("POST", "/clock", {"advance_s": 1})
        await receiver.wait(number + 1)
    entry = (await sandbox.settled(1))[0]
    assert entry["state"] == "failed"
    assert [call.headers.get("num_retry") for call in receiver.calls] == [None, "1", "2", "3", "4", "5"]
    assert {call.body for call in receiver.calls} == {receiver.calls[0].body}
    assert not (await sandbox.control("GET", "/state"))["webhook"]["subscribed"]


async def test_it_sends_nothing_until_somebody_subscribes_again(sandbox: Sandbox, receiver: Receiver) -> None:
    sandbox.platform.webhooks.subscribed = False
    lan = await sandbox.resident()
    await sandbox.act(lan, "send_text", text="một")
    await sandbox.control("POST", "/webhook/subscribe", {})
    await sandbox.act(lan, "send_text", text="hai")
    assert [call.event["message"]["text"] for call in await receiver.wait(1)] == ["hai"]
    assert [entry["state"] for entry in await sandbox.settled(2)] == ["unsent", "delivered"]


async def test_it_is_faster_on_the_ladder_when_the_speed_is_100(start: Start, receiver: Receiver) -> None:
    sandbox = await start(SANDBOX_SPEED="100")
    await sandbox.authorise()
    receiver.statuses = [500]
    await sandbox.act(await sandbox.resident(), "send_text", text="chào")
    entry = (await sandbox.tried(1))[0]
    assert int(entry["next_at"]) - int(entry["attempts"][0]["at"]) == 300


async def test_it_goes_on_with_the_ladder_when_it_is_started_again(start: Start, receiver: Receiver) -> None:
    """A killed platform still owes what nobody has taken."""
    first = await start()
    await first.authorise()
    receiver.statuses = [500]
    await first.act(await first.resident(), "send_text", text="chào")
    await first.tried(1)
    await first.platform.webhooks.forget()
    again = await start()
    await again.control("POST", "/clock", {"advance_s": 30})
    assert (await receiver.wait(2))[1].headers["num_retry"] == "1"


async def test_it_tries_again_when_the_receiver_cannot_be_reached(start: Start, unused_tcp_port: int) -> None:
    sandbox = await start(SANDBOX_WEBHOOK_URL=f"http://127.0.0.1:{unused_tcp_port}/zalo/webhook")
    await sandbox.authorise()
    await sandbox.act(await sandbox.resident(), "send_text", text="chào")
    entry = (await sandbox.tried(1))[0]
    assert (entry["state"], entry["attempts"][0]["error"]) == ("pending", "connection refused")


async def test_it_sends_no_event_when_the_account_has_not_authorised_the_app(start: Start) -> None:
    sandbox = await start()
    await sandbox.act(await sandbox.resident(), "send_text", text="chào")
    entry = (await sandbox.settled(1))[0]
    assert (entry["state"], entry["attempts"]) == ("unsent", [])


@pytest.mark.parametrize(("statuses", "accepted"), [([200, 200], True), ([401], False), ([200, 500], False)])
async def test_it_probes_an_address_with_empty_bodies_when_it_is_saved(
    sandbox: Sandbox, receiver: Receiver, statuses: list[int], accepted: bool
) -> None:
    receiver.statuses = statuses
    url = f"{receiver.origin}/zalo/webhook?moi"
    async with sandbox.http.put(f"{sandbox.origin}/sandbox/webhook", json={"url": url}) as answer:
        assert answer.status == (200 if accepted else 409)
    assert all("X-ZEvent-Signature" not in call.headers for call in receiver.calls)
    assert [call.body for call in receiver.calls] == [b"", b"{}"][: len(receiver.calls)]
    state = await sandbox.control("GET", "/state")
    assert (state["webhook"]["url"] == url) is accepted


async def test_it_sends_the_same_body_twice_when_duplicates_are_on(sandbox: Sandbox, receiver: Receiver) -> None:
    await sandbox.fault("duplicate_webhook", count=1)
    lan = await sandbox.resident()
    await sandbox.act(lan, "send_text", text="một")
    await sandbox.act(lan, "send_text", text="hai")
    calls = await receiver.wait(3)
    assert [call.event["message"]["text"] for call in calls] == ["một", "một", "hai"]
    assert calls[0].body == calls[1].body


async def test_it_swaps_an_event_with_the_next_when_reordering_is_on(sandbox: Sandbox, receiver: Receiver) -> None:
    await sandbox.fault("reordered_webhook")
    lan = await sandbox.resident()
    for text in ("một", "hai", "ba", "bốn"):
        await sandbox.act(lan, "send_text", text=text)
    calls = await receiver.wait(4)
    assert [call.event["message"]["text"] for call in calls] == ["hai", "một", "bốn", "ba"]


async def test_it_lets_a_held_event_go_when_no_other_follows(sandbox: Sandbox, receiver: Receiver) -> None:
    await sandbox.fault("reordered_webhook", value=3000)
    await sandbox.act(await sandbox.resident(), "send_text", text="một")
    await sandbox.control("POST", "/clock", {"advance_s": 3})
    assert len(await receiver.wait(1)) == 1


async def test_it_dates_an_event_hours_back_when_lateness_is_on(sandbox: Sandbox, receiver: Receiver) -> None:
    await sandbox.fault("late_webhook", value=3)
    sent = (await sandbox.act(await sandbox.resident(), "send_text", text="chào"))["message"]
    call = (await receiver.wait(1))[0]
    assert int(call.event["timestamp"]) == int(sent["at"]) - 3 * 3_600_000
    assert call.headers["X-ZEvent-Timestamp"] == call.event["timestamp"]


async def test_it_repeats_its_faults_when_the_seed_is_the_same(sandbox: Sandbox) -> None:
    async def draws(seed: int) -> list[bool]:
        await sandbox.control("PUT", "/faults", {"seed": seed, "faults": {"rate_limited": {"probability": 0.5}}})
        return [sandbox.platform.faults.strikes("rate_limited") is not None for _ in range(64)]

    first = await draws(7)
    assert await draws(7) == first
    assert await draws(8) != first
    assert 16 < sum(first) < 48


async def test_it_takes_no_event_for_delivered_when_the_deadline_of_two_seconds_is_missed(
    sandbox: Sandbox, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.webhooks.request.DEADLINE_S", 0.0)
    await sandbox.act(await sandbox.resident(), "send_text", text="chào")
    assert (await sandbox.tried(1))[0]["attempts"][0]["error"] == "timeout"
