"""Changes that the resident asks for in so many words: a person, the assistant again, erasure. The relay makes them."""

from __future__ import annotations

from actions.outcome import Outcome, approved
from actions.question import Question
from actions.shelf import Shelf
from actions.topic import TopicAction
from contracts.turn import Effect

WANTS_PERSON = "tro_chuyen/gap_nguoi"
WANTS_ASSISTANT = "tro_chuyen/quay_lai"
WANTS_ERASURE = "tro_chuyen/xoa_du_lieu"
# Somebody who only prefers a person waits behind those in danger (1) and in need (2).
WISH_PRIORITY = 3


def handoff(reason: str, priority: int) -> Effect:
    """The effect that puts the conversation into the operators' queue."""
    return Effect(kind="handoff", data={"reason": reason, "priority": priority})


class HandoffAction(TopicAction):
    """The resident wants a person."""

    action_name = "action_handoff"

    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """See parent class for the full docstring."""
        message = approved(WANTS_PERSON, shelf.need("faq", WANTS_PERSON))
        return Outcome(messages=(message,), effects=(handoff(WANTS_PERSON, WISH_PRIORITY),))


class ReturnAction(TopicAction):
    """The resident wants the assistant again."""

    action_name = "action_return"

    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """See parent class for the full docstring."""
        message = approved(WANTS_ASSISTANT, shelf.need("faq", WANTS_ASSISTANT))
        return Outcome(messages=(message,), effects=(Effect(kind="return"),))


class EraseAction(TopicAction):
    """The resident wants his or her data erased."""

    action_name = "action_erase"

    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """See parent class for the full docstring."""
        message = approved(WANTS_ERASURE, shelf.need("faq", WANTS_ERASURE))
        return Outcome(messages=(message,), effects=(Effect(kind="erase"),))
