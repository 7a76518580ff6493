"""How one typed syllable can be read: with accents missing or half right, Telex residue, swapped or doubled letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from vitext.fold import fold
from vitext.teencode import shorten

_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}  # named by their Telex keys
_SHAPES = {"\u0302": "^", "\u0306": "u", "\u031b": "w"}
_BARE = "."
# No Vietnamese syllable ends in these letters: at the end they are a Telex key that the keyboard did not eat.
_TELEX = re.compile(r"^(\w*[aeiouy]\w*?)([sfrxj])$")
_TELEX_INNER = re.compile(r"^(\w*[aeiouy])([sfrxj])((?:ch|ng|nh|[cmnptiuoy])?)$")
_TELEX_SHAPES = (("aa", "a"), ("ee", "e"), ("oo", "o"), ("dd", "d"), ("w", ""))
# Vietnamese syllables neither begin nor end so: two letters changed places.
_SWAPPED_ONSETS = {"ht": "th", "hk": "kh", "hn": "nh", "gn": "ng", "hc": "ch", "rt": "tr", "hp": "ph", "ig": "gi"}
_SWAPPED_CODAS = {"gn": "ng", "hn": "nh", "hc": "ch"}
_DRAWN_OUT_U = re.compile(r"[^aeioquy]u{3,}$")  # "cuuuu" may be "cứu" as well as "cụ"
_LONGEST = 16  # no Vietnamese word, nor two glued together, is longer: naughty input is not worth more work


class Spelling(NamedTuple):
    """A reading of a syllable: letters without accents, one shape sign per letter ("." none), tone ("" none)."""

    letters: str
    shapes: str
    tone: str

    @property
    def bare(self) -> bool:
        """Whether it was typed without any accent."""
        return not self.tone and not self.shapes.strip(_BARE)


def spelling(word: str) -> Spelling:
    """The reading of ``word`` taken literally; neighbouring equal letters stay, characters other than letters too."""
    letters: list[str] = []
    shapes: list[str] = []
    tone = ""
    for character in unicodedata.normalize("NFD", word.lower()):
        if character in _TONES:
            tone = _TONES[character]
        elif character in _SHAPES:
            if shapes:
                shapes[-1] = _SHAPES[character]
        else:
            for letter in fold(character):
                letters.append(letter)
                shapes.append("-" if character == "đ" else _BARE)
    return Spelling("".join(letters), "".join(shapes), tone)


def fits(typed: Spelling, meant: Spelling) -> bool:
    """Whether ``typed`` can stand for ``meant``: accents may be missing, hỏi and ngã mixed up, but not others.

    "kho", "thơ", "thỡ" fit "khó", "thở", "thở"; "tìm" does not fit "tím".
    """
    if typed.letters != meant.letters:
        return False
    if typed.tone not in ("", meant.tone) and not {typed.tone, meant.tone} <= {"r", "x"}:
        return False
    return all(sign in (_BARE, right) for sign, right in zip(typed.shapes, meant.shapes, strict=True))


@lru_cache(maxsize=8192)
def readings(token: str) -> tuple[Spelling, ...]:
    """All the ways to read a typed token, the literal one first; at most six."""
    if len(token) > _LONGEST:
        return (Spelling(fold(token), _BARE * len(fold(token)), ""),)
    literal = _undoubled(spelling(shorten(unicodedata.normalize("NFC", token.lower()))))
    found = [literal]
    drawn_out = literal.letters + "u" if _DRAWN_OUT_U.search(fold(token)) else ""
    for guess in (_without_telex(literal), _unswapped(literal), _without_digits(literal), _bare(drawn_out)):
        if guess is not None and guess not in found:
            found.append(guess)
    return tuple(found)


def _undoubled(typed: Spelling) -> Spelling:
    """One letter for a last one typed twice with different accents ("thởo")."""
    if len(typed.letters) > 2 and typed.letters[-1] == typed.letters[-2] and typed.letters[-1] in "aeioy":
        shape = max(typed.shapes[-2:])
        return Spelling(typed.letters[:-1], typed.shapes[:-2] + shape, typed.tone)
    return typed


def _without_telex(typed: Spelling) -> Spelling | None:
    letters, tone = typed.letters, typed.tone
    for pattern in (_TELEX, _TELEX_INNER):
        match = pattern.match(letters)
        if match:
            letters = match[1] + (match[3] if pattern is _TELEX_INNER else "")
            tone = tone or match[2]
            break
    for keys, letter in _TELEX_SHAPES:
        letters = letters.replace(keys, letter)
    if letters == typed.letters or not letters:
        return None
    # The keys that did not take effect say little about which letter they were for, so the shapes stay open.
    return Spelling(letters, _BARE * len(letters), tone)


def _bare(letters: str) -> Spelling | None:
    return Spelling(letters, _BARE * len(letters), "") if letters else None


def _unswapped(typed: Spelling) -> Spelling | None:
    letters = typed.letters
    letters = _SWAPPED_ONSETS.get(letters[:2], letters[:2]) + letters[2:]
    letters = letters[:-2] + _SWAPPED_CODAS.get(letters[-2:], letters[-2:])
    return None if letters == typed.letters else Spelling(letters, _BARE * len(letters), typed.tone)


def _without_digits(typed: Spelling) -> Spelling | None:
    """VNI residue ("kho1", "tho73"): the digits were meant as accents."""
    if typed.letters[-1:].isdigit() and typed.letters[:2].isalpha():
        letters = "".join(character for character in typed.letters if not character.isdigit())
        return _bare(letters)
    return None
