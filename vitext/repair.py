"""A folded token that is no word → the words that it was meant to be: Telex and VNI keys, slips, missing spaces.

Only what is no word is touched, so that clean text stays as it is; only common words are guessed, so that names and other
languages stay too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial

from vitext.vocabulary import FOREIGN, frequency, is_syllable, word_set

_LONGEST = 40  # "tokhaiytedientu" is 15; what is longer is an address or hammering on the keyboard
# Tone keys at the end of the word or before its last consonants.
_TONE = re.compile(r"^(\w*?[aeiouy]+)[sfrxj](ch|ng|nh|[cmnpt]|[aeiouy]+)$|^(\w*[aeiouy]\w*)[sfrxj]$")
_SHAPES = (("aa", "a"), ("ee", "e"), ("oo", "o"), ("dd", "d"), ("w", ""))
# Behind these a digit is a number ("mũi2", "cấp3"), elsewhere a VNI key ("tiem1").
_COUNTED = word_set("mui cap lop lan lieu khu ngay thang quan phuong covid to thon so vong ct")
_UNITS = {"h": "gio", "p": "phut", "tr": "trieu", "t": "tuoi", "kg": "kg", "ng": "nguoi"}
_GLUED_SHORT = {"ko": 200, "dc": 100, "f0": 300, "f1": 300, "f2": 100}
_ALONE = frozenset(("o", "y"))  # the only syllables of one letter that are worth to be cut off ("odau", "yte")
_NEIGHBOURS = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnm",
        [
            "wa",
            "qeas",
            "wrsd",
            "etdf",
            "ryfg",
            "tugh",
            "yihj",
            "uojk",
            "ipkl",
            "ol",
            "qwsz",
            "wedxa",
            "erfcs",
            "rtgvd",
            "tyhbf",
            "yujng",
            "uikmh",
            "iolj",
            "opk",
            "asx",
            "zsdc",
            "xdfv",
            "cfgb",
            "vghn",
            "bhjm",
            "njk",
        ],
        strict=True,
    )
)
_SAME_SOUND = (("ngh", "ng"), ("gh", "g"), ("ng", "ngh"), ("g", "gh"), ("c", "k"), ("k", "c"))
_LEAST = 4  # a guess must be at least as common as this
_LEAST_OF_TWO = 20  # among pieces of a glued word: two letters fit anywhere
_CLEAR = 3  # and so many times as common as the second guess


@lru_cache(maxsize=16384)
def repair(folded: str) -> tuple[str, ...]:
    """The words meant by a folded token, itself when it is a word or nothing better is known."""
    if len(folded) > _LONGEST or folded in FOREIGN or folded.isdigit() or not folded.isascii():
        return (folded,)
    if any(character.isdigit() for character in folded):
        return _with_digits(folded) or (folded,)
    if is_syllable(folded) or len(folded) < 3:
        return (folded,)
    ways = (_without_keys, _respelt, partial(_guess, _swaps), _cut, partial(_guess, _slips))
    return next(filter(None, (way(folded) for way in ways)), (folded,))


def _with_digits(token: str) -> tuple[str, ...] | None:
    """ "14ngay", "mui2", "f0nang" come apart; "tie6m", "kh0ng" are one word."""
    number, rest = re.match(r"(\d*)(.*)", token).groups()  # type: ignore[union-attr] # matches always
    if number and rest.isalpha():
        unit = _UNITS.get(rest) or (rest if len(rest) > 2 or is_syllable(rest) else "")
        return (number, *repair(unit)) if unit and (len(unit) > 1 or unit in _ALONE) else None
    head, digits = re.match(r"(\D*)(.*)", token).groups()  # type: ignore[union-attr] # matches always
    if digits.isdigit() and (head in _COUNTED or (head in FOREIGN and len(head) > 2)):
        return (head, digits)
    if token[:2] in _GLUED_SHORT and token[2:].isalpha():
        return (token[:2], *repair(token[2:])) if len(token) > 4 else None
    bare = re.sub(r"[1-9]", "", token)
    for word in (bare.replace("0", ""), bare.replace("0", "o")):
        if token[0].isalpha() and len(word) > 1 and word.isalpha() and is_syllable(word):
            return (word,)
    return (head, digits) if digits.isdigit() and len(digits) > 1 and frequency(head) else None


def _without_keys(token: str) -> tuple[str, ...] | None:
    """Telex keys that the keyboard did not eat, "j" for "i"; a swap beside them ("dihcj") is mended too."""
    for word in _keyless(token):
        if is_syllable(word):
            return (word,)
    return next(filter(None, (_guess(_swaps, word) for word in _keyless(token))), None)


def _keyless(token: str) -> Iterator[str]:
    shaped = token
    for keys, letter in _SHAPES:
        shaped = shaped.replace(keys, letter)
    match = _TONE.match(shaped)
    if match:
        yield match[3] or match[1] + match[2]
    if shaped != token:
        yield shaped
    if "j" in token:
        yield token.replace("j", "i")


def _respelt(token: str) -> tuple[str, ...] | None:
    """The consonant as it is written before this vowel: "ngiem" is "nghiem", "kan" is "can"."""
    for onset, other in _SAME_SOUND:
        if token.startswith(onset) and is_syllable(other + token[len(onset) :]):
            return (other + token[len(onset) :],)
    return None


def _guess(variants: Callable[[str], Iterable[str]], token: str) -> tuple[str, ...] | None:
    """The variant that is common enough, and much more common than the others."""
    found = sorted({(_commonness(word), word) for word in variants(token)}, reverse=True)[:2]
    if not found or found[0][0] < _LEAST or len(token) < 3:
        return None
    return (found[0][1],) if len(found) == 1 or found[0][0] >= _CLEAR * found[1][0] else None


def _swaps(token: str) -> Iterator[str]:
    for at in range(len(token) - 1):
        yield token[:at] + token[at + 1] + token[at] + token[at + 2 :]


def _slips(token: str) -> Iterator[str]:
    """One letter too many, one too few, one from the neighbouring key; words of three letters leave too many guesses."""
    if not 4 <= len(token) <= 8:
        return
    for at in range(len(token)):
        yield token[:at] + token[at + 1 :]
        for letter in _NEIGHBOURS.get(token[at], ()):
            yield token[:at] + letter + token[at + 1 :]
    for at in range(len(token) + 1):
        for letter in "abcdeghiklmnopqrstuvxy":
            yield token[:at] + letter + token[at:]


def _cut(token: str) -> tuple[str, ...] | None:
    """The likeliest common words that fill the token; None when there are none."""
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(token) + 1):
        options = [
            (best[start][0] + _cost(token[start:end]), (*best[start][1], token[start:end]))
            for start in range(max(0, end - 12), end)
            if best[start][0] < math.inf
        ]
        best.append(min(options, default=(math.inf, ())))
    cost, words = best[-1]
    return words if math.isfinite(cost) and len(token) > 4 else None


def _cost(word: str) -> float:
    if len(word) == 1 and word not in _ALONE:
        return math.inf
    count = 20 if len(word) == 1 else _commonness(word) or _GLUED_SHORT.get(word, 0)
    least = _LEAST if len(word) > 2 else _LEAST_OF_TWO
    return math.inf if count < least else 8 - math.log(count)  # fewer words before more frequent ones


def _commonness(word: str) -> int:
    return frequency(word) or (5 if word in FOREIGN and len(word) > 3 else 0)
