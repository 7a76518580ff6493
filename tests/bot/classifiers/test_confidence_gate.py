"""Answer, ask back, or not understood: the table of decisions."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.classifiers.confidence_gate import ConfidenceGate
from bot.classifiers.ranking import set_intent, set_ranking

Ranking = list[tuple[str, float]]
TABLE = [
    ([("5k.khau_trang", 0.9), ("5k.xu_phat", 0.1)], ("5k.khau_trang", 0.9)),
    ([("5k.khau_trang", 0.45), ("5k.xu_phat", 0.35)], ("5k.khau_trang", 0.45)),
    ([("5k.khau_trang", 0.44), ("5k.xu_phat", 0.2)], ("hoi_lai", 0.44)),
    ([("5k.khau_trang", 0.5), ("5k.xu_phat", 0.45)], ("hoi_lai", 0.5)),
    ([("5k.khau_trang", 0.2), ("5k.xu_phat", 0.1)], ("hoi_lai", 0.2)),
    ([("5k.khau_trang", 0.19), ("5k.xu_phat", 0.1)], ("khong_hieu", 0.19)),
    ([("5k.khau_trang", 1.0)], ("5k.khau_trang", 1.0)),
    # sensitive ones are not swallowed
    ([("suc_khoe.trieu_chung", 0.7), ("nhay_cam.cap_cuu", 0.25)], ("hoi_lai", 0.7)),
    ([("suc_khoe.trieu_chung", 0.8), ("nhay_cam.cap_cuu", 0.2)], ("suc_khoe.trieu_chung", 0.8)),
    ([("nhay_cam.cap_cuu", 0.5), ("suc_khoe.trieu_chung", 0.45)], ("nhay_cam.cap_cuu", 0.5)),
    ([("tro_chuyen.chao", 0.35), ("nhay_cam.cap_cuu", 0.3), ("nhay_cam.tu_vong", 0.25)], ("nhay_cam.cap_cuu", 0.55)),
    ([("nhay_cam.cap_cuu", 0.3), ("tro_chuyen.chao", 0.28)], ("hoi_lai", 0.3)),
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
