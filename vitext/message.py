"""A message cut into words that carry every way to read them, with the sentence and clause in which they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from vitext.fold import fold, syllables
from vitext.short_forms import PAIRS
from vitext.spelling import Spelling, readings, spelling
from vitext.teencode import expand

_SENTENCE_END = re.compile(r"(?<!\.)\.(?!\.)|[!?\n;]")
_CLAUSE_END = re.compile(r"[,:()…/\"“”]|\.\.|\s[-–—]|[-–—]\s")
_LONGEST = 24  # three words glued together; what is longer is no word


class Word(NamedTuple):
    """A word of the message: its folded meaning, the ways to read it, and the numbers of its sentence and clause.

    ``certain`` words come from the teencode lexicon, so that missing accents leave no doubt.
    """

    letters: str
    readings: tuple[Spelling, ...]
    certain: bool
    sentence: int
    clause: int


class Message(NamedTuple):
    """The words of a message, all their readings' letters, and whether its writer uses accents."""

    words: list[Word]
    present: frozenset[str]
    accented: bool


def read_message(text: str, joined: Mapping[str, int]) -> Message:
    """The words of ``text``; ``joined`` maps folded glued phrases ("khotho") to the length of their first word."""
    words: list[Word] = []
    sentence = clause = end = accented = 0
    before = ""
    for typed, folded, start, next_end in syllables(text):
        between = text[end:start]
        if between not in (" ", "") and not _is_decimal_point(text, end, start):
            sentence += 1 if _SENTENCE_END.search(between) else 0
            clause += 1 if _SENTENCE_END.search(between) or _CLAUSE_END.search(between) else 0
        end = next_end
        accented += typed.lower() != folded
        for token in _unglued(typed, joined[folded]) if folded in joined else (typed,):
            known = len(token) <= _LONGEST and not token.isdigit()
            for letters, ways, certain in _read(token, before) if known else _unread(folded):
                words.append(Word(letters, ways, certain, sentence, clause))
                before = letters if known else "0"
    _join_pairs(words)
    present = frozenset([reading.letters for word in words for reading in word.readings])
    return Message(words, present, accented * 3 >= len(words))


def _is_decimal_point(text: str, end: int, start: int) -> bool:
    return text[end:start] in (".", ",") and text[end - 1 : end].isdigit() and text[start].isdigit()


@lru_cache(maxsize=16384)
def _read(token: str, before: str) -> tuple[tuple[str, tuple[Spelling, ...], bool], ...]:
    """Per word that ``token`` stands for after ``before``: its letters, its readings, whether the lexicon gave it."""
    meant = expand(token, before)
    literal = readings(token)
    if len(meant) > 1:
        return tuple((word, (spelling(word),), True) for word in meant)
    if meant[0] == literal[0].letters:
        return ((meant[0], literal, False),)
    return ((meant[0], (spelling(meant[0]), *literal), True),)


def _unread(folded: str) -> tuple[tuple[str, tuple[Spelling, ...], bool], ...]:
    """A number or something too long to be a word, taken as it is: no cache keeps a resident's phone number."""
    return ((folded, (Spelling(folded, "." * len(folded), ""),), False),)


def _join_pairs(words: list[Word]) -> None:
    for index in range(len(words) - 1):
        pair = (words[index].letters, words[index + 1].letters)
        if pair in PAIRS:
            for at, letters in enumerate(PAIRS[pair], start=index):
                words[at] = words[at]._replace(letters=letters, readings=(spelling(letters),))


def _unglued(token: str, cut: int) -> tuple[str, ...]:
    composed = unicodedata.normalize("NFC", token)
    return (composed[:cut], composed[cut:]) if len(composed) == len(fold(token)) else (token,)
