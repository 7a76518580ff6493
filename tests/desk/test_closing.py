"""Closing: nobody who waits for a person's first word is let go without a reason."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from ledger.models import Entry
from tests.desk.acting import act as do
from tests.desk.residents import Residents


def _close(client: Client, conversation_id: str, **fields: str) -> str:
    """Where closing leads."""
    answer = client.post(reverse("desk:close", args=[conversation_id]), fields)
    assert answer.status_code == 302
    return str(answer["Location"])


def _asks(conversation_id: str) -> str:
    return reverse("desk:closing", args=[conversation_id])


@pytest.mark.parametrize("fields", [{}, {"because": ""}, {"because": "nothing"}])
def test_it_asks_why_when_an_emergency_has_no_answer(fields: dict[str, str], lan: Client, residents: Residents) -> None:
    urgent = residents.cry_out("Mẹ tôi khó thở tím môi")
    do(lan, "take", urgent)
    assert _close(lan, urgent, **fields) == _asks(urgent)
    assert residents.found(urgent).state == "human"
    page = lan.get(_asks(urgent)).content.decode()
    assert "Cấp cứu · Khẩn cấp" in page
    assert 'name="because" value="called" required' in page


def test_it_closes_with_a_reason_that_stays_in_the_log(lan: Client, residents: Residents) -> None:
    urgent = residents.cry_out("Mẹ tôi khó thở tím môi")
    do(lan, "take", urgent)
    assert do(lan, "close", urgent, because="called") == ["Đã đóng cuộc trò chuyện."]
    assert residents.found(urgent).state == "bot"
    row = Entry.objects.filter(conversation=urgent, kind="state").latest("pk")
    assert (row.meta["outcome"], row.meta["because"], row.actor) == ("closed", "called", "Nguyễn Thị Lan")
    page = lan.get(reverse("desk:conversation", args=[urgent])).content.decode()
    assert "Nguyễn Thị Lan đóng cuộc này. Chưa trả lời: Đã gọi điện cho người dân." in page


def test_it_closes_at_once_when_the_operator_has_answered(lan: Client, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    do(lan, "take", waiting)
    do(lan, "reply", waiting, text="Chào bác")
    assert _close(lan, waiting) == reverse("desk:queue")
    assert "Nguyễn Thị Lan đóng cuộc này." in lan.get(reverse("desk:conversation", args=[waiting])).content.decode()


def test_it_closes_at_once_what_nobody_had_asked_a_person_for(lan: Client, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    do(lan, "take", waiting)
    do(lan, "give-back", waiting)  # the old wish does not count any more
    do(lan, "take", waiting)
    assert _close(lan, waiting) == reverse("desk:queue")


def test_a_danger_after_the_answer_asks_again(lan: Client, residents: Residents) -> None:
    talking = residents.open()
    residents.say(talking, "Chào")
    do(lan, "take", talking)
    do(lan, "reply", talking, text="Chào bác")
    residents.cry(talking, "Mẹ tôi khó thở tím môi")
    assert _close(lan, talking) == _asks(talking)


def test_only_the_owner_may_close_with_a_reason(minh: Client, lan: Client, residents: Residents) -> None:
    urgent = residents.cry_out("Mẹ tôi khó thở tím môi")
    do(lan, "take", urgent)
    assert do(minh, "close", urgent, because="called") == ["Nguyễn Thị Lan đang giữ cuộc này."]
    assert residents.found(urgent).state == "human"
