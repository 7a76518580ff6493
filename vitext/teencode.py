"""Teencode, short forms, dialect and slips → the folded words that are meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby

from vitext.ambiguous import SENSES
from vitext.fold import fold
from vitext.repair import repair
from vitext.short_forms import ACCENTED_DIALECT, KEEPS, PAIRS, SHORT_FORMS, WHOLES
from vitext.vocabulary import FOREIGN

_DOUBLED = re.compile(r"(.)\1")
_ROUNDS = 4  # a word that became clear may clear up its neighbour


def normalize_tokens(tokens: Iterable[str]) -> list[str]:
    """The folded words meant by ``tokens`` (syllables as typed or folded).

    Teencode, dialect, abbreviations with a clear sense, Telex and VNI keys, slips and glued words are resolved; the words
    of clean text come back folded and otherwise unchanged. One token may give several words, "cô vít" gives one. Doing
    it twice changes nothing.
    """
    words: list[str] = []
    for token in tokens:
        words.extend(_words(token, words[-1] if words else ""))
    for _ in range(_ROUNDS):
        resolved = _wholes(_pairs(_senses(words)))
        if resolved == words:
            break
        words = resolved
    return words


def expand(token: str, before: str) -> tuple[str, ...]:
    """The folded words that the lexicon has for one token after the folded word ``before`` ("" at the start)."""
    folded, meant = _meaning(token)
    if before in KEEPS.get(folded, ()) or (folded in ("k", "kg") and before.isdigit()):
        return (folded,)
    return meant


def shorten(token: str) -> str:
    """Drawn-out letters as one: three or more anywhere ("khóoo"), two at the end of the word ("ơii", "thoo") but "uu" (cứu)."""
    if len(token) < 3 or not _DOUBLED.search(token):
        return token
    runs = [(letter, len(list(run))) for letter, run in groupby(token)]
    last = len(runs) - 1
    return "".join(
        letter if letter.isalpha() and (size > 2 or (size == 2 and index == last and letter != "u")) else letter * size
        for index, (letter, size) in enumerate(runs)
    )


def _words(token: str, before: str) -> tuple[str, ...]:
    """The lexicon first; what it does not know is repaired, and the pieces may be short forms again ("tiemko")."""
    meant = expand(token, before)
    if len(meant) > 1 or meant[0] != _meaning(token)[0]:
        return meant
    pieces = repair(meant[0])
    return pieces if pieces == meant else tuple(word for piece in pieces for word in expand(piece, ""))


def _senses(words: Sequence[str]) -> list[str]:
    """Ambiguous forms whose neighbours tell what they mean, from left to right."""
    resolved: list[str] = []
    for index, word in enumerate(words):
        before = resolved[-1] if resolved else "^"
        after = words[index + 1] if index + 1 < len(words) else "$"
        for sense in SENSES.get(word, ()):
            if before in sense.after or after in sense.before:
                resolved.extend(sense.words)
                break
        else:
            resolved.append(word)
    return resolved


def _pairs(words: Sequence[str]) -> list[str]:
    resolved = list(words)
    for index in range(len(resolved) - 1):
        pair = (resolved[index], resolved[index + 1])
        resolved[index : index + 2] = PAIRS.get(pair, pair)
    return resolved


def _wholes(words: Sequence[str]) -> list[str]:
    resolved: list[str] = []
    for word in words:
        resolved.append(word)
        for size in (3, 2):
            whole = WHOLES.get(tuple(resolved[-size:])) if len(resolved) >= size else None
            if whole:
                resolved[-size:] = whole
                break
    return resolved


@lru_cache(maxsize=8192)
def _meaning(token: str) -> tuple[str, tuple[str, ...]]:
    typed = unicodedata.normalize("NFC", token.lower())
    folded = fold(typed)
    if folded in FOREIGN:
        return folded, (folded,)
    for form in (typed, shorten(typed)):
        meant = ACCENTED_DIALECT.get(form) or SHORT_FORMS.get(fold(form))
        if meant:
            return shorten(folded), tuple(meant.split())
    short = shorten(fold(shorten(typed)))
    return short, tuple(SHORT_FORMS.get(short, short).split()) or (short,)
