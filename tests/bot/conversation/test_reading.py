"""One question or two, with a really trained model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bot.conversation.context import BEGINNING, Context
from bot.conversation.reading import questions_in
from bot.understanding import Understanding


def answers(understanding: Understanding, text: str, context: Context = BEGINNING) -> list[str]:
    (parsed,) = understanding.parse([text])
    return [question["intent"]["name"] for question in questions_in(understanding.parse, parsed, context)]


TWO = ["tiem_chung.diem_tiem", "ban_tin.so_ca"]


@pytest.mark.parametrize(
    "text",
    [
        "điểm tiêm ở đâu và hôm nay bao nhiêu ca",
        "điểm tiêm ở đâu? hôm nay có bao nhiêu ca mắc mới ạ",
        "diem tiem gan nhat o dau voi lai hom nay bao nhieu ca mac moi",
        "cho hỏi điểm tiêm ở đâu, hôm nay có bao nhiêu ca mắc",
        "điểm tiêm ở đâu\nhôm nay có bao nhiêu ca mắc mới",
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


CLEAR = {"F1 cách ly mấy ngày": "cach_ly.f1", "đeo khẩu trang loại nào": "5k.khau_trang"}


@pytest.mark.parametrize(
    ("text", "sure", "found"),
    [
        ("F1 cách ly mấy ngày, đeo khẩu trang loại nào", 0.97, ["cach_ly.f1", "5k.khau_trang"]),
        ("F1 cách ly mấy ngày, đeo khẩu trang loại nào", 0.9, ["cach_ly.f1"]),
        ("F1 cách ly mấy ngày? đeo khẩu trang loại nào", 0.7, ["cach_ly.f1", "5k.khau_trang"]),
    ],
)
def test_it_cuts_a_clear_message_at_a_comma_only_when_both_halves_are_quite_sure(
    text: str, sure: float, found: list[str]
) -> None:
    def pipeline(texts: Sequence[str]) -> list[dict[str, Any]]:
        meant = [{"name": CLEAR.get(text.strip(), "cach_ly.f1"), "confidence": sure} for text in texts]
        return [
            {"text": text, "intent": best, "entities": [], "intent_ranking": [best]}
            for text, best in zip(texts, meant, strict=True)
        ]

    whole = {**pipeline([text])[0], "intent": {"name": "cach_ly.f1", "confidence": 0.9}}
    assert [question["intent"]["name"] for question in questions_in(pipeline, whole)] == found


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


@pytest.mark.parametrize(
    ("text", "context", "intent"),
    [
        ("à nhầm, Thọ Xuân", Context(("tiem_chung/diem_tiem",), "điểm tiêm ở Yên Định"), "tiem_chung.diem_tiem"),
        ("Bỉm Sơn chứ không phải Sầm Sơn", Context(("ban_tin/so_ca",), "số ca ở Sầm Sơn"), "ban_tin.so_ca"),
        ("còn Quảng Xương thì sao", Context(("ban_tin/so_ca",), "số ca ở Hoằng Hóa"), "ban_tin.so_ca"),
        ("chưa tiêm thì sao", Context(("cach_ly/f1",), "F1 đã tiêm 2 mũi cách ly mấy ngày"), "cach_ly.f1"),
    ],
)
def test_it_reads_on_when_the_message_leans_on_the_one_before(
    understanding: Understanding, text: str, context: Context, intent: str
) -> None:
    assert answers(understanding, text, context) == [intent]


def test_it_offers_the_menu_when_it_is_unsure_a_second_time() -> None:
    ranking = [{"name": name, "confidence": 0.3} for name in ("cach_ly.f1", "5k.khau_trang", "tiem_chung.diem_tiem")]
    unsure = {"text": "cái đó", "intent": {"name": "hoi_lai", "confidence": 0.3}, "entities": []}
    unsure["intent_ranking"] = ranking

    def pipeline(texts: Sequence[str]) -> list[dict[str, Any]]:
        return [{**unsure, "text": text} for text in texts]

    (first,) = questions_in(pipeline, unsure)
    (second,) = questions_in(pipeline, unsure, Context((), "cái kia", ("cach_ly/f1", "5k/khau_trang")))
    assert (first["intent"]["name"], second["intent"]["name"]) == ("hoi_lai", "khong_hieu")
