"""One question or two, with a really trained model."""

from __future__ import annotations

import pytest

from bot.conversation.reading import questions_in
from bot.understanding import Understanding


def answers(understanding: Understanding, text: str, topic: str = "") -> list[str]:
    (parsed,) = understanding.parse([text])
    return [question["intent"]["name"] for question in questions_in(understanding.parse, parsed, topic)]


TWO = ["tiem_chung.diem_tiem", "ban_tin.so_ca"]


@pytest.mark.parametrize(
    "text",
    [
        "điểm tiêm ở đâu và hôm nay bao nhiêu ca",
        "điểm tiêm ở đâu? hôm nay có bao nhiêu ca mắc mới ạ",
        "diem tiem gan nhat o dau voi lai hom nay bao nhieu ca mac moi",
        "cho hỏi điểm tiêm ở đâu, hôm nay có bao nhiêu ca mắc",
    ],
)
def test_it_finds_two_questions_when_both_ask_for_sure(understanding: Understanding, text: str) -> None:
    assert sorted(answers(understanding, text)) == sorted(TWO)


@pytest.mark.parametrize(
    "text",
    [
        "tôi là F1 và tôi phải cách ly mấy ngày",
        "đeo khẩu trang loại nào và thay mấy giờ một lần",
        "Tôi ở Thọ Xuân. Điểm tiêm ở đâu?",
        "điểm tiêm ở đâu và điểm tiêm chỗ nào gần nhất",
        "mẹ tôi khó thở tím môi, hôm nay bao nhiêu ca",
        "và còn ?",
        "điểm tiêm ở đâu và hôm nay bao nhiêu ca " + "tôi hỏi mãi mà chưa ai trả lời cho tôi cả " * 4,
    ],
)
def test_it_finds_one_question_when_only_one_is_asked(understanding: Understanding, text: str) -> None:
    assert len(answers(understanding, text)) == 1


def test_it_puts_the_sensitive_one_first_when_it_is_asked_second(understanding: Understanding) -> None:
    text = "hôm nay bao nhiêu ca mắc mới? con tôi 3 tuổi sốt 39 độ đã uống thuốc hạ sốt tôi phải làm gì"
    assert answers(understanding, text) == ["nhay_cam.tu_van_ca_nhan", "ban_tin.so_ca"]


def test_it_keeps_the_texts_of_the_halves_when_there_are_two(understanding: Understanding) -> None:
    (parsed,) = understanding.parse(["điểm tiêm ở Thọ Xuân ở đâu và hôm nay bao nhiêu ca"])
    halves = {half["intent"]["name"]: half for half in questions_in(understanding.parse, parsed)}
    site, cases = (halves[intent] for intent in TWO)
    assert (site["text"], cases["text"]) == ("điểm tiêm ở Thọ Xuân ở đâu", "hôm nay bao nhiêu ca")
    assert [entity["value"] for entity in site["entities"]] == ["Thọ Xuân"]
    assert cases["entities"] == []


def test_it_puts_what_the_whole_means_for_sure_first(understanding: Understanding) -> None:
    text = "điểm tiêm ở đâu? hôm nay có bao nhiêu ca mắc mới ạ"
    (parsed,) = understanding.parse([text])
    found = answers(understanding, text)
    assert parsed["intent"]["name"] in ("hoi_lai", "khong_hieu", found[0])
