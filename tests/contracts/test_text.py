"""Foreign text is cleaned the same way at every border."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.text import clean_text, has_words

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  tôi là f1  ", "tôi là f1"),
        (unicodedata.normalize("NFD", "điểm tiêm ở Thọ Xuân"), "điểm tiêm ở Thọ Xuân"),
        ("a\x00b\x07c\u200bd\ufeff", "abcd"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("dòng 1\r\ndòng 2\rdòng 3", "dòng 1\ndòng 2\ndòng 3"),
        ("Ðiểm tiêm", "Điểm tiêm"),
        ("😷", "😷"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
    ],
)
def test_it_cleans(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@given(ANY_TEXT)
def test_it_is_idempotent_and_can_be_stored(raw: str) -> None:
    once = clean_text(raw)

    assert clean_text(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "expected"), [("", False), ("😷😷", False), ("?!…", False), ("f1", True), ("Ơ", True)]
)
def test_it_tells_words_from_signs(text: str, expected: bool) -> None:
    assert has_words(text) is expected


def test_it_cleans_a_text_the_same_beside_a_character_that_goes() -> None:
    """Characters that can be printed are not looked at one by one; beside one that cannot, all are."""
    printable = [character for character in map(chr, range(0x110000)) if character.isprintable()]
    assert [character for character in printable if clean_text(character) != clean_text(f"{character}\x00")] == []
