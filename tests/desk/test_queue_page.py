"""The queue: order, reasons, waits, and what sounds the alarm."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
import yaml
from django.test import Client
from django.urls import reverse

from desk.queue_page import waited_text
from desk.reasons import reason_name
from tests.desk.residents import Residents


def _queue(client: Client) -> str:
    return client.get(reverse("desk:queue-part")).content.decode()


def _shown(part: str, heading: str) -> list[str]:
    section = part.split(f'<h2 id="{heading}">')[1].split("</section>")[0]
    return re.findall(r'data-conversation="(\w+)"', section)


def _sounding(client: Client) -> list[str]:
    found = re.search(r'data-sounding="([^"]*)"', client.get(reverse("desk:alarm-part")).content.decode())
    return found[1].split() if found else []


def _take(client: Client, conversation_id: str) -> None:
    client.post(reverse("desk:take", args=[conversation_id]))


def test_it_lists_by_urgency_and_then_by_waiting_time(lan: Client, residents: Residents, now: datetime) -> None:
    ordinary = residents.wait("Cho tôi gặp cán bộ", at=now - timedelta(minutes=50))
    late = residents.wait("Nhà tôi hết gạo", "nhay_cam/cuu_tro_khan", 2, at=now - timedelta(minutes=3))
    early = residents.wait("Mẹ tôi mất rồi", "nhay_cam/tu_vong", 2, at=now - timedelta(minutes=9))
    urgent = residents.cry_out("Mẹ tôi khó thở tím môi")
    part = _queue(lan)
    assert _shown(part, "dang-cho") == [urgent, early, late, ordinary]
    assert part.index("Cấp cứu") < part.index("Có người thân qua đời") < part.index("Cần cứu trợ khẩn")
    assert "đã 50 phút" in part
    assert "“Mẹ tôi khó thở tím môi”" in part


def test_it_shows_who_has_what(lan: Client, minh: Client, residents: Residents) -> None:
    mine, theirs = residents.wait("Một"), residents.wait("Hai")
    _take(lan, mine)
    _take(minh, theirs)
    part = _queue(lan)
    assert _shown(part, "cua-toi") == [mine]
    assert _shown(part, "dong-nghiep") == [theirs]
    assert "Trần Văn Minh" in part
    assert "Đang đợi bạn trả lời" in part


def test_it_shortens_long_words_and_shows_markup_as_text(lan: Client, residents: Residents) -> None:
    residents.wait("<b>Tôi</b> " + "hỏi " * 200)
    part = _queue(lan)
    assert "&lt;b&gt;Tôi&lt;/b&gt; hỏi" in part
    assert "<b>Tôi" not in part
    assert "hỏi…”" in part


def test_it_shows_the_alarming_words_and_the_newest_below_them(lan: Client, residents: Residents) -> None:
    urgent = residents.cry_out("Mẹ tôi khó thở tím môi")
    residents.say(urgent, "Alo")
    part = _queue(lan)
    assert "“Mẹ tôi khó thở tím môi”</p>" in part
    assert "Tin mới nhất: “Alo”" in part


def test_it_shows_the_words_that_raised_the_level(lan: Client, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    assert "Tin mới nhất" not in _queue(lan)
    residents.cry(waiting, "Mẹ tôi khó thở tím môi")
    assert "Tin mới nhất" not in _queue(lan)
    residents.say(waiting, "Có ai không")
    residents.say(waiting, "Alo")
    part = _queue(lan)
    assert '<p class="words">“Mẹ tôi khó thở tím môi”</p>' in part
    assert "Tin mới nhất: “Alo”" in part


def test_it_shows_the_newest_words_alone_when_nothing_alarming_was_said(lan: Client, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    residents.say(waiting, "Alo")
    part = _queue(lan)
    assert '<p class="words">“Alo”</p>' in part
    assert "Tin mới nhất" not in part


def test_it_says_so_when_nobody_waits(lan: Client) -> None:
    assert "Không có ai đang chờ." in _queue(lan)


def test_an_emergency_sounds_until_somebody_takes_it(lan: Client, residents: Residents) -> None:
    residents.wait("Cho tôi gặp cán bộ")
    assert _sounding(lan) == []
    urgent = residents.cry_out("Mẹ tôi khó thở tím môi")
    assert [name.split(":")[0] for name in _sounding(lan)] == [urgent]
    _take(lan, urgent)
    assert _sounding(lan) == []


def test_a_new_danger_sounds_anew_while_the_first_still_waits(lan: Client, residents: Residents) -> None:
    urgent = residents.cry_out("Mẹ tôi khó thở")
    first = _sounding(lan)
    residents.cry(urgent, "Mẹ tôi ngất rồi")
    assert _sounding(lan) != first


def test_a_danger_in_an_owned_conversation_sounds_until_its_operator_answers(lan: Client, residents: Residents) -> None:
    owned = residents.wait("Cho tôi gặp cán bộ")
    _take(lan, owned)
    residents.cry(owned, "Mẹ tôi khó thở tím môi")
    assert [name.split(":")[0] for name in _sounding(lan)] == [owned]
    lan.post(reverse("desk:reply", args=[owned]), {"text": "Bác gọi 115 chưa ạ?"})
    assert _sounding(lan) == []


def test_every_sensitive_key_has_a_name_of_its_own() -> None:
    with open("data/taxonomy.yml", encoding="utf-8") as file:
        keys = [answer["key"] for answer in yaml.safe_load(file)["answers"] if answer["kind"] == "sensitive"]
    names = [reason_name(key) for key in keys]
    assert len(set(names)) == len(keys)
    assert reason_name("mot/khoa_moi") not in names


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "dưới 1 phút"),
        (59, "dưới 1 phút"),
        (60, "1 phút"),
        (3599, "59 phút"),
        (3600, "1 giờ"),
        (7500, "2 giờ 5 phút"),
    ],
)
def test_it_tells_a_wait_in_words(seconds: int, text: str, now: datetime) -> None:
    assert waited_text(now - timedelta(seconds=seconds), now) == text
