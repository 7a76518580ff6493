"""Accent folding: the one spelling under which "khó thở", "kho tho" and "KHÓ THỞ" are the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# Letters that Unicode does not decompose. Ð/ð (Icelandic) and Ɖ/ɖ (African) look like Đ/đ and come from some keyboards.
_UNDECOMPOSED = {"đ": "d", "Đ": "d", "Ð": "d", "ð": "d", "Ɖ": "d", "ɖ": "d", "ı": "i"}
# Marks over and under letters, and characters without a shape of their own (joiners, soft hyphens, direction marks).
_DROPPED = {"Mn", "Me", "Cf"}
_SYLLABLE = re.compile(r"[^\W_]+")


class Syllable(NamedTuple):
    """A run of letters and digits: as typed, folded, and its half-open span in the text that it came from."""

    text: str
    folded: str
    start: int
    end: int


def fold(text: str) -> str:
    """The text in lower case without accents; đ becomes d, other characters stay, lone surrogates too.

    NFC and NFD, "hoà" and "hòa", full-width and ordinary letters give the same result; folding twice changes nothing.
    """
    return "".join(map(_fold_character, text))


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folded text and, for each of its indices, the index in ``text`` of the character that it came from.

    The list has one more entry, ``len(text)``, so that ``text[offsets[start]:offsets[end]]`` is what stood under
    ``folded[start:end]``, combining marks included.
    """
    pieces = [_fold_character(character) for character in text]
    offsets = [index for index, piece in enumerate(pieces) for _ in piece]
    offsets.append(len(text))
    return "".join(pieces), offsets


def syllables(text: str) -> list[Syllable]:
    """The syllables of the text in order; everything but letters and digits divides them ("f0", "5k", "spo2" stay whole)."""
    return list(_cut(text))


def _cut(text: str) -> Iterator[Syllable]:
    folded, offsets = fold_with_offsets(text)
    for match in _SYLLABLE.finditer(folded):
        start = offsets[match.start()]
        # One character may fold to several (½ is 1⁄2); then the next syllable can begin in the same character.
        end = max(offsets[match.end()], offsets[match.end() - 1] + 1)
        yield Syllable(text[start:end], match.group(), start, end)


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in _UNDECOMPOSED:
        return _UNDECOMPOSED[character]
    lowered = unicodedata.normalize("NFKD", character).lower()
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(_UNDECOMPOSED.get(part, part) for part in decomposed if unicodedata.category(part) not in _DROPPED)
