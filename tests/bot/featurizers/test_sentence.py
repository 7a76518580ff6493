"""What the features see of a message."""

from __future__ import annotations

from bot.featurizers.sentence import ELSEWHERE_MASK, PLACE_MASK, make_sentence
from bot.places.finder import PlaceFinder
from vitext.fold import fold


def test_it_masks_places_when_the_message_names_some(finder: PlaceFinder) -> None:
    text = "từ Hà Nội về xã Xuân Hòa huyện Thọ Xuân"
    sentence = make_sentence(text, finder.find(text))
    assert sentence.words == ("tu", ELSEWHERE_MASK, "ve", PLACE_MASK)
    assert {ELSEWHERE_MASK, PLACE_MASK} <= set(sentence.ideas)


def test_it_is_the_same_when_only_the_place_differs(finder: PlaceFinder) -> None:
    texts = ("điểm tiêm ở Thọ Xuân", "điểm tiêm ở thị xã Nghi Sơn")
    assert len({make_sentence(text, finder.find(text)) for text in texts}) == 1


def test_it_is_the_same_when_accents_are_missing() -> None:
    text = "Tôi là F1, phải cách ly bao nhiêu ngày?"
    assert make_sentence(text) == make_sentence(fold(text))


def test_it_resolves_teencode_when_the_message_has_some() -> None:
    assert make_sentence("k bik z").words == ("khong", "biet", "vay")


def test_it_keeps_words_when_synonyms_are_replaced() -> None:
    sentence = make_sentence("tiêm chỗ nào")
    assert sentence.words == ("tiem", "cho", "nao")
    assert sentence.ideas == make_sentence("tiêm ở đâu").ideas
