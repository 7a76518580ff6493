"""The answer while the engine is away: the release whose words fit best, else the menu and the hotline.

TF-IDF over accent-folded syllables and pairs of them, the question's title counting more than the answer's text.
It has no ambition to understand; it must be right when it answers, so the bar is high.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from connectors.snapshot.texts import GatewayTexts
from contracts.keys import NO_ANSWER_YET
from contracts.release import Release
from ledger.replies import Reply
from vitext.fold import syllables

# Chosen on the shipped training questions (make bench-degraded): at this bar nine in ten of its answers are right.
ENOUGH = 0.30
TITLE_WEIGHT = 3


class DegradedAnswers:
    """Keyword match over the faq releases in force."""

    def __init__(self, texts: GatewayTexts) -> None:
        self._texts = texts
        self._index: _Index | None = None

    def answer(self, question: str) -> Reply:
        """A reply that says that the assistant is limited, then the best release, or the menu and the hotline."""
        found = self.best(question)
        if found is not None:
            release, score = found
            notice, _ = self._texts.system("tam_gian_doan")
            return self._texts.reply(release, meta=_meta(release.key, score), prefix=notice)
        notice, notice_release = self._texts.system("chua_tra_loi_duoc")
        meta = {**_meta(NO_ANSWER_YET, 0.0), "asked_back": True}
        menu = self._texts.find("menu", "menu/chinh")
        if menu is None:
            return Reply(text=notice, meta=meta, release=notice_release)
        return self._texts.reply(menu, meta=meta, prefix=notice)

    def best(self, question: str) -> tuple[Release, float] | None:
        """The best fitting release with its score (0 to 1), None below the bar."""
        releases = [r for r in self._texts.in_force("faq") if not r.key.startswith("tro_chuyen/") and r.place == ""]
        ids = frozenset(release.id for release in releases)
        if self._index is None or self._index.ids != ids:
            self._index = _Index(ids, releases)
        found = self._index.best(question)
        return found if found is not None and found[1] >= ENOUGH else None


class _Index:
    """Weighted terms of each release, built anew when the set of releases changes."""

    def __init__(self, ids: frozenset[str], releases: Iterable[Release]) -> None:
        self.ids = ids
        counted = [(release, _release_terms(release)) for release in releases]
        seen = Counter(term for _, terms in counted for term in terms)
        self._idf = {term: math.log((1 + len(counted)) / (1 + count)) + 1 for term, count in seen.items()}
        self._vectors = [(release, self._vector(terms)) for release, terms in counted]

    def best(self, question: str) -> tuple[Release, float] | None:
        vector = self._vector(Counter(_terms(question)))
        scored = [(release, _dot(vector, other)) for release, other in self._vectors]
        return max(scored, key=lambda pair: pair[1], default=None)

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


def _meta(answer: str, score: float) -> dict[str, object]:
    return {"answer": answer, "confidence": round(score, 3), "model": "degraded"}
