"""TF-IDF over accent-folded syllables and pairs of them: which of some texts fits a question best."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from contracts.release import Release
from vitext.fold import syllables

TITLE_WEIGHT = 3


class Index:
    """Weighted terms of each release, built anew when the set of releases changes."""

    def __init__(self, ids: frozenset[str], releases: Iterable[Release]) -> None:
        self.ids = ids
        counted = [(release, _release_terms(release)) for release in releases]
        seen = Counter(term for _, terms in counted for term in terms)
        self._idf = {term: math.log((1 + len(counted)) / (1 + count)) + 1 for term, count in seen.items()}
        self._vectors = [(release, self._vector(terms)) for release, terms in counted]

    def ranked(self, question: str, limit: int) -> list[tuple[Release, float]]:
        """The releases that fit best with their scores (cosine, 0 to 1), best first; none that shares no word."""
        vector = self._vector(Counter(_terms(question)))
        scored = [(release, _dot(vector, other)) for release, other in self._vectors]
        return sorted((pair for pair in scored if pair[1] > 0), key=lambda pair: -pair[1])[:limit]

    def _vector(self, terms: Counter[str]) -> dict[str, float]:
        weights = {term: (1 + math.log(n)) * self._idf[term] for term, n in terms.items() if term in self._idf}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {term: weight / length for term, weight in weights.items()}


def _release_terms(release: Release) -> Counter[str]:
    terms = Counter(_terms(str(release.payload["text"])))
    for term in _terms(str(release.payload["title"])):
        terms[term] += TITLE_WEIGHT
    return terms


def _terms(text: str) -> list[str]:
    words = [syllable.folded for syllable in syllables(text)]
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def _dot(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(weight * other.get(term, 0.0) for term, weight in one.items())
