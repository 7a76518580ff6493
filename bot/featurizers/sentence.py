"""What the features are made of: the words that a message means, and the ideas behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.featurizers.ideas import ideas_of
from bot.places.finder import Place
from vitext.fold import syllables
from vitext.teencode import normalize_tokens

# Made-up syllables that no resident types, so that "điểm tiêm ở <place>" is one sentence for 600 places.
PLACE_MASK = "xdiadanhx"
ELSEWHERE_MASK = "xtinhkhacx"


@dataclass(frozen=True)
class Sentence:
    """``words``: folded, in their normal form; ``ideas``: the same with the synonyms that the lexicon knows replaced.

    Accents are dropped although they tell words apart: on strangers' questions it made no difference, and so the
    answer is the same however somebody types.
    """

    words: tuple[str, ...]
    ideas: tuple[str, ...]


def make_sentence(text: str, places: Sequence[Place] = ()) -> Sentence:
    """The sentence of an NFC text with its places masked."""
    words = normalize_tokens([syllable.text.lower() for syllable in syllables(_masked(text, places))])
    return Sentence(tuple(words), tuple(ideas_of(words)))


def _masked(text: str, places: Sequence[Place]) -> str:
    pieces = []
    position = 0
    for place in places:
        pieces += [text[position : place.start], f" {_mask(place)} "]
        position = place.end
    return "".join([*pieces, text[position:]])


def _mask(place: Place) -> str:
    return PLACE_MASK if place.units else ELSEWHERE_MASK
