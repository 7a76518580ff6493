"""An operator's reply: who may, how long, once, and never lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ledger.models import Delivery, DeliveryState
from tests.desk.acting import act as do
from tests.desk.acting import operator_texts
from tests.desk.conftest import PASSWORD
from tests.desk.residents import Residents

SCRIPT = {"X-Desk": "1"}


def test_it_sends_a_reply_under_the_operators_name(lan: Client, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ", channel="zalo")
    do(lan, "take", waiting)
    assert do(lan, "reply", waiting, text="Chào bác, tôi nghe đây.\r\nBác cần gì ạ?") == []
    assert operator_texts(waiting) == [("Nguyễn Thị Lan", "Chào bác, tôi nghe đây.\nBác cần gì ạ?")]
    assert Delivery.objects.get(entry__author="operator").state == DeliveryState.PENDING


def test_it_makes_no_delivery_for_the_web_chat(lan: Client, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    do(lan, "take", waiting)
    do(lan, "reply", waiting, text="Chào bác")
    assert not Delivery.objects.exists()


def test_a_reply_that_comes_twice_is_one_reply(lan: Client, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    do(lan, "take", waiting)
    for _ in range(2):
        do(lan, "reply", waiting, text="Chào bác", reply_id="0" * 32)
    do(lan, "reply", waiting, text="Chào bác", reply_id="1" * 32)
    assert len(operator_texts(waiting)) == 2


def test_only_the_owner_may_reply(lan: Client, minh: Client, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    assert "đang ở trong hàng chờ" in do(minh, "reply", waiting, text="Tôi đây")[0]
    do(lan, "take", waiting)
    assert do(minh, "reply", waiting, text="Tôi đây") == ["Nguyễn Thị Lan đang giữ cuộc này."]
    assert operator_texts(waiting) == []


@pytest.mark.parametrize(
    ("text", "said"), [("  \n\t ", "chưa viết gì"), ("\u200b", "chưa viết gì"), ("ă" * 2001, "dài 2001 ký tự")]
)
def test_it_refuses_an_empty_or_overlong_reply(text: str, said: str, lan: Client, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    do(lan, "take", waiting)
    assert said in do(lan, "reply", waiting, text=text)[0]
    assert operator_texts(waiting) == []


def test_it_takes_a_reply_of_the_greatest_length(lan: Client, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    do(lan, "take", waiting)
    assert do(lan, "reply", waiting, text="e\u0302" * 2000) == []
    assert operator_texts(waiting) == [("Nguyễn Thị Lan", "ê" * 2000)]


def test_it_keeps_an_overlong_reply_in_the_form(lan: Client, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    do(lan, "take", waiting)
    answer = lan.post(reverse("desk:reply", args=[waiting]), {"text": "á" * 3000}, follow=True)
    assert "á" * 3000 in answer.content.decode()


def test_it_tells_scripts_why_a_reply_was_refused(minh: Client, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    answer = minh.post(reverse("desk:reply", args=[waiting]), {"text": "Tôi đây"}, headers=SCRIPT)
    assert answer.status_code == 409
    assert "Bạn nhận lại rồi làm tiếp" in answer.json()["problem"]


def test_the_text_is_in_the_form_again_after_a_new_login(staff: object, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    browser = Client(headers={"host": "localhost"})
    browser.login(username="lan", password=PASSWORD)
    do(browser, "take", waiting)
    page = browser.get(reverse("desk:conversation", args=[waiting])).content.decode()
    writer = page.split('name="writer" value="')[1].split('"')[0]
    browser.post(reverse("desk:log-out"))
    answer = browser.post(reverse("desk:reply", args=[waiting]), {"text": "Bác chờ tôi <5 phút> nhé", "writer": writer})
    login = answer["Location"]
    assert login == f"/admin/login/?next=/desk/hoi-thoai/{waiting}/"
    answer = browser.post(login, {"username": "lan", "password": PASSWORD, "next": f"/desk/hoi-thoai/{waiting}/"})
    page = browser.get(answer["Location"]).content.decode()
    assert "Bác chờ tôi &lt;5 phút&gt; nhé</textarea>" in page
    assert operator_texts(waiting) == []
    do(browser, "reply", waiting, text="Bác chờ tôi <5 phút> nhé")
    assert "nhé</textarea>" not in browser.get(answer["Location"]).content.decode()
    assert len(operator_texts(waiting)) == 1


def test_another_account_does_not_see_the_kept_text(staff: object, minh: Client, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    do(minh, "take", waiting)
    browser = Client(headers={"host": "localhost"})
    browser.post(reverse("desk:reply", args=[waiting]), {"text": "Lời chưa gửi"})
    browser.login(username="lan", password=PASSWORD)
    assert "Lời chưa gửi" not in browser.get(reverse("desk:conversation", args=[waiting])).content.decode()


def test_the_next_owner_in_the_same_browser_does_not_see_the_kept_text(
    staff: dict[str, Any], residents: Residents
) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    browser = Client(headers={"host": "localhost"})
    words = {"text": "Lời chưa gửi", "writer": str(staff["lan"].pk)}
    browser.post(reverse("desk:reply", args=[waiting]), words)
    browser.login(username="minh", password=PASSWORD)
    do(browser, "take", waiting)
    assert "Lời chưa gửi" not in browser.get(reverse("desk:conversation", args=[waiting])).content.decode()
