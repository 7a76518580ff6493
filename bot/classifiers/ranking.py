"""How a message carries its intent and ranking between the classifiers."""

from __future__ import annotations

from collections.abc import Sequence

from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

CERTAIN = 1.0


def set_ranking(message: Message, ranking: Sequence[tuple[str, float]]) -> None:
    """Writes the ranking, most likely first, and its head as the intent."""
    message.set(
        INTENT_RANKING_KEY,
        [{INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence} for name, confidence in ranking],
        add_to_output=True,
    )
    set_intent(message, *ranking[0])


def set_intent(message: Message, name: str, confidence: float) -> None:
    """Writes the intent alone; the ranking stays what the classifier found."""
    message.set(INTENT, {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence}, add_to_output=True)


def ranking_of(message: Message) -> list[tuple[str, float]]:
    """The ranking that ``set_ranking`` wrote."""
    return [(entry[INTENT_NAME_KEY], entry[PREDICTED_CONFIDENCE_KEY]) for entry in message.get(INTENT_RANKING_KEY, [])]


def is_certain(message: Message) -> bool:
    """Whether a rule has decided, so that nothing is left to weigh."""
    return bool(message.get(INTENT, {}).get(PREDICTED_CONFIDENCE_KEY) == CERTAIN)
