"""Buttons typed instead of tapped."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation.choices import typed_choice


def button(title: str, answer: str) -> dict[str, Any]:
    return {"title": title, "payload": {"answer": answer, "slots": {"dia_danh": "38/395"} if answer == "a/1" else {}}}


LATEST = [button("Điểm tiêm", "a/1"), {"title": "Gọi 115", "phone": "115"}, button("Có mất tiền không", "a/2")]
EARLIER = [button("Bản tin mới nhất", "a/3"), button("Có mất tiền không", "a/4")]
SHOWN = (LATEST, (), EARLIER)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Điểm tiêm", "a/1"),
        ("diem tiem", "a/1"),
        ("ĐIỂM TIÊM ạ", "a/1"),
        ("Có mất tiền không?", "a/2"),
        ("ban tin moi nhat", "a/3"),
        ("1", "a/1"),
        ("2", "a/2"),
        ("số 2", "a/2"),
        ("câu 1 nhé", "a/1"),
        ("cái thứ 2", "a/2"),
        ("chọn số 2 nhé em", "a/2"),
        ("số một", "a/1"),
        ("cái đầu tiên ạ", "a/1"),
        ("ý thứ nhất", "a/1"),
        ("lấy cái thứ hai đi", "a/2"),
        ("cái cuối cùng", "a/2"),
        ("cho em xem bản tin mới nhất với ạ", "a/3"),
        ("tôi muốn hỏi điểm tiêm", "a/1"),
    ],
)
def test_it_finds_the_button_when_title_or_number_is_typed(text: str, answer: str) -> None:
    payload = typed_choice(text, SHOWN)
    assert payload is not None
    assert payload.answer == answer


def test_it_keeps_the_place_of_the_button_when_typed() -> None:
    payload = typed_choice("điểm tiêm", SHOWN)
    assert payload is not None
    assert payload.slots == {"dia_danh": "38/395"}


@pytest.mark.parametrize(
    "text",
    [
        *("3", "0", "12", "Gọi 115", "điểm tiêm ở Thọ Xuân", "", "😷", "2 mũi", "mẹ tôi khó thở tím môi"),
        *("ba", "hai mũi", "cái thứ năm", "mũi cuối", "cho em hỏi", "muốn xem"),
    ],
)
def test_it_finds_nothing_when_something_else_is_typed(text: str) -> None:
    assert typed_choice(text, SHOWN) is None


def test_it_finds_no_number_when_the_latest_turn_had_no_choices() -> None:
    assert typed_choice("1", ((), LATEST)) is None
    assert typed_choice("1", ()) is None


def test_it_obeys_no_title_when_it_tells_of_danger() -> None:
    shown = ([button("mẹ tôi khó thở tím môi", "a/1")],)
    assert typed_choice("mẹ tôi khó thở tím môi", shown) is None
