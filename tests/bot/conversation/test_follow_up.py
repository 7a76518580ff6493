"""Follow-ups on rankings as the classifier gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bot.conversation.context import BEGINNING, Context
from bot.conversation.follow_up import in_context

ASKED = "xét nghiệm ở đâu"
AFTER_TEST = Context(("xet_nghiem/o_dau",), ASKED)


def parsed(text: str, ranking: Mapping[str, float], intent: str = "", *places: str) -> dict[str, Any]:
    entries = [{"name": name.replace("/", ".", 1), "confidence": chance} for name, chance in ranking.items()]
    best = {"name": intent, "confidence": entries[0]["confidence"]} if intent else entries[0]
    entities = [{"entity": "dia_danh", "value": place, "candidates": [{"place": "38/1"}]} for place in places]
    return {"text": text, "intent": best, "entities": entities, "intent_ranking": entries}


class Pipeline:
    """Gives one ranking to whatever it is asked, and remembers what that was."""

    def __init__(self, ranking: Mapping[str, float]) -> None:
        self.ranking = ranking
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str], /) -> list[dict[str, Any]]:
        self.asked += texts
        return [parsed(text, self.ranking) for text in texts]


COST = {"tiem_chung/chi_phi": 0.8, "xet_nghiem/gia": 0.15, "tro_chuyen/ngoai_pham_vi": 0.05}
TEST_COST = {"xet_nghiem/gia": 0.7, "xet_nghiem/o_dau": 0.3}


@pytest.mark.parametrize("text", ["thế mất tiền không", "mat tien ko", "Giá sao ạ?", "còn chi phí?"])
def test_it_answers_in_the_group_of_the_topic_when_the_subject_is_left_out(text: str) -> None:
    pipeline = Pipeline(TEST_COST)
    got = in_context(pipeline, parsed(text, COST), AFTER_TEST)
    assert pipeline.asked == [f"{ASKED} {text}"]
    assert got["intent"]["name"] == "xet_nghiem.gia"
    assert got["intent"]["confidence"] > 0.5
    assert got["intent_ranking"][0] == got["intent"]
    assert sum(entry["confidence"] for entry in got["intent_ranking"]) == pytest.approx(1)


@pytest.mark.parametrize("text", ["còn chưa tiêm thì sao", "thế mũi 3?", "tiêm đủ rồi thì sao ạ"])
def test_it_asks_on_though_a_subject_is_named_when_the_message_says_so(text: str) -> None:
    alone = parsed(text, {"tiem_chung/bat_buoc": 0.8, "cach_ly/f1": 0.02})
    got = in_context(Pipeline({"cach_ly/f1": 0.9}), alone, Context(("cach_ly/f1",), "F1 cách ly mấy ngày"))
    assert got["intent"]["name"] == "cach_ly.f1"


def test_it_asks_back_among_the_topics_answers_when_it_stays_unsure() -> None:
    alone = parsed("thế trẻ em thì sao", {"tiem_chung/tre_em": 0.3, "suc_khoe/tre_em_mac": 0.2}, "hoi_lai")
    behind = Pipeline({"suc_khoe/trieu_chung": 0.5, "suc_khoe/tre_em_mac": 0.1})
    got = in_context(behind, alone, Context(("suc_khoe/nguy_co_cao",), "ai dễ bị nặng"))
    names = [entry["name"] for entry in got["intent_ranking"]]
    assert names[0] == "suc_khoe.tre_em_mac"
    assert names.index("suc_khoe.tre_em_mac") < names.index("tiem_chung.tre_em")


@pytest.mark.parametrize(
    ("text", "ranking"),
    [
        ("tiêm mất tiền không", COST),  # names its subject
        ("cảm ơn nhé", {"tro_chuyen/cam_on": 0.95, "xet_nghiem/gia": 0.05}),
        ("thế còn mẹ em thì sao", {"nhay_cam/tu_van_ca_nhan": 0.3, "xet_nghiem/gia": 0.2}),
        ("nhà em ở xa đi lại khó khăn nên muốn hỏi mất bao nhiêu tiền", COST),
    ],
)
def test_it_leaves_the_message_alone_when_it_is_no_follow_up(text: str, ranking: dict[str, float]) -> None:
    alone, pipeline = parsed(text, ranking), Pipeline(TEST_COST)
    assert in_context(pipeline, alone, AFTER_TEST) == alone
    assert pipeline.asked == []


def test_it_alarms_nobody_when_only_the_question_before_makes_it_look_sensitive() -> None:
    alone = parsed("uống thuốc gì", {"suc_khoe/thuoc_dieu_tri": 0.9, "nhay_cam/tu_van_ca_nhan": 0.02})
    behind = Pipeline({"nhay_cam/tu_van_ca_nhan": 0.9, "suc_khoe/thuoc_dieu_tri": 0.1})
    got = in_context(behind, alone, Context(("tiem_chung/tac_dung_phu",), "tiêm xong bị sốt có sao không"))
    assert got["intent"]["name"] == "suc_khoe.thuoc_dieu_tri"


@pytest.mark.parametrize("context", [BEGINNING, Context(("tro_chuyen/tu_choi",)), Context(("nhay_cam/cap_cuu",))])
def test_it_leaves_the_message_alone_when_there_is_no_topic(context: Context) -> None:
    alone = parsed("thế mất tiền không", COST)
    assert in_context(Pipeline(TEST_COST), alone, context) == alone


def test_it_takes_the_offered_answer_when_the_unclear_message_is_made_clear() -> None:
    context = Context((), "bao nhiêu tiền thế", ("xet_nghiem/gia", "tiem_chung/chi_phi"))
    alone = parsed("xét nghiệm PCR ấy", {"xet_nghiem/loai": 0.6, "xet_nghiem/gia": 0.2})
    got = in_context(Pipeline({"xet_nghiem/gia": 0.97, "xet_nghiem/loai": 0.02}), alone, context)
    assert got["intent"]["name"] == "xet_nghiem.gia"


def test_it_knows_both_topics_when_two_questions_were_asked() -> None:
    context = Context(("tiem_chung/ngoai_tinh", "cach_ly/ve_tu_vung_dich"), "về quê cách ly không, mũi 2 tiêm đâu")
    alone = parsed("từ Lào về thì sao", {"cach_ly/nhap_canh": 0.6, "tiem_chung/ngoai_tinh": 0.05})
    got = in_context(Pipeline({"cach_ly/nhap_canh": 0.7, "tiem_chung/ngoai_tinh": 0.3}), alone, context)
    assert got["intent"]["name"] == "cach_ly.nhap_canh"


@pytest.mark.parametrize(
    ("text", "topic", "intent"),
    [
        ("Thọ Xuân", "tiem_chung/diem_tiem", "tiem_chung.diem_tiem"),
        ("còn ở Thọ Xuân thì sao", "tiem_chung/dang_ky", "tiem_chung.dang_ky"),
        ("Thọ Xuân", "tiem_chung/dang_ky", "dia_danh"),
        ("Thọ Xuân", "", "dia_danh"),
    ],
)
def test_it_asks_the_same_about_a_new_place_when_the_topic_has_places(text: str, topic: str, intent: str) -> None:
    alone = parsed(text, {"tro_chuyen/ngoai_pham_vi": 0.9}, "dia_danh", "Thọ Xuân")
    got = in_context(Pipeline({}), alone, Context((topic,) if topic else (), "hỏi"))
    assert got["intent"]["name"] == intent


def test_it_gives_the_place_to_the_offered_look_up_when_the_question_was_unclear() -> None:
    context = Context((), "chỗ tiêm", ("tiem_chung/chon_loai", "tiem_chung/diem_tiem"))
    alone = parsed("Thọ Xuân", {"tro_chuyen/ngoai_pham_vi": 0.9}, "dia_danh", "Thọ Xuân")
    assert in_context(Pipeline({}), alone, context)["intent"]["name"] == "tiem_chung.diem_tiem"


@pytest.mark.parametrize(
    ("text", "intent", "meant"),
    [
        ("nhà ngoại tôi bên Hậu Lộc", "hoi_lai", "tiem_chung.diem_tiem"),
        ("tui ở mạn Hậu Lộc ni", "tro_chuyen.ngoai_pham_vi", "tiem_chung.diem_tiem"),
        ("Hậu Lộc đi học chưa", "an_sinh.hoc_sinh", "an_sinh.hoc_sinh"),
    ],
)
def test_it_takes_the_place_out_of_other_words_when_they_ask_nothing(text: str, intent: str, meant: str) -> None:
    alone = parsed(text, {intent.replace(".", "/", 1): 0.9}, intent, "Hậu Lộc")
    got = in_context(Pipeline({}), alone, Context(("tiem_chung/diem_tiem",), "điểm tiêm Nga Sơn"))
    assert got["intent"]["name"] == meant
