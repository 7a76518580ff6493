"""The components that overrule the ranking: danger, and a message that is only a place."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.classifiers.danger import SensitiveGuard
from bot.classifiers.place_only import PlaceOnlyClassifier
from bot.classifiers.ranking import set_ranking
from bot.extractors.place import PLACES
from bot.places.finder import PlaceFinder


def ranked(text: str, finder: PlaceFinder) -> Message:
    message = Message({"text": text})
    message.set(PLACES, finder.find(text))
    set_ranking(message, [("5k.khau_trang", 0.6), ("nhay_cam.cap_cuu", 0.3)])
    return message


@pytest.mark.parametrize(
    "text", ["Thọ Xuân", "dạ em ở huyện thọ xuân ạ", "tho xuan", "còn Hà Nội thì sao", "xã Xuân Hòa"]
)
def test_it_says_place_when_nothing_else_is_said(finder: PlaceFinder, text: str) -> None:
    message = PlaceOnlyClassifier({}).process([ranked(text, finder)])[0]
    assert message.get("intent") == {"name": "dia_danh", "confidence": 1.0}
    assert message.get("intent_ranking")[0]["name"] == "5k.khau_trang"


@pytest.mark.parametrize("text", ["điểm tiêm ở Thọ Xuân", "Thọ Xuân có mấy ca", "dạ", "khẩu trang"])
def test_it_leaves_the_intent_when_more_is_said(finder: PlaceFinder, text: str) -> None:
    assert PlaceOnlyClassifier({}).process([ranked(text, finder)])[0].get("intent")["name"] == "5k.khau_trang"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("mẹ tôi khó thở tím môi", "nhay_cam.cap_cuu"),
        ("me toi kho tho tim moi", "nhay_cam.cap_cuu"),
        ("em không muốn sống nữa", "nhay_cam.tu_hai"),
    ],
)
def test_it_is_certain_when_a_danger_rule_hits(finder: PlaceFinder, text: str, intent: str) -> None:
    message = SensitiveGuard({}).process([ranked(text, finder)])[0]
    assert message.get("intent") == {"name": intent, "confidence": 1.0}
    names = [entry["name"] for entry in message.get("intent_ranking")]
    assert names[0] == intent
    assert len(names) == len(set(names))


def test_it_leaves_the_ranking_when_the_question_is_general(finder: PlaceFinder) -> None:
    message = SensitiveGuard({}).process([ranked("dấu hiệu khó thở thì gọi số nào", finder)])[0]
    assert message.get("intent")["name"] == "5k.khau_trang"
