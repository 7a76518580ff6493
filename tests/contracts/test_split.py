"""Long texts are cut where a reader pauses, and nothing is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.split import length, split_text

SENTENCE = "Người tiếp xúc gần cần cách ly và theo dõi sức khỏe theo hướng dẫn của y tế cơ sở. "


def _words(text: str) -> str:
    return "".join(text.split())


def test_it_leaves_a_short_text_alone() -> None:
    assert split_text("Chào bạn.\nKhẩn cấp gọi 115.") == ["Chào bạn.\nKhẩn cấp gọi 115."]
    assert split_text("") == [""]


def test_it_cuts_three_thousand_characters_at_a_sentence() -> None:
    text = (SENTENCE * 40)[:3000]

    pieces = split_text(text)

    assert len(pieces) == 2
    assert pieces[0].endswith("cơ sở.")
    assert _words("".join(pieces)) == _words(text)


def test_it_prefers_a_paragraph() -> None:
    text = f"{SENTENCE * 15}\n\n{SENTENCE * 15}"

    assert split_text(text) == [(SENTENCE * 15).strip(), (SENTENCE * 15).strip()]


def test_it_counts_composed_characters() -> None:
    text = unicodedata.normalize("NFD", "ế" * 2000)

    assert split_text(text) == ["ế" * 2000]


def test_it_cuts_a_word_only_when_there_is_no_other_place() -> None:
    assert [len(piece) for piece in split_text("x" * 4100)] == [2000, 2000, 100]


@pytest.mark.parametrize("mark", ["\u0323", "\u200d"])
def test_it_parts_no_mark_from_its_letter(mark: str) -> None:
    pieces = split_text("b" * 1999 + "k" + mark + "c" * 10)

    assert not pieces[1].startswith(mark)


@given(st.text(alphabet=st.sampled_from("aế .\n😷?\u0301"), max_size=400), st.integers(5, 60))
def test_it_keeps_every_word_and_the_limit(text: str, limit: int) -> None:
    pieces = split_text(text, limit)

    assert all(length(piece) <= limit for piece in pieces)
    assert _words("".join(pieces)) == _words(unicodedata.normalize("NFC", text))
