"""Follow-ups on rankings as the classifier gives them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation.follow_up import in_context

TOPIC = "xet_nghiem/o_dau"


def parsed(text: str, ranking: dict[str, float], intent: str = "") -> dict[str, Any]:
    entries = [{"name": name.replace("/", ".", 1), "confidence": chance} for name, chance in ranking.items()]
    best = {"name": intent, "confidence": entries[0]["confidence"]} if intent else entries[0]
    return {"text": text, "intent": best, "entities": [], "intent_ranking": entries}


COST = {"tiem_chung/chi_phi": 0.8, "xet_nghiem/gia": 0.15, "tro_chuyen/ngoai_pham_vi": 0.05}


@pytest.mark.parametrize("text", ["thế mất tiền không", "mat tien ko", "Giá sao ạ?", "còn chi phí?"])
def test_it_answers_in_the_group_of_the_topic_when_the_subject_is_left_out(text: str) -> None:
    got = in_context(parsed(text, COST), TOPIC)
    assert got["intent"]["name"] == "xet_nghiem.gia"
    assert got["intent"]["confidence"] > 0.5
    assert got["intent_ranking"][0] == got["intent"]
    assert sum(entry["confidence"] for entry in got["intent_ranking"]) == pytest.approx(1)


def test_it_asks_back_among_the_topics_answers_when_it_stays_unsure() -> None:
    ranking = {"tiem_chung/tre_em": 0.3, "suc_khoe/tre_em_mac": 0.2, "suc_khoe/nguy_co_cao": 0.2}
    got = in_context(parsed("thế trẻ em thì sao", ranking, "hoi_lai"), "suc_khoe/trieu_chung")
    assert got["intent"]["name"] == "hoi_lai"
    assert [entry["name"] for entry in got["intent_ranking"][:2]] == ["suc_khoe.tre_em_mac", "suc_khoe.nguy_co_cao"]


@pytest.mark.parametrize(
    ("text", "ranking"),
    [
        ("tiêm mất tiền không", COST),  # names its subject
        ("cảm ơn nhé", {"tro_chuyen/cam_on": 0.95, "xet_nghiem/gia": 0.05}),
        ("không phải, ý tôi là giá", COST),
        ("thế còn mẹ em thì sao", {"nhay_cam/tu_van_ca_nhan": 0.3, "xet_nghiem/gia": 0.2}),
        ("nhà em ở xa đi lại khó khăn nên muốn hỏi mất bao nhiêu tiền", COST),
    ],
)
def test_it_leaves_the_message_alone_when_it_is_no_follow_up(text: str, ranking: dict[str, float]) -> None:
    alone = parsed(text, ranking)
    assert in_context(alone, TOPIC) == alone


@pytest.mark.parametrize("topic", ["", "tro_chuyen/tu_choi", "nhay_cam/cap_cuu"])
def test_it_leaves_the_message_alone_when_there_is_no_topic(topic: str) -> None:
    alone = parsed("thế mất tiền không", COST)
    assert in_context(alone, topic) == alone


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
    got = in_context(parsed(text, {"tro_chuyen/ngoai_pham_vi": 0.9}, "dia_danh"), topic)
    assert got["intent"]["name"] == intent
