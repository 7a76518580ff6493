"""What somebody says who takes the last message back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bot.conversation.context import BEGINNING, Context
from bot.conversation.correction import corrected, without_correction


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("à nhầm, Thọ Xuân", "Thọ Xuân"),
        ("a nham tho xuan", "tho xuan"),
        ("xin lỗi em viết nhầm, xã Đông Ninh cơ ạ", "xã Đông Ninh"),
        ("mình ghi sai rồi, Nga Sơn", "Nga Sơn"),
        ("ý mik là nga sơn cơ", "nga sơn"),
        ("không, em hỏi giá cơ", "giá"),
        ("ko phải, ý tôi là F2", "F2"),
        ("không phải vậy, tôi muốn hỏi mũi 3", "mũi 3"),
        ("không phải ý tôi là trẻ em", "trẻ em"),
        ("nhầm rồi, Như Thanh mới đúng", "Như Thanh"),
        ("ấy chết, Yên Định nhé", "Yên Định"),
        ("sai rồi, mình hỏi xét nghiệm", "xét nghiệm"),
        ("Bỉm Sơn chứ không phải Sầm Sơn", "Bỉm Sơn"),
        ("nhầm, Bỉm Sơn chứ ko phải Sầm Sơn ạ", "Bỉm Sơn"),
        ("không phải Sầm Sơn, Bỉm Sơn", None),
        ("à nhầm", None),
        ("sai rồi", None),
        ("không phải", None),
        ("Thọ Xuân", None),
        ("không đeo khẩu trang phạt bao nhiêu", None),
        ("không phải F0 thì có phải cách ly không", None),
        ("tiêm nhầm loại vắc xin có sao không", None),
        ("tôi chuyển nhầm tiền cho người ta", None),
        ("ý kiến người dân gửi ở đâu", None),
        ("", None),
    ],
)
def test_it_keeps_what_is_meant_when_words_take_something_back(text: str, meant: str | None) -> None:
    assert without_correction(text) == meant


def parsed(text: str, intent: str, chance: float = 0.9) -> dict[str, Any]:
    ranking = [{"name": intent, "confidence": chance}]
    return {"text": text, "intent": ranking[0], "entities": [], "intent_ranking": ranking}


def pipeline(texts: Sequence[str]) -> list[dict[str, Any]]:
    meanings = {"Thọ Xuân": "dia_danh", "F2": "cach_ly.f2", "em": "hoi_lai"}
    return [parsed(text, meanings[text]) for text in texts]


SITES = Context(("tiem_chung/diem_tiem",), "điểm tiêm Yên Định")


@pytest.mark.parametrize(
    ("text", "context", "intent"),
    [
        ("à nhầm, Thọ Xuân", SITES, "tiem_chung.diem_tiem"),
        ("à nhầm, Thọ Xuân", Context(("cach_ly/f1",), "F1"), "cach_ly.f1"),
        ("à nhầm, ý tôi là F2", Context(("cach_ly/f1",), "F1"), "cach_ly.f2"),
    ],
)
def test_it_reads_what_is_left_when_a_topic_is_corrected(text: str, context: Context, intent: str) -> None:
    reading = corrected(pipeline, parsed(text, "tro_chuyen.ngoai_pham_vi"), context)
    assert reading is not None
    assert reading["intent"]["name"] == intent


@pytest.mark.parametrize(
    ("text", "intent", "context"),
    [
        ("à nhầm, Thọ Xuân", "tro_chuyen.ngoai_pham_vi", BEGINNING),
        ("Thọ Xuân", "dia_danh", SITES),
        ("à nhầm, Thọ Xuân", "nhay_cam.tu_hai", SITES),
    ],
)
def test_it_corrects_nothing_when_there_is_nothing_to_correct(text: str, intent: str, context: Context) -> None:
    assert corrected(pipeline, parsed(text, intent), context) is None


def test_it_keeps_the_whole_when_that_is_better_understood() -> None:
    whole = parsed("à nhầm, em", "cach_ly.f1")
    assert corrected(lambda texts: [parsed(text, "hoi_lai") for text in texts], whole, BEGINNING) is None
    assert corrected(lambda texts: [parsed(text, "tro_chuyen.tu_choi") for text in texts], whole, SITES) is None
