"""Grams as numbers: the same everywhere, never across two sentences."""

from __future__ import annotations

from collections import Counter

from bot.featurizers.grams import SLOTS, Grams, characters_of, pairs, runs, words_of


def of_row(grams: Grams, row: int) -> Counter[int]:
    return Counter(grams.slots[grams.rows == row].tolist())


def test_it_finds_the_same_grams_when_sentences_stand_together_or_alone() -> None:
    sentences = [["cach", "ly", "may", "ngay"], ["tiem"], [], ["o", "dau"]]
    together = {
        "runs": runs(words_of(sentences), (1, 2)),
        "pairs": pairs(words_of(sentences), 4),
        "characters": runs(characters_of(sentences), (2, 3, 4, 5)),
    }
    for row, sentence in enumerate(sentences):
        assert of_row(together["runs"], row) == of_row(runs(words_of([sentence]), (1, 2)), 0)
        assert of_row(together["pairs"], row) == of_row(pairs(words_of([sentence]), 4), 0)
        assert of_row(together["characters"], row) == of_row(runs(characters_of([sentence]), (2, 3, 4, 5)), 0)


def test_it_counts_words_and_neighbours_when_marks_stand_at_both_ends() -> None:
    grams = runs(words_of([["cach", "ly"]]), (1, 2))
    assert len(grams.slots) == 4 + 3
    assert len(set(grams.slots.tolist())) == 7


def test_it_keeps_the_order_when_it_pairs_words_apart() -> None:
    def found(*words: str) -> set[int]:
        return set(pairs(words_of([words]), 4).slots.tolist())

    assert found("cach", "ly", "x", "ngay") & found("cach", "may", "ngay") > found("ngay") - found("cach")
    assert found("tiem", "o") != found("o", "tiem")


def test_it_gives_known_slots_when_it_runs_on_any_machine() -> None:
    assert runs(words_of([["tiêm"]]), (1,)).slots.tolist() == EXPECTED_WORDS
    assert runs(characters_of([["ab"]]), (3,)).slots.tolist() == EXPECTED_CHARACTERS
    assert all(0 <= slot < SLOTS for slot in EXPECTED_WORDS + EXPECTED_CHARACTERS)


def test_it_finds_nothing_when_there_is_nothing() -> None:
    assert len(runs(words_of([]), (1, 2)).slots) == 0
    assert len(pairs(words_of([]), 4).slots) == 0
    assert len(runs(characters_of([[]]), (4,)).slots) == 0


EXPECTED_WORDS = [2300703, 6035496, 7805269]
EXPECTED_CHARACTERS = [9054918, 3626451]
