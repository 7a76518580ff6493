"""Folding: spellings that residents mix up become one, and spans lead back to the text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitext.fold import fold, fold_with_offsets, syllables

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Khó Thở", "kho tho"),
        ("Đường đi", "duong di"),
        ("Ðà Nẵng", "da nang"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("NGHIÊNG ƯỚT", "nghieng uot"),
        ("ＳｐＯ₂", "spo2"),
        ("f0, 5K!", "f0, 5k!"),
        ("хаy", "xay"),  # х and а are Cyrillic
        ("", ""),
        ("😷 \ud800", "😷 \ud800"),
    ],
)
def test_it_folds_to_lower_case_without_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(ANY_TEXT)
def test_it_changes_nothing_when_folded_twice(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_it_folds_nfd_like_nfc_when_given_either(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(ANY_TEXT)
def test_it_leads_back_to_the_text_when_given_any_characters(text: str) -> None:
    folded, offsets = fold_with_offsets(text)

    assert folded == fold(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)
    assert all(fold(text[offsets[index]]).count(letter) for index, letter in enumerate(folded))


def test_it_cuts_syllables_with_their_spans_when_text_is_decomposed() -> None:
    text = unicodedata.normalize("NFD", "Mẹ tôi: khó-thở_quá, SpO2 88%")

    found = syllables(text)

    assert [syllable.folded for syllable in found] == ["me", "toi", "kho", "tho", "qua", "spo2", "88"]
    assert [unicodedata.normalize("NFC", syllable.text) for syllable in found[:4]] == ["Mẹ", "tôi", "khó", "thở"]
    assert all(text[syllable.start : syllable.end] == syllable.text for syllable in found)


@pytest.mark.parametrize("word", ["f0", "5k", "spo2", "1022"])
def test_it_keeps_letters_and_digits_together(word: str) -> None:
    assert [syllable.folded for syllable in syllables(f"({word}),")] == [word]


@given(ANY_TEXT)
def test_it_gives_syllables_in_order_when_given_any_characters(text: str) -> None:
    starts = [syllable.start for syllable in syllables(text)]

    assert starts == sorted(starts)
    assert all(syllable.text and syllable.folded.isalnum() for syllable in syllables(text))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("v.a.c.x.i.n", ["vacxin"]),
        ("t*i*ê*m vắc-xin", ["tiem", "vac", "xin"]),
        ("k h ó t h ở", ["khotho"]),
        ("a b c", ["a", "b", "c"]),
        ("Q.1 TP.HCM", ["q", "1", "tp", "hcm"]),
        ("ngày 1.2.3", ["ngay", "1", "2", "3"]),
        ("a.b c.d", ["a", "b", "c", "d"]),
    ],
)
def test_it_reads_a_word_that_is_spelt_out_as_one(text: str, folded: list[str]) -> None:
    found = syllables(text)
    assert [syllable.folded for syllable in found] == folded
    assert all("." not in syllable.text and text[syllable.start : syllable.end] for syllable in found)
