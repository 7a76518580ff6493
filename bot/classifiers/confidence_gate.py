"""The decision between answering, asking back and not understanding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.classifiers.ranking import is_certain, ranking_of, set_intent, set_ranking
from bot.classifiers.rule_component import RuleComponent
from contracts.keys import is_sensitive, key_of

ASK_BACK = "hoi_lai"
NOT_UNDERSTOOD = "khong_hieu"


class ConfidenceGate(RuleComponent):
    """Turns an uncertain ranking into ``hoi_lai`` or ``khong_hieu``; stands last in the pipeline.

    The confidences are calibrated (of the sentences ranked 0.4-0.5, half are right), so the thresholds read as
    chances. They were chosen by cross-validation on 5,970 sentences: see ``bot/README.md``.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns default config (see parent class for full docstring)."""
        return {
            # answer from here on: below it more than half of the answers would be wrong
            "answer_from": 0.45,
            # but only with this lead before the second candidate
            "lead": 0.1,
            # below this none of the first three candidates is likely, so no candidates are offered
            "ask_from": 0.2,
            # a sensitive second candidate as likely as this is offered as a choice, not swallowed
            "sensitive_second_from": 0.25,
            # all sensitive candidates together as likely as this: a person is fetched (9 of 10 sensitive sentences
            # reach it, 1 of 40 others)
            "sensitive_sum_from": 0.5,
            # candidates that leave the pipeline; every event of a conversation carries them to the action server
            "ranking_length": 10,
        }

    def decide(self, message: Message) -> None:
        """See parent class."""
        ranking = ranking_of(message)
        if not ranking:
            return
        intent = message.get(INTENT)
        decided = (intent[INTENT_NAME_KEY], intent[PREDICTED_CONFIDENCE_KEY])
        if not is_certain(message):
            decided = self.choose(ranking)
        set_ranking(message, ranking[: self._config["ranking_length"]])
        set_intent(message, *decided)

    def choose(self, ranking: Sequence[tuple[str, float]]) -> tuple[str, float]:
        """Intent and confidence for a ranking of at least one intent, most likely first."""
        (best, chance), (second, second_chance) = ranking[0], ranking[1] if len(ranking) > 1 else ("", 0.0)
        sensitive = [(name, confidence) for name, confidence in ranking if is_sensitive(key_of(name))]
        together = sum(confidence for _, confidence in sensitive)
        if together >= self._config["sensitive_sum_from"]:
            return sensitive[0][0], together
        if chance < self._config["ask_from"]:
            return NOT_UNDERSTOOD, chance
        swallowed = is_sensitive(key_of(second)) and second_chance >= self._config["sensitive_second_from"]
        sure = chance >= self._config["answer_from"] and chance - second_chance >= self._config["lead"]
        return (best, chance) if sure and not swallowed else (ASK_BACK, chance)
