"""Teencode and dialect: a table of what is meant, and what must stay as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitext.teencode import ACCENTED_DIALECT, PAIRS, SHORT_FORMS, normalize_tokens

KNOWN = sorted({*SHORT_FORMS, *ACCENTED_DIALECT, *(word for pair in PAIRS for word in pair)})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ko", "khong"),
        ("k đc", "khong duoc"),
        ("hok khum", "khong khong"),
        ("j z", "gi vay"),
        ("mik mk e", "minh minh em"),
        ("ng nhà ở bv", "nguoi nha o benh vien"),
        ("ck vk", "chong vo"),
        ("ntn", "nhu the nao"),
        ("ơiii đauuuu khóoo thoo", "oi dau kho tho"),
        ("cứu", "cuu"),
        ("đi mô", "di dau"),
        ("o mo", "o dau"),
        ("làm răng bây chừ", "lam sao bay gio"),
        ("mần chi", "lam gi"),
        ("nỏ biết", "khong biet"),
        ("hấn", "no"),
        ("mạ mệ", "me ba"),
        ("mun chit", "muon chet"),
        # Words that only look like a short form stay.
        ("đánh răng", "danh rang"),
        ("đau họng", "dau hong"),
        ("lơ mơ", "lo mo"),
        ("nó biết", "no biet"),
        ("5 k", "5 k"),
        ("vitamin e", "vitamin e"),
        ("tre", "tre"),
        ("kt bn dk", "kt bn dk"),
        ("phòng mổ", "phong mo"),
    ],
)
def test_it_gives_the_words_that_are_meant(typed: str, meant: str) -> None:
    assert normalize_tokens(typed.split()) == meant.split()


@given(
    st.lists(
        st.one_of(st.sampled_from(KNOWN), st.text(st.characters(categories=("L", "M", "N")), min_size=1, max_size=8)),
        max_size=8,
    )
)
def test_it_changes_nothing_when_done_twice(tokens: list[str]) -> None:
    once = normalize_tokens(tokens)

    assert normalize_tokens(once) == once


@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=8), max_size=8))
def test_it_loses_no_token_when_given_any_characters(tokens: list[str]) -> None:
    assert len(normalize_tokens(tokens)) >= len(tokens)
