"""The priority-1 danger rules inside the engine."""

from __future__ import annotations

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.classifiers.ranking import CERTAIN, ranking_of, set_ranking
from bot.classifiers.rule_component import RuleComponent
from contracts.keys import intent_of
from vitext.danger import find_danger


class SensitiveGuard(RuleComponent):
    """Whatever the classifier thinks, a message that a danger rule finds has that rule's intent, for certain.

    The gateway runs the same rules before everything; here they serve the shell, the tests and ``bot.ask``.
    """

    def decide(self, message: Message) -> None:
        """See parent class."""
        danger = find_danger(message.get(TEXT, ""))
        if danger is None:
            return
        intent = intent_of(danger.key)
        others = [(name, confidence) for name, confidence in ranking_of(message) if name != intent]
        set_ranking(message, [(intent, CERTAIN), *others])
