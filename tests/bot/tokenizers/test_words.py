"""Words align with the text whatever it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.tokenizers.words import cut
from contracts.text import clean_text

SENTENCES = [
    ("F1 phải cách ly bao nhiêu ngày?", ["F1", "phải", "cách ly", "bao nhiêu", "ngày", "?"]),
    ("Tôi đeo khẩu trang", ["Tôi", "đeo", "khẩu trang"]),
    ("  hai  dấu cách ", ["hai", "dấu", "cách"]),
    ("", []),
    ("\n\n", []),
]


@pytest.mark.parametrize(("text", "words"), SENTENCES)
def test_it_cuts_vietnamese_words_when_the_text_is_nfc(text: str, words: list[str]) -> None:
    assert [word.text for word in cut(text)] == words


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("đĐÐăơướệ 😷\u200b\n-/{}")), max_size=80))
def test_it_keeps_spans_in_order_when_the_text_is_naughty(raw: str) -> None:
    text = clean_text(raw)
    end = 0
    for word in cut(text):
        assert text[word.start : word.end] == word.text
        assert word.start >= end
        assert word.text.strip()
        end = word.end


def test_it_keeps_spans_when_the_text_is_longer_than_a_piece() -> None:
    text = "tôi muốn hỏi điểm tiêm ở thọ xuân " * 120
    words = cut(text)
    assert len(words) > 600
    assert all(text[word.start : word.end] == word.text for word in words)


def test_it_cuts_nfd_like_nfc_when_the_text_was_cleaned() -> None:
    text = "Ðiểm tiêm ở huyện Thọ Xuân"
    assert cut(clean_text(unicodedata.normalize("NFD", text))) == cut(clean_text(text))
