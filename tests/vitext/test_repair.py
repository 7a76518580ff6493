"""Single tokens: what is mended to what, and what is left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitext.repair import repair
from vitext.vocabulary import frequency, is_known, is_syllable


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("khoong", "khong"),
        ("dduowcj", "duoc"),
        ("nguoiwf", "nguoi"),
        ("tie6m", "tiem"),
        ("kh0ng", "khong"),
        ("bjet", "biet"),
        ("ngiem", "nghiem"),
        ("kach", "cach"),
        ("ngheim", "nghiem"),
        ("nghiemm", "nghiem"),
        ("nhannh", "nhanh"),
        ("cachly", "cach ly"),
        ("khautrangyte", "khau trang y te"),
        ("testnhanh", "test nhanh"),
        ("f0nang", "f0 nang"),
        ("39do", "39 do"),
        ("7h", "7 gio"),
        ("mui2", "mui 2"),
        ("ct16", "ct 16"),
    ],
)
def test_it_gives_the_words_that_were_meant(token: str, words: str) -> None:
    assert repair(token) == tuple(words.split())


@pytest.mark.parametrize(
    "token",
    ["tiem", "xoong", "covid", "zalo", "f1", "5k", "u23", "0912345678", "10m2", "asdfgh", "xdiadanhx", "k", "обычный",
     "h" * 41, "tiemchungcovid19govvn"],
)  # fmt: skip
def test_it_leaves_what_is_a_word_a_name_or_beyond_help(token: str) -> None:
    assert repair(token) == (token,)


@given(st.text(st.sampled_from("aeiouynghtkcmpdx0123456789wsfrj"), min_size=1, max_size=12))
def test_it_keeps_every_mended_word_when_asked_again(token: str) -> None:
    words = repair(token)
    if words != (token,):
        assert all(repair(word) == (word,) for word in words)


@pytest.mark.parametrize("word", ["nghieng", "quyet", "giuong", "uong", "yeu", "khuyu", "oai", "gi", "quoc", "thuo"])
def test_it_knows_a_syllable_when_the_language_has_it(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["ngiem", "kan", "cem", "tieem", "vacxin", "hnay", "q", "str", "ghan", "qan"])
def test_it_knows_no_syllable_when_the_spelling_forbids_it(word: str) -> None:
    assert not is_syllable(word)


def test_it_counts_common_syllables() -> None:
    assert frequency("tiem") > frequency("khau") > 0
    assert frequency("zalo") == 0
    assert is_known("zalo")
