"""Sensitive messages: the fixed approved safety text, and a person."""

from __future__ import annotations

from actions.handoff import WANTS_PERSON, handoff
from actions.outcome import Outcome, approved
from actions.question import Question
from actions.shelf import Shelf
from actions.topic import TopicAction

# A sensitive key that the taxonomy does not know (made by an editor) is treated as the most urgent.
UNKNOWN_PRIORITY = 1


class SafetyAction(TopicAction):
    """Every ``nhay_cam/*`` key, however short the message."""

    action_name = "action_safety"

    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """See parent class. Without the safety text the handoff still happens, with the words of a wished one."""
        release = shelf.find("safety", question.key) or shelf.need("faq", WANTS_PERSON)
        priority = shelf.priorities.get(question.key, UNKNOWN_PRIORITY)
        return Outcome(messages=(approved(question.key, release),), effects=(handoff(question.key, priority),))
