"""What the features are made of: a message with its place names masked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.places.finder import Place
from bot.tokenizers.words import Word
from vitext.fold import fold, syllables
from vitext.teencode import normalize_tokens

# Made-up syllables that no resident types, so that "điểm tiêm ở <place>" is one sentence for 600 places.
PLACE_MASK = "xdiadanhx"
ELSEWHERE_MASK = "xtinhkhacx"


@dataclass(frozen=True)
class Sentence:
    """``typed`` syllables in lower case, ``folded`` ones, the words ``meant`` (teencode resolved), pyvi's ``words``."""

    typed: tuple[str, ...]
    folded: tuple[str, ...]
    meant: tuple[str, ...]
    words: tuple[str, ...]


def make_sentence(text: str, words: Iterable[Word], places: Sequence[Place]) -> Sentence:
    """The sentence of an NFC text, given its words and places."""
    typed = [syllable.text.lower() for syllable in syllables(_masked(text, places))]
    outside = [word.text.lower() for word in words if not any(_touches(word, place) for place in places)]
    masks = [_mask(place) for place in places]
    return Sentence(tuple(typed), tuple(map(fold, typed)), tuple(normalize_tokens(typed)), (*outside, *masks))


def _masked(text: str, places: Sequence[Place]) -> str:
    pieces = []
    position = 0
    for place in places:
        pieces += [text[position : place.start], f" {_mask(place)} "]
        position = place.end
    return "".join([*pieces, text[position:]])


def _mask(place: Place) -> str:
    return PLACE_MASK if place.units else ELSEWHERE_MASK


def _touches(word: Word, place: Place) -> bool:
    return word.start < place.end and place.start < word.end
