"""Phrases written as readable patterns, and the matcher that finds them in a message, one word after another.

A pattern is a row of elements between spaces:

- ``khó``: this word, accents missing or slightly wrong allowed (see `vitext.spelling.fits`)
- ``khó|hụt``: one of these words
- ``bị?``: the word, or nothing
- ``*2``: up to two words of any kind, but no negation
- ``@self``: one of the words of that name in the classes given to the book
- ``đánh^``: where the writer uses accents at all, this word must bear its own
- ``tự!``: the word must bear its accents always, because without them it is an everyday word
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from vitext.message import Message, Word
from vitext.spelling import Spelling, fits, spelling

NEGATIONS = frozenset(("khong", "chua", "chang"))
_TWO_SYLLABLES = re.compile(r"[aeiouy][^aeiouy]+[aeiouy]")


class Hit(NamedTuple):
    """A phrase found: the name it was given in the book, and the half-open span of words."""

    name: str
    start: int
    end: int


class _Element(NamedTuple):
    meanings: dict[str, tuple[tuple[Spelling, str], ...]]
    optional: bool
    gap: int


class _Phrase(NamedTuple):
    name: str
    elements: tuple[_Element, ...]
    needed: tuple[frozenset[str], ...]  # per further element that must be there; a message without one is passed over


class PhraseBook:
    """A set of named patterns, indexed by their first word: finding costs time linear in the message."""

    def __init__(self, named: Iterable[tuple[str, str]], classes: Mapping[str, str]) -> None:
        """Compile ``(name, pattern)`` pairs; ValueError for a pattern that begins or ends with a gap."""
        # Per first word and per word of one further element that must be there ("" where there is none).
        self._index: dict[str, dict[str, list[_Phrase]]] = {}
        for name, pattern in named:
            elements = [_element(part, classes) for part in pattern.split()]
            if not elements or any(element.gap for element in (elements[0], elements[-1])):
                raise ValueError(
                    f"pattern {pattern!r} of {name!r}: must begin and end with a word; remove the gap there"
                )
            while elements:
                phrase = _phrase(name, elements)
                for letters in elements[0].meanings:
                    branches = self._index.setdefault(letters, {})
                    for further in min(phrase.needed, key=len, default=("",)):
                        branches.setdefault(further, []).append(phrase)
                if not elements[0].optional:
                    break
                elements = elements[1:]

    def find(self, message: Message) -> list[Hit]:
        """Every phrase that stands in the message, in order of its first word."""
        possible: dict[str, list[_Phrase]] = {}
        return [hit for start in range(len(message.words)) for hit in self._at(message, start, possible)]

    def beside(self, message: Message, anchor: int, at: int) -> set[str]:
        """The names of the phrases that begin at word ``at``, where it stands in the clause of word ``anchor``."""
        words = message.words
        if not 0 <= at < len(words) or words[at].clause != words[anchor].clause:
            return set()
        return {hit.name for hit in self._at(message, at, {})}

    def glued(self) -> dict[str, int]:
        """The first two words of the patterns without the space ("khotho"), with the length of the first word.

        What could be one Vietnamese syllable is left out.
        """
        pairs = {
            (first, second)
            for branches in self._index.values()
            for phrases in branches.values()
            for _, elements, _ in phrases
            for first in elements[0].meanings
            for second in (elements[1].meanings if len(elements) > 1 and not elements[1].optional else ())
        }
        return {first + second: len(first) for first, second in pairs if _TWO_SYLLABLES.search(first + second)}

    def _possible(self, letters: str, present: frozenset[str]) -> list[_Phrase]:
        branches = self._index.get(letters)
        if not branches:
            return []
        found = {
            id(phrase): phrase
            for further in (*(branches.keys() & present), "")
            for phrase in branches.get(further, ())
            if not any(map(present.isdisjoint, phrase.needed))
        }
        return list(found.values())

    def _at(self, message: Message, start: int, possible: dict[str, list[_Phrase]]) -> list[Hit]:
        """Hits that begin at word ``start``; ``possible`` keeps, per first word, the phrases all of whose words occur."""
        hits: list[Hit] = []
        readings = message.words[start].readings
        alone = len(readings) == 1
        for letters in (readings[0].letters,) if alone else {reading.letters for reading in readings}:
            phrases = possible.get(letters)
            if phrases is None:
                phrases = possible[letters] = self._possible(letters, message.present)
            for name, elements, _ in phrases:
                end = _match(message, start, elements, 0, start)
                if end:
                    hits.append(Hit(name, start, end))
        return hits


def _phrase(name: str, elements: list[_Element]) -> _Phrase:
    required = [frozenset(element.meanings) for element in elements[1:] if not element.gap and not element.optional]
    return _Phrase(name, tuple(elements), tuple(reversed(required)))


def _element(part: str, classes: Mapping[str, str]) -> _Element:
    if part.startswith("*"):
        return _Element({}, optional=False, gap=int(part[1:]))
    optional = part.endswith("?")
    meanings: dict[str, list[tuple[Spelling, str]]] = {}
    for choice in part.rstrip("?").split("|"):
        for word in classes[choice[1:]].split() if choice.startswith("@") else (choice,):
            bare = word.rstrip("!^")
            meant = spelling(bare)
            meanings.setdefault(meant.letters, []).append((meant, word[len(bare) :]))
    return _Element({letters: tuple(meant) for letters, meant in meanings.items()}, optional, 0)


def _match(message: Message, at: int, elements: tuple[_Element, ...], index: int, previous: int) -> int:
    """The end of the match of the elements from ``index`` at word ``at``, or 0; ``previous`` is the last word matched."""
    if index == len(elements):
        return at
    element = elements[index]
    if element.gap:
        return _match_gap(message, at, elements, index)
    words = message.words
    if at < len(words) and _same_place(words, previous, at, elements, index) and _is_meant(message, words[at], element):
        end = _match(message, at + 1, elements, index + 1, at)
        if end:
            return end
    return _match(message, at, elements, index + 1, previous) if element.optional else 0


def _match_gap(message: Message, at: int, elements: tuple[_Element, ...], index: int) -> int:
    words = message.words
    for skipped in range(elements[index].gap + 1):
        here = at + skipped
        end = _match(message, here, elements, index + 1, here - 1)
        if end:
            return end
        if here >= len(words) or words[here].sentence != words[at - 1].sentence or words[here].letters in NEGATIONS:
            return 0
    return 0


def _same_place(words: list[Word], previous: int, at: int, elements: tuple[_Element, ...], index: int) -> bool:
    """Neighbouring words stand in one clause; across a gap one sentence is enough."""
    if index and elements[index - 1].gap:
        return words[previous].sentence == words[at].sentence
    return words[previous].clause == words[at].clause


def _is_meant(message: Message, word: Word, element: _Element) -> bool:
    for typed in word.readings:
        for meant, mark in element.meanings.get(typed.letters, ()):
            if fits(typed, meant) and (word.certain or _is_accented_enough(typed, meant, mark, message)):
                return True
    return False


def _is_accented_enough(typed: Spelling, meant: Spelling, mark: str, message: Message) -> bool:
    if mark == "!":
        return not typed.bare and typed.shapes == meant.shapes and bool(typed.tone) == bool(meant.tone)
    return not (mark == "^" and message.accented and typed.bare)
