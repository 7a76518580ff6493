"""Accent folding: the one spelling under which "khó thở", "kho tho" and "KHÓ THỞ" are the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# Letters that Unicode does not decompose. Ð/ð (Icelandic) and Ɖ/ɖ (African) look like Đ/đ and come from some keyboards.
_UNDECOMPOSED = {"đ": "d", "Đ": "d", "Ð": "d", "ð": "d", "Ɖ": "d", "ɖ": "d", "ı": "i"}
# Cyrillic and Greek letters in the shape of Latin ones: typed by spammers, and by keyboards left on another language.
_LOOKALIKES = dict(zip("аеорсухіјѕԁһкмтнвοανικρτυ", "aeopcyxijsdhkmthboavikptu", strict=True))
# Marks over and under letters, and characters without a shape of their own (joiners, soft hyphens, direction marks).
_DROPPED = {"Mn", "Me", "Cf"}
# A word spelt out letter by letter ("v.a.c.x.i.n", "k h ó t h ở") counts as one; else any run of letters and digits.
_SPELT_OUT = r"(?<![^\W_])[^\W\d_](?:([.*·•_~-])[^\W\d_](?:\1[^\W\d_])+|(?: [^\W\d_]){5,})(?![^\W_])"
_SYLLABLE = re.compile(rf"{_SPELT_OUT}|[^\W_]+")
_SEPARATOR = re.compile(r"[\W_]+")


class Syllable(NamedTuple):
    """A run of letters and digits: as typed, folded, and its half-open span in the text that it came from.

    Of a word spelt out letter by letter both forms lack what stood between the letters.
    """

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
    """The syllables of the text in order; what is neither letter nor digit divides them ("f0", "5k", "spo2" stay whole)."""
    return list(_cut(text))


def _cut(text: str) -> Iterator[Syllable]:
    folded, offsets = fold_with_offsets(text)
    for match in _SYLLABLE.finditer(folded):
        start = offsets[match.start()]
        # One character may fold to several (½ is 1⁄2); then the next syllable can begin in the same character.
        end = max(offsets[match.end()], offsets[match.end() - 1] + 1)
        if match[1] or " " in match.group():
            yield Syllable(_SEPARATOR.sub("", text[start:end]), _SEPARATOR.sub("", match.group()), start, end)
        else:
            yield Syllable(text[start:end], match.group(), start, end)


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in _UNDECOMPOSED:
        return _UNDECOMPOSED[character]
    lowered = unicodedata.normalize("NFKD", character).lower()
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(
        _UNDECOMPOSED.get(part) or _LOOKALIKES.get(part, part)
        for part in decomposed
        if unicodedata.category(part) not in _DROPPED
    )
