"""Synonyms: one idea for different words, and a lexicon that can be matched."""

from __future__ import annotations

import pytest

from bot.featurizers.concepts import CONCEPTS
from bot.featurizers.ideas import ideas_of
from vitext.fold import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tiem phong cho nao", "tiem chung o dau"),
        ("hotline", "duong day nong"),
        ("co bau", "mang thai"),
        ("mat tien khong", "ton tien khong"),
    ],
)
def test_it_gives_the_same_ideas_when_words_are_synonyms(one: str, other: str) -> None:
    assert list(ideas_of(one.split())) == list(ideas_of(other.split()))


def test_it_prefers_the_longest_phrase_when_several_begin_at_a_word() -> None:
    assert list(ideas_of(["test", "nhanh"])) == list(ideas_of(["que", "test"])) != list(ideas_of(["test"]))


def test_it_keeps_words_when_the_lexicon_does_not_know_them() -> None:
    assert list(ideas_of(["zzz", "qqq"])) == ["zzz", "qqq"]
    assert list(ideas_of([])) == []


def test_it_holds_only_folded_phrases_when_it_is_read() -> None:
    phrases = [phrase for joined in CONCEPTS.values() for phrase in joined.split("|")]
    assert all(phrase == fold(phrase) == " ".join(phrase.split()) != "" for phrase in phrases)
