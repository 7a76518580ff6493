"""Readings of a syllable: slips that stand for a word, and other words that do not."""

import pytest

from vitext.spelling import fits, readings, spelling


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kho", "khó"),
        ("thơ", "thở"),
        ("thỡ", "thở"),
        ("thởo", "thở"),
        ("thoo", "thở"),
        ("khos", "khó"),
        ("thowr", "thở"),
        ("htở", "thở"),
        ("mooi", "môi"),
        ("giaatj", "giật"),
        ("tho73", "thở"),
        ("cuuuu", "cứu"),
        ("khóoooo", "khó"),
    ],
)
def test_it_reads_a_slip_as_the_word_meant(typed: str, meant: str) -> None:
    assert any(fits(reading, spelling(meant)) for reading in readings(typed))


@pytest.mark.parametrize(
    ("typed", "other"),
    [("tìm", "tím"), ("mới", "môi"), ("từ", "tự"), ("dành", "đánh"), ("thỏi", "thở"), ("ngắt", "ngất"), ("khổ", "khó")],
)
def test_it_does_not_read_another_word_when_accents_differ(typed: str, other: str) -> None:
    assert not any(fits(reading, spelling(other)) for reading in readings(typed))
