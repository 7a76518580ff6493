"""Taking and handing back: the acts through their addresses, on the real ledger."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from desk.clock import real_now
from ledger.erasing import erase
from ledger.models import Delivery, DeliveryState, Entry, Handoff
from ledger.replies import Reply
from ledger.turns import complete, take_work
from tests.desk.acting import act as do
from tests.desk.conftest import SignIn
from tests.desk.residents import Residents


def test_it_gives_the_conversation_to_who_takes_it(lan: Client, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    assert do(lan, "take", waiting) == []
    found = residents.found(waiting)
    assert (found.state, found.owner_name) == ("human", "Nguyễn Thị Lan")
    handoff = Handoff.objects.get(conversation=waiting)
    assert handoff.taken_at is not None
    assert handoff.operator_name == "Nguyễn Thị Lan"


def test_it_tells_the_second_who_was_first(lan: Client, minh: Client, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    do(lan, "take", waiting)
    assert do(minh, "take", waiting) == ["Nguyễn Thị Lan đã nhận cuộc này trước bạn."]
    assert residents.found(waiting).owner_name == "Nguyễn Thị Lan"


def test_one_wins_when_two_take_at_once(sign_in: SignIn, residents: Residents) -> None:
    for _ in range(5):
        waiting = residents.wait("Cho tôi gặp cán bộ")
        start, notes = threading.Barrier(2), {}

        def race(name: str, client: Client, waiting: str = waiting, start: threading.Barrier = start) -> None:
            start.wait(10)
            notes[name] = do(client, "take", waiting)  # noqa: B023 -- the threads end within the round
            connections.close_all()

        threads = [threading.Thread(target=race, args=(name, sign_in(name))) for name in ("lan", "minh")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        owner = residents.found(waiting).owner_name
        assert sorted(map(len, notes.values())) == [0, 1]
        assert [f"{owner} đã nhận cuộc này trước bạn."] in notes.values()
        taken = [row.actor for row in Entry.objects.filter(conversation=waiting, kind="state", author="operator")]
        assert taken == [owner]


def test_the_bot_is_silent_after_the_taking(lan: Client, residents: Residents) -> None:
    asking = residents.open("zalo")
    residents.say(asking, "F1 cách ly bao nhiêu ngày")
    work = take_work(asking, "worker", real_now())
    assert work is not None
    residents.hear(asking, "Câu trả lời chưa gửi đi")
    do(lan, "take", asking)
    assert complete(work, "worker", [Reply(text="F1 cách ly 14 ngày")], [], real_now()).said is False
    assert not Entry.objects.filter(conversation=asking, text="F1 cách ly 14 ngày").exists()
    assert Delivery.objects.get(entry__text="Câu trả lời chưa gửi đi").state == DeliveryState.CANCELLED


@pytest.mark.parametrize("act", ["give-back", "close"])
def test_only_the_owner_may_end_it(act: str, lan: Client, sign_in: SignIn, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    do(lan, "take", waiting)
    assert do(sign_in("hoa"), act, waiting) == ["Nguyễn Thị Lan đang giữ cuộc này."]
    assert residents.found(waiting).state == "human"


def test_it_returns_to_the_queue_with_the_old_waiting_time(lan: Client, residents: Residents) -> None:
    since = real_now() - timedelta(minutes=7)
    waiting = residents.wait("Cho tôi gặp cán bộ", at=since)
    do(lan, "take", waiting)
    assert do(lan, "return", waiting) == ["Đã trả về hàng chờ."]
    found = residents.found(waiting)
    assert (found.state, found.owner_id, found.waiting_since) == ("waiting", "", since)


def test_a_lead_returns_what_an_operator_left(lan: Client, minh: Client, sign_in: SignIn, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    do(lan, "take", waiting)
    assert do(minh, "return", waiting) == ["Nguyễn Thị Lan đang giữ cuộc này."]
    assert do(sign_in("hoa"), "return", waiting) == ["Đã trả về hàng chờ."]
    assert residents.found(waiting).state == "waiting"


@pytest.mark.parametrize(("act", "outcome"), [("give-back", "given_back"), ("close", "closed")])
def test_it_hands_back_to_the_assistant(act: str, outcome: str, lan: Client, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    do(lan, "take", waiting)
    do(lan, "reply", waiting, text="Chào bác")
    do(lan, act, waiting)
    assert residents.found(waiting).state == "bot"
    assert Handoff.objects.get(conversation=waiting).outcome == outcome
    last = Entry.objects.filter(conversation=waiting, kind="state").latest("pk")
    assert (last.author, last.actor) == ("operator", "Nguyễn Thị Lan")


def test_what_was_taken_from_the_assistant_can_be_returned_to_the_queue(lan: Client, residents: Residents) -> None:
    talking = residents.open()
    residents.say(talking, "Chào bạn")
    do(lan, "take", talking)
    do(lan, "return", talking)
    assert residents.found(talking).priority == 3
    assert lan.get(reverse("desk:queue")).status_code == 200


def test_it_does_not_take_what_the_resident_has_erased(lan: Client, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    erase(waiting, real_now())
    assert do(lan, "take", waiting) == ["Người dân đã xóa dữ liệu và kết thúc cuộc này."]
