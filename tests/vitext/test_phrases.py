"""The pattern language of the rules."""

import pytest

from vitext.message import read_message
from vitext.phrases import PhraseBook

CLASSES = {"who": "mẹ bố"}


def found(pattern: str, text: str) -> bool:
    return bool(PhraseBook([("rule", pattern)], CLASSES).find(read_message(text, {})))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("khó thở", "Khó thở!"),
        ("khó|hụt hơi|thở", "hụt hơi"),
        ("khó bị? thở", "khó thở"),
        ("không *2 thở", "không hề còn thở"),
        ("@who ốm", "bố ốm"),
        ("đánh^ em", "danh em"),
        ("tự! tử!", "tự tử"),
        ("bị? ngã", "ngã"),
    ],
)
def test_it_finds_the_phrase(pattern: str, text: str) -> None:
    assert found(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("khó thở", "khó, thở"),
        ("khó *2 thở", "khó. Thở"),
        ("khó *2 thở", "khó không thở"),
        ("không *1 thở", "không hề còn thở"),
        ("đánh^ em", "nhờ gửi danh em này"),
        ("tự! tử!", "tu tu"),
        ("tím môi", "tìm môi trường"),
    ],
)
def test_it_does_not_find_the_phrase(pattern: str, text: str) -> None:
    assert not found(pattern, text)


def test_it_refuses_a_pattern_when_it_ends_with_a_gap() -> None:
    with pytest.raises(ValueError, match="must begin and end with a word"):
        PhraseBook([("rule", "khó *2")], CLASSES)
