"""Warnings about examples: too few, alike among themselves, or alike to those of another key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from newsroom.training.models import TrainingExample
from newsroom.training.sentences import LONGEST_EXAMPLE, comparable, first_of, same_words

FEW = 10
# Share of common trigrams from which two sentences, folded, are one sentence with a word exchanged.
ALIKE = 0.75


def warnings_for(key: str, examples: Sequence[str]) -> list[str]:
    """Vietnamese sentences for the author and the approver; none of them forbids anything."""
    if not examples:
        return []
    compared = comparable(examples, LONGEST_EXAMPLE)
    few = [f"Mới có {len(examples)} câu ví dụ. Nên có từ {FEW} câu, nhiều cách nói khác nhau."]
    found = few if len(examples) < FEW else []
    found += first_of([f"Hai câu ví dụ gần giống nhau: “{one}” và “{other}”." for one, other in _pairs(compared)])
    elsewhere = [
        f"“{text}” gần giống câu ví dụ “{other}” của khóa {other_key}."
        for text, other_key, other in _elsewhere(key, compared)
    ]
    return found + first_of(elsewhere)


def _pairs(examples: Sequence[str]) -> Iterator[tuple[str, str]]:
    grams = [(text, _trigrams(text)) for text in examples]
    for (one, first), (other, second) in combinations(grams, 2):
        if _alike(first, second):
            yield one, other


def _elsewhere(key: str, examples: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Each new example with key and text of the first other one that is like it; what the key has already passed review."""
    known = set(TrainingExample.objects.filter(key=key).values_list("text", flat=True))
    fresh = [text for text in examples if text not in known]
    others = list(TrainingExample.objects.exclude(key=key).values_list("key", "text")) if fresh else []
    holders: dict[str, list[int]] = defaultdict(list)
    for index, (_, other) in enumerate(others):
        for word in set(same_words(other).split()):
            holders[word].append(index)
    for text in fresh:
        grams = _trigrams(text)
        candidates = (others[index] for index in _sharing(text, holders))
        match = next((other for other in candidates if _alike(grams, _trigrams(other[1]))), None)
        if match is not None:
            yield text, *match


def _sharing(text: str, holders: dict[str, list[int]]) -> list[int]:
    """Sentences with at least half of the words: the only ones that can be alike, and few."""
    words = set(same_words(text).split())
    counts: dict[int, int] = defaultdict(int)
    for word in words:
        for index in holders.get(word, ()):
            counts[index] += 1
    return [index for index, count in counts.items() if count * 2 >= len(words)]


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)


def _trigrams(text: str) -> frozenset[str]:
    padded = f"  {same_words(text)} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))
