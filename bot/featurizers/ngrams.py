"""N-grams of words, ideas and characters as weighted sparse vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from bot.featurizers.grams import SLOTS, Grams, characters_of, pairs, runs, words_of
from bot.featurizers.sentence import Sentence

Floats = npt.NDArray[np.float32]
Slots = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Block:
    """One family of n-grams: at most ``limit`` of those in ``least`` sentences or more; ``weight`` is its length."""

    name: str
    grams: Callable[[Sequence[Sentence]], Grams]
    least: int
    limit: int
    weight: float = 1.0


def _words(sentences: Sequence[Sentence]) -> list[tuple[str, ...]]:
    return [sentence.words for sentence in sentences]


def _ideas(sentences: Sequence[Sentence]) -> list[tuple[str, ...]]:
    return [sentence.ideas for sentence in sentences]


# Kept is what helped on voices that training had not seen (``python -m bench.nlu_voices``).
BLOCKS = (
    Block("words", lambda sentences: runs(words_of(_words(sentences)), (1,)), 1, 12_000),
    Block("neighbours", lambda sentences: runs(words_of(_words(sentences)), (2,)), 1, 20_000),
    Block("apart", lambda sentences: pairs(words_of(_words(sentences)), 4), 2, 20_000),
    Block("characters", lambda sentences: runs(characters_of(_words(sentences)), (2, 3, 4, 5)), 2, 20_000, 1.5),
    Block("ideas", lambda sentences: runs(words_of(_ideas(sentences)), (1,)), 1, 12_000),
    Block("ideas_apart", lambda sentences: pairs(words_of(_ideas(sentences)), 4), 2, 20_000),
)


class NgramFeatures:
    """TF-IDF over the blocks, each brought to its weight as length, with a fixed vocabulary once fitted.

    Both term and document frequency count less than in the usual TF-IDF (logarithm, square root): rare words of one
    writer's story would otherwise drown what everybody says.
    """

    def __init__(self, vocabularies: Sequence[Slots], idf: Floats) -> None:
        """``vocabularies`` are the ascending slots of each block, ``idf`` has one entry a slot of them all."""
        self._vocabularies = list(vocabularies)
        ends = np.cumsum([len(slots) for slots in self._vocabularies])[:-1]
        self._idf = np.split(idf, ends)

    @property
    def size(self) -> int:
        """Number of features of all blocks."""
        return sum(map(len, self._vocabularies))

    @classmethod
    def fit(cls, sentences: Sequence[Sentence]) -> NgramFeatures:
        """Chooses the vocabulary: the most frequent n-grams, ties by their slots, so that training repeats exactly."""
        vocabularies, idf = [], []
        for block in BLOCKS:
            frequency = np.bincount(_counts(block, sentences)[1], minlength=SLOTS)
            known = np.flatnonzero(frequency >= block.least)
            kept = np.sort(known[np.argsort(-frequency[known], kind="stable")[: block.limit]])
            vocabularies.append(kept.astype(np.int32))
            idf.append(np.sqrt(np.log((1 + len(sentences)) / (1 + frequency[kept])) + 1))
        return cls(vocabularies, np.concatenate(idf).astype(np.float32))

    def row(self, sentence: Sentence) -> tuple[Slots, Floats]:
        """Indices and values of a sentence's features; both empty when it shares nothing with the training data."""
        _, columns, values = self._entries([sentence])
        return columns, values

    def matrix(self, sentences: Sequence[Sentence]) -> Any:
        """CSR matrix, one row a sentence."""
        rows, columns, values = self._entries(sentences)
        return csr_matrix((values, (rows, columns)), shape=(len(sentences), self.size), dtype=np.float32)

    def to_arrays(self) -> dict[str, Any]:
        """Everything that ``from_arrays`` needs, by name."""
        slots = dict(zip((f"slots_{block.name}" for block in BLOCKS), self._vocabularies, strict=True))
        return {**slots, "idf": np.concatenate(self._idf)}

    @classmethod
    def from_arrays(cls, arrays: Any) -> NgramFeatures:
        """Restores what ``to_arrays`` gave."""
        return cls([arrays[f"slots_{block.name}"] for block in BLOCKS], arrays["idf"])

    def _entries(self, sentences: Sequence[Sentence]) -> tuple[Slots, Slots, Floats]:
        """Row, column and value of every feature that is not zero."""
        parts = []
        first = 0
        for block, vocabulary, idf in zip(BLOCKS, self._vocabularies, self._idf, strict=True):
            rows, slots, counts = _counts(block, sentences)
            places = np.searchsorted(vocabulary, slots)
            known = np.append(vocabulary, -1)[places] == slots
            rows, columns = rows[known], places[known]
            values = (1 + np.log(counts[known])) * idf[columns]
            lengths = np.sqrt(np.bincount(rows, weights=values**2, minlength=len(sentences)))
            parts.append((rows, columns + first, values * (block.weight / lengths[rows])))
            first += len(vocabulary)
        rows, columns, values = (np.concatenate(column) for column in zip(*parts, strict=True))
        return rows.astype(np.int32), columns.astype(np.int32), values.astype(np.float32)


def _counts(block: Block, sentences: Sequence[Sentence]) -> tuple[Slots, Slots, Slots]:
    """Sentence, slot and count of every gram, ordered by sentence and slot."""
    grams = block.grams(sentences)
    found, counts = np.unique(grams.rows.astype(np.int64) * SLOTS + grams.slots, return_counts=True)
    return (found // SLOTS).astype(np.int32), (found % SLOTS).astype(np.int32), counts
