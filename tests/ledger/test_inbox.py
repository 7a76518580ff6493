"""Events of a provider are stored once, worked on by one gateway, and outlive it."""

from __future__ import annotations

from datetime import datetime, timedelta

from ledger.conversations import find_or_open
from ledger.erasing import erase
from ledger.inbox import (
    KEPT,
    LEASE,
    MAX_TRIES,
    Arrival,
    Waiting,
    adopt,
    event_key,
    finish,
    finish_all,
    forget_events,
    is_ahead_elsewhere,
    leave,
    others_have,
    put,
    set_aside,
    stay_alive,
    try_again,
)
from ledger.models import InboundEvent


def _arrival(key: str, lane: str = "1:2") -> Arrival:
    return Arrival(channel="zalo", key=key, lane=lane, body='{"event_name": "x"}')


def test_its_key_tells_events_of_one_id_apart_and_holds_no_id() -> None:
    keys = {event_key("zalo", name, "m1") for name in ("user_send_text", "user_reacted_message")}

    assert len(keys) == 2
    assert all("m1" not in key and len(key) == 64 for key in keys)


def test_it_stores_an_event_once_also_within_one_group(now: datetime) -> None:
    first = put("a", [_arrival("k1"), _arrival("k2"), _arrival("k1")], now)

    assert set(first) == {"k1", "k2"}
    assert put("b", [_arrival("k2"), _arrival("k3")], now).keys() == {"k3"}
    assert list(InboundEvent.objects.order_by("pk").values_list("key", "worker")) == [
        ("k1", "a"), ("k2", "a"), ("k3", "b"),
    ]  # fmt: skip


def test_it_keeps_neither_words_nor_address_of_what_is_finished(now: datetime) -> None:
    put("a", [_arrival("k1"), _arrival("k2")], now)

    assert (finish("k1"), finish("k1"), finish("unknown")) == (True, False, False)
    finish_all([InboundEvent.objects.get(key="k2").pk])

    assert set(InboundEvent.objects.values_list("body", "lane")) == {(None, "")}
    assert put("a", [_arrival("k1")], now) == {}


def test_a_living_gateway_keeps_its_events_and_a_dead_one_loses_them(now: datetime) -> None:
    stay_alive("a", now)
    ids = put("a", [_arrival("k1"), _arrival("k2")], now)
    assert adopt("b", now + LEASE) == ([], [])
    assert others_have("b")

    taken, hopeless = adopt("b", now + LEASE + timedelta(seconds=1))

    assert [waiting.id for waiting in taken] == sorted(ids.values())
    assert taken[0] == Waiting(id=ids["k1"], arrival=_arrival("k1"), left=True)
    assert hopeless == []
    assert not others_have("b")


def test_a_gateway_that_left_is_waited_for_no_longer(now: datetime) -> None:
    stay_alive("a", now)
    put("a", [_arrival("k1")], now)
    leave("a")

    assert len(adopt("b", now)[0]) == 1


def test_it_sets_aside_what_took_every_worker_with_it(now: datetime) -> None:
    put("w0", [_arrival("k1"), _arrival("k2", lane="other")], now)
    finish("k2")

    outcomes = []
    for number in range(1, MAX_TRIES + 3):
        outcomes.append(adopt(f"w{number}", now))
        for waiting in outcomes[-1][0]:
            try_again(waiting.id)

    assert [(len(taken), len(hopeless)) for taken, hopeless in outcomes] == [(1, 0)] * MAX_TRIES + [(0, 1), (0, 0)]


def test_it_keeps_what_only_waited_while_workers_ended(now: datetime) -> None:
    put("w0", [_arrival("k1")], now)

    outcomes = [adopt(f"w{number}", now) for number in range(1, 10)]

    assert [(len(taken), len(hopeless)) for taken, hopeless in outcomes] == [(1, 0)] * 9


def test_it_knows_an_earlier_event_of_the_same_person_at_another_gateway(now: datetime) -> None:
    put("a", [_arrival("k1"), _arrival("k2", lane="other")], now)
    later = Waiting(id=put("b", [_arrival("k3")], now)["k3"], arrival=_arrival("k3"))

    assert is_ahead_elsewhere(later, "b")
    finish("k1")
    assert not is_ahead_elsewhere(later, "b")


def test_what_was_set_aside_holds_up_nobody_and_goes_with_its_person(now: datetime) -> None:
    found = find_or_open("zalo", "1:2", now)
    first = put("a", [_arrival("k1")], now)["k1"]
    later = Waiting(id=put("b", [_arrival("k2")], now)["k2"], arrival=_arrival("k2"))
    set_aside(first, "KeyError")

    assert not is_ahead_elsewhere(later, "b")
    erase(found.pk, now)
    assert InboundEvent.objects.get(pk=first).body is None
    assert InboundEvent.objects.get(key="k2").body is not None


def test_it_forgets_old_events(now: datetime) -> None:
    put("a", [_arrival("old")], now - KEPT - timedelta(minutes=1))
    put("a", [_arrival("new")], now)

    assert forget_events(now) == 1
    assert InboundEvent.objects.get().key == "new"
