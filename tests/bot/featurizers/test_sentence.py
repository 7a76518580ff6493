"""What the features see of a message."""

from __future__ import annotations

from bot.featurizers.sentence import ELSEWHERE_MASK, PLACE_MASK, make_sentence
from bot.places.finder import PlaceFinder
from bot.tokenizers.words import cut


def test_it_masks_places_when_the_message_names_some(finder: PlaceFinder) -> None:
    text = "từ Hà Nội về xã Xuân Hòa huyện Thọ Xuân"
    sentence = make_sentence(text, cut(text), finder.find(text))
    assert sentence.typed == ("từ", ELSEWHERE_MASK, "về", PLACE_MASK)
    assert sentence.folded == ("tu", ELSEWHERE_MASK, "ve", PLACE_MASK)
    assert set(sentence.words) == {"từ", "về", ELSEWHERE_MASK, PLACE_MASK}


def test_it_is_the_same_when_only_the_place_differs(finder: PlaceFinder) -> None:
    texts = ("điểm tiêm ở Thọ Xuân", "điểm tiêm ở thị xã Nghi Sơn")
    assert len({make_sentence(text, cut(text), finder.find(text)) for text in texts}) == 1


def test_it_resolves_teencode_when_the_message_has_some() -> None:
    text = "k bik z"
    assert make_sentence(text, cut(text), []).meant == ("khong", "biet", "vay")
