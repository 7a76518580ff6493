"""Answers that are one approved text: all faq keys and small talk."""

from __future__ import annotations

from actions.outcome import Outcome, approved
from actions.question import Question
from actions.shelf import Shelf
from actions.topic import TopicAction
from actions.unanswered import no_answer


def answer(question: Question, shelf: Shelf) -> Outcome:
    """The release of the question's key for its place, else the statement that there is none."""
    release = shelf.find("faq", question.key, question.place)
    if release is None:
        return no_answer(shelf, question.key, question.place)
    return Outcome(messages=(approved(question.key, release),))


class AnswerAction(TopicAction):
    """Every key whose answer needs no look-up."""

    action_name = "action_answer"

    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """See parent class for the full docstring."""
        return answer(question, shelf)
