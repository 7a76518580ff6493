"""N-grams of many sentences at once, as numbers: whole arrays of codes instead of one string a gram.

A gram is a slot of 24 bits, the same on every machine and in every run. 16 million slots for some hundred thousand
grams: the few that share one cost nothing measurable, and training reads 30,000 sentences in seconds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

SLOTS = 1 << 24
_SHIFT = np.uint64(64 - 24)
_BASE = np.uint64(0x9E3779B97F4A7C15)  # 2^64 divided by the golden ratio: odd, and its multiples spread evenly
_STIR = np.uint64(0xFF51AFD7ED558CCD)  # finisher of MurmurHash3
_HALF = np.uint64(32)

Codes = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int32]


class Grams(NamedTuple):
    """The slot of every gram and the sentence that it stands in; equal lengths, sentences in any order."""

    slots: npt.NDArray[np.int32]
    rows: Rows


class Units(NamedTuple):
    """Words or characters of many sentences one after another, with the sentence of each."""

    codes: Codes
    rows: Rows


def words_of(sentences: Sequence[Sequence[str]]) -> Units:
    """One unit a word, with a mark of beginning and of end."""
    codes = [_word_code(word) for words in sentences for word in ("^", *words, "$")]
    return Units(np.array(codes, dtype=np.uint64), _rows([len(words) + 2 for words in sentences]))


def characters_of(sentences: Sequence[Sequence[str]]) -> Units:
    """One unit a character, a space between words and at both ends, so that grams cross the borders of words."""
    texts = [f" {' '.join(words)} " for words in sentences]
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    return Units(codes, _rows([len(text) for text in texts]))


def runs(units: Units, sizes: Sequence[int]) -> Grams:
    """All neighbouring units of the given sizes."""
    found = []
    codes = np.zeros(len(units.codes), dtype=np.uint64)
    for size in range(1, max(sizes) + 1):
        rest = len(units.codes) - size + 1
        if rest <= 0:
            break
        codes = codes[:rest] * _BASE + units.codes[size - 1 :] + np.uint64(size)
        if size in sizes:
            whole = units.rows[:rest] == units.rows[size - 1 :]
            found.append(Grams(_slots(codes[whole]), units.rows[:rest][whole]))
    return _joined(found)


def pairs(units: Units, reach: int) -> Grams:
    """Pairs of units at most ``reach`` apart, in order: "cách ly … ngày" whatever stands between."""
    found = []
    for distance in range(1, reach + 1):
        first, second = units.codes[:-distance], units.codes[distance:]
        whole = units.rows[:-distance] == units.rows[distance:]
        found.append(Grams(_slots((first * _BASE + second)[whole]), units.rows[:-distance][whole]))
    return _joined(found)


def _rows(lengths: Sequence[int]) -> Rows:
    return np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)


def _slots(codes: Codes) -> npt.NDArray[np.int32]:
    stirred = (codes ^ (codes >> _HALF)) * _STIR
    return ((stirred ^ (stirred >> _HALF)) * _BASE >> _SHIFT).astype(np.int32)


def _joined(parts: Sequence[Grams]) -> Grams:
    if not parts:
        return Grams(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32))
    return Grams(np.concatenate([part.slots for part in parts]), np.concatenate([part.rows for part in parts]))


@lru_cache(maxsize=8192)
def _word_code(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")
