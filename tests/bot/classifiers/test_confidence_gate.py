"""Answer, ask back, or not understood: the table of decisions."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from rasa.shared.nlu.training_data.message import Message

from bot.classifiers.confidence_gate import URGENT, ConfidenceGate
from bot.classifiers.ranking import set_intent, set_ranking

Ranking = list[tuple[str, float]]
TABLE = [
    ([("5k.khau_trang", 0.9), ("5k.xu_phat", 0.1)], ("5k.khau_trang", 0.9)),
    ([("5k.khau_trang", 0.5), ("5k.xu_phat", 0.2)], ("5k.khau_trang", 0.5)),
    ([("5k.khau_trang", 0.49), ("5k.xu_phat", 0.2)], ("hoi_lai", 0.49)),
    ([("5k.khau_trang", 0.55), ("5k.xu_phat", 0.26)], ("hoi_lai", 0.55)),
    ([("5k.khau_trang", 0.15), ("5k.xu_phat", 0.1)], ("hoi_lai", 0.15)),
    ([("5k.khau_trang", 0.14), ("5k.xu_phat", 0.1)], ("khong_hieu", 0.14)),
    ([("5k.khau_trang", 1.0)], ("5k.khau_trang", 1.0)),
    # what may be out of scope is asked, what is most likely out of scope is not
    ([("5k.khau_trang", 0.8), ("tro_chuyen.ngoai_pham_vi", 0.1)], ("hoi_lai", 0.8)),
    ([("5k.khau_trang", 0.8), ("tro_chuyen.ngoai_pham_vi", 0.09)], ("5k.khau_trang", 0.8)),
    ([("tro_chuyen.ngoai_pham_vi", 0.6), ("5k.khau_trang", 0.2)], ("tro_chuyen.ngoai_pham_vi", 0.6)),
    # sensitive ones are not swallowed
    ([("an_sinh.mai_tang", 0.7), ("nhay_cam.tu_vong", 0.2)], ("hoi_lai", 0.7)),
    ([("an_sinh.mai_tang", 0.8), ("nhay_cam.tu_vong", 0.19)], ("an_sinh.mai_tang", 0.8)),
    ([("an_sinh.mai_tang", 0.5), ("nhay_cam.tu_vong", 0.35)], ("nhay_cam.tu_vong", 0.35)),
    ([("tro_chuyen.chao", 0.35), ("nhay_cam.rieng_tu", 0.15), ("nhay_cam.tu_vong", 0.1)], ("nhay_cam.rieng_tu", 0.25)),
    # priority 1 never waits for a question back
    ([("suc_khoe.trieu_chung", 0.8), ("nhay_cam.cap_cuu", 0.2)], ("nhay_cam.cap_cuu", 0.2)),
    ([("suc_khoe.trieu_chung", 0.8), ("nhay_cam.cap_cuu", 0.19)], ("suc_khoe.trieu_chung", 0.8)),
    ([("nhay_cam.cap_cuu", 0.3), ("tro_chuyen.chao", 0.28)], ("nhay_cam.cap_cuu", 0.3)),
    ([("nhay_cam.tu_vong", 0.4), ("nhay_cam.tu_hai", 0.12), ("nhay_cam.bao_luc", 0.1)], ("nhay_cam.tu_hai", 0.22)),
]  # fmt: skip


@pytest.fixture
def gate() -> ConfidenceGate:
    return ConfidenceGate(ConfidenceGate.get_default_config())


@pytest.mark.parametrize(("ranking", "decided"), TABLE)
def test_it_decides_by_the_table_when_nothing_is_certain(
    gate: ConfidenceGate, ranking: Ranking, decided: tuple[str, float]
) -> None:
    name, confidence = gate.choose(ranking)
    assert (name, confidence) == (decided[0], pytest.approx(decided[1]))


def test_it_keeps_the_ranking_of_keys_when_it_asks_back(gate: ConfidenceGate) -> None:
    message = Message({"text": "x"})
    set_ranking(message, [(f"5k.{index}", 0.3 - index / 100) for index in range(20)])
    gate.process([message])
    assert message.get("intent") == {"name": "hoi_lai", "confidence": 0.3}
    assert [entry["name"] for entry in message.get("intent_ranking")] == [f"5k.{index}" for index in range(10)]


def test_it_changes_nothing_when_a_rule_has_decided(gate: ConfidenceGate) -> None:
    message = Message({"text": "Thọ Xuân"})
    set_ranking(message, [("5k.khau_trang", 0.1), ("5k.xu_phat", 0.1)])
    set_intent(message, "dia_danh", 1.0)
    gate.process([message])
    assert message.get("intent") == {"name": "dia_danh", "confidence": 1.0}


def test_it_passes_a_message_when_nothing_ranked_it(gate: ConfidenceGate) -> None:
    message = Message({"text": ""})
    gate.process([message])
    assert message.get("intent") is None


def test_it_takes_the_keys_of_the_danger_rules_for_urgent() -> None:
    entries = yaml.safe_load(Path("data/taxonomy.yml").read_text("utf-8"))["answers"]
    assert {entry["key"] for entry in entries if entry.get("priority") == 1} == URGENT
