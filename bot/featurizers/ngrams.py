"""N-grams of words, syllables and characters, accented and folded, as weighted sparse vectors."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from bot.featurizers.sentence import Sentence

Floats = npt.NDArray[np.float32]
_SKIP_REACH = 4


def _word_grams(words: Sequence[str], longest: int) -> Iterator[str]:
    padded = ["^", *words, "$"]
    for size in range(1, longest + 1):
        for start in range(len(padded) - size + 1):
            yield " ".join(padded[start : start + size])


def _pairs_apart(words: Sequence[str]) -> Iterator[str]:
    """Pairs of words at most four apart: "cách ly … ngày" whatever stands between."""
    for index, word in enumerate(words):
        for other in words[index + 1 : index + 1 + _SKIP_REACH]:
            yield f"{word}_{other}"


def _character_grams(words: Sequence[str]) -> Iterator[str]:
    """Three to six characters, across word borders, so that a missing or wrong space costs little."""
    text = f" {' '.join(words)} "
    for size in range(3, 7):
        for start in range(len(text) - size + 1):
            yield text[start : start + size]


@dataclass(frozen=True)
class Block:
    """One family of n-grams with its own vocabulary: at most ``limit`` of those in ``least`` sentences or more."""

    name: str
    grams: Callable[[Sentence], Iterator[str]]
    least: int
    limit: int


# Limits chosen by 4-fold cross-validation on the shipped examples: 12,000 a block is within 0.2 points of no limit
# and keeps the archive at some 10 MB. Every example counts twice, with and without accents.
BLOCKS = (
    Block("meant", lambda sentence: _word_grams(sentence.meant, 2), 1, 12_000),
    Block("apart", lambda sentence: _pairs_apart(sentence.meant), 4, 12_000),
    Block("typed", lambda sentence: _word_grams(sentence.typed, 2), 1, 12_000),
    Block("words", lambda sentence: _word_grams(sentence.words, 1), 1, 12_000),
    Block("typed_characters", lambda sentence: _character_grams(sentence.typed), 4, 12_000),
    Block("folded_characters", lambda sentence: _character_grams(sentence.folded), 4, 12_000),
)


class NgramFeatures:
    """TF-IDF over the blocks, each of length one, with a fixed vocabulary once fitted."""

    def __init__(self, vocabularies: list[dict[str, int]], idf: Floats) -> None:
        self._vocabularies = vocabularies
        self._idf = idf

    @property
    def size(self) -> int:
        """Number of features of all blocks."""
        return len(self._idf)

    @classmethod
    def fit(cls, sentences: Sequence[Sentence]) -> NgramFeatures:
        """Chooses the vocabulary: the most frequent n-grams, ties by their spelling, so that training repeats exactly."""
        vocabularies: list[dict[str, int]] = []
        idf: list[float] = []
        for block in BLOCKS:
            frequency: Counter[str] = Counter()
            for sentence in sentences:
                frequency.update(set(block.grams(sentence)))
            ranked = sorted(frequency.items(), key=lambda item: (-item[1], item[0]))
            kept = [(gram, count) for gram, count in ranked if count >= block.least][: block.limit]
            vocabularies.append({gram: len(idf) + index for index, (gram, _) in enumerate(kept)})
            idf.extend(math.log((1 + len(sentences)) / (1 + count)) + 1 for _, count in kept)
        return cls(vocabularies, np.array(idf, dtype=np.float32))

    def row(self, sentence: Sentence) -> tuple[npt.NDArray[np.int32], Floats]:
        """Indices and values of a sentence's features; both empty when it shares nothing with the training data."""
        indices: list[int] = []
        values: list[Floats] = []
        for block, vocabulary in zip(BLOCKS, self._vocabularies, strict=True):
            counts = Counter(vocabulary[gram] for gram in block.grams(sentence) if gram in vocabulary)
            if counts:
                own = np.fromiter(counts, dtype=np.int32, count=len(counts))
                weights = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))) * self._idf[
                    own
                ]
                indices.extend(counts)
                values.append(weights / np.linalg.norm(weights))
        return np.array(indices, dtype=np.int32), np.concatenate(values) if values else np.zeros(0, dtype=np.float32)

    def matrix(self, sentences: Sequence[Sentence]) -> Any:
        """CSR matrix, one row a sentence."""
        rows = [self.row(sentence) for sentence in sentences]
        starts = np.cumsum([0, *(len(indices) for indices, _ in rows)])
        indices = np.concatenate([indices for indices, _ in rows])
        values = np.concatenate([values for _, values in rows])
        return csr_matrix((values, indices, starts), shape=(len(rows), self.size), dtype=np.float32)

    def to_json(self) -> list[list[str]]:
        """Vocabulary of each block in the order of its features."""
        return [list(vocabulary) for vocabulary in self._vocabularies]

    @classmethod
    def from_json(cls, body: list[list[str]], idf: Floats) -> NgramFeatures:
        """Restores what ``to_json`` wrote; ``idf`` has one entry a feature."""
        vocabularies: list[dict[str, int]] = []
        start = 0
        for grams in body:
            vocabularies.append({gram: start + index for index, gram in enumerate(grams)})
            start += len(grams)
        return cls(vocabularies, idf)

    @property
    def idf(self) -> Floats:
        """Inverse document frequency of every feature."""
        return self._idf
