"""The decision between answering, asking back and not understanding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.classifiers.ranking import is_certain, ranking_of, set_intent, set_ranking
from bot.classifiers.rule_component import RuleComponent
from contracts.keys import OUT_OF_SCOPE, SENSITIVE_PREFIX, intent_of
from vitext.danger import RULES

ASK_BACK = "hoi_lai"
NOT_UNDERSTOOD = "khong_hieu"
# The keys of priority 1 are those that the danger rules know.
URGENT = frozenset(rule.key for rule in RULES)
# As intents, because every name in a ranking is held against them.
_URGENT, _SENSITIVE, _OUTSIDE = frozenset(map(intent_of, URGENT)), intent_of(SENSITIVE_PREFIX), intent_of(OUT_OF_SCOPE)


class ConfidenceGate(RuleComponent):
    """Turns an uncertain ranking into ``hoi_lai`` or ``khong_hieu``; stands last in the pipeline.

    The confidences are calibrated (of the sentences ranked 0.4-0.5, half are right), so the thresholds read as
    chances. They were chosen on questions of writers whom the model had not read: see ``bot/README.md``.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns default config (see parent class for full docstring)."""
        return {
            # answer from here on: below it about half of the answers would be wrong
            "answer_from": 0.5,
            # but only with this lead before the second candidate
            "lead": 0.3,
            # below this none of the first three candidates is likely, so no candidates are offered
            "ask_from": 0.15,
            # out of scope as likely as this besides another best candidate: asked rather than answered past the point
            "outside_from": 0.1,
            # a sensitive second candidate as likely as this is offered as a choice, not swallowed
            "sensitive_second_from": 0.2,
            # all candidates of priority 1 together as likely as this: a person is fetched, nothing is asked back
            "urgent_sum_from": 0.2,
            # all sensitive candidates together as likely as this: a person is fetched
            "sensitive_sum_from": 0.25,
            # candidates that leave the pipeline; every event of a conversation carries them
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
        urgent = [(name, chance) for name, chance in ranking if name in _URGENT]
        sensitive = [(name, chance) for name, chance in ranking if name.startswith(_SENSITIVE)]
        for alarming, threshold in ((urgent, "urgent_sum_from"), (sensitive, "sensitive_sum_from")):
            together = sum(chance for _, chance in alarming)
            if together >= self._config[threshold]:
                return alarming[0][0], together
        best, chance = ranking[0]
        if chance < self._config["ask_from"]:
            return NOT_UNDERSTOOD, chance
        return (best, chance) if self._is_sure(ranking) else (ASK_BACK, chance)

    def _is_sure(self, ranking: Sequence[tuple[str, float]]) -> bool:
        (best, chance), (second, second_chance) = ranking[0], ranking[1] if len(ranking) > 1 else ("", 0.0)
        if chance < self._config["answer_from"] or chance - second_chance < self._config["lead"]:
            return False
        if second.startswith(_SENSITIVE) and second_chance >= self._config["sensitive_second_from"]:
            return False
        outside = sum(known for name, known in ranking if name == _OUTSIDE)
        return best == _OUTSIDE or outside < self._config["outside_from"]
