"""A message that says nothing but a place, as an answer to "where?"."""

from __future__ import annotations

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.classifiers.ranking import CERTAIN, set_intent
from bot.classifiers.rule_component import RuleComponent
from bot.extractors.place import PLACES
from bot.places.words import PARTICLES, is_one_of
from vitext.fold import syllables

PLACE_INTENT = "dia_danh"


class PlaceOnlyClassifier(RuleComponent):
    """Intent ``dia_danh`` for "Thọ Xuân", "dạ ở huyện thọ xuân ạ"; needs the place extractor before it."""

    def decide(self, message: Message) -> None:
        """See parent class."""
        places = message.get(PLACES, [])
        if not places:
            return
        outside = [
            syllable
            for syllable in syllables(message.get(TEXT, ""))
            if not any(place.start <= syllable.start < place.end for place in places)
        ]
        if all(is_one_of(syllable.text, PARTICLES) for syllable in outside):
            set_intent(message, PLACE_INTENT, CERTAIN)
