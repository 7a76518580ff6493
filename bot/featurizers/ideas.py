"""Replacing synonyms: "chích ngừa", "tiêm chủng" and "tiêm phòng" become one idea."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.featurizers.concepts import CONCEPTS


def ideas_of(words: Sequence[str]) -> Iterator[str]:
    """The words in order, each phrase of the lexicon replaced by the names of its concepts, in angle brackets.

    The longest phrase at a place counts; words that the lexicon does not know stay.
    """
    position = 0
    while position < len(words):
        size = _phrase_at(words, position)
        yield from _IDEAS[tuple(words[position : position + size])] if size else (words[position],)
        position += size or 1


def _phrase_at(words: Sequence[str], position: int) -> int:
    """Words of the longest known phrase that begins at ``position``; 0 when there is none."""
    sizes = _SIZES.get(words[position], ())
    return next((size for size in sizes if tuple(words[position : position + size]) in _IDEAS), 0)


def _read() -> dict[tuple[str, ...], tuple[str, ...]]:
    ideas: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for concept, phrases in CONCEPTS.items():
        for phrase in phrases.split("|"):
            ideas[tuple(phrase.split())].append(f"<{concept}>")
    return {phrase: tuple(dict.fromkeys(names)) for phrase, names in ideas.items()}


def _sizes(phrases: Iterator[tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    """First word → lengths of the phrases that begin with it, longest first."""
    sizes: dict[str, set[int]] = defaultdict(set)
    for phrase in phrases:
        sizes[phrase[0]].add(len(phrase))
    return {word: tuple(sorted(known, reverse=True)) for word, known in sizes.items()}


_IDEAS = _read()
_SIZES = _sizes(iter(_IDEAS))
