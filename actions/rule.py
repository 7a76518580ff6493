"""Quarantine: the approved answer, and before it the very rule for what the resident says about doses or recovery."""

from __future__ import annotations

from actions.doses import EVERYONE, states_told
from actions.outcome import Outcome, approved
from actions.question import Question
from actions.shelf import Shelf
from actions.topic import TopicAction
from actions.unanswered import no_answer
from contracts.release import Release, covers


class RuleAction(TopicAction):
    """``cach_ly/f0``, ``f1``, ``f2``, ``ve_tu_vung_dich``: the last part of the key is the subject of the rules."""

    action_name = "action_rule"

    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """See parent class for the full docstring."""
        releases = fitting_rules(question, shelf)
        answer = shelf.find("faq", question.key, question.place)
        if answer is not None:
            releases.append(answer)
        if not releases:
            return no_answer(shelf, question.key, question.place)
        return Outcome(messages=tuple(approved(question.key, release) for release in releases))


def fitting_rules(question: Question, shelf: Shelf) -> list[Release]:
    """One rule for each state that the resident told, the rule for everybody where the state has none of its own."""
    rules = [_rule(question, shelf, state) or _rule(question, shelf, EVERYONE) for state in states_told(question.text)]
    return list({rule.id: rule for rule in rules if rule is not None}.values())


def _rule(question: Question, shelf: Shelf, state: str) -> Release | None:
    subject = question.key.split("/")[1]
    asked = question.place or shelf.gazetteer.province.path
    fitting = [
        rule
        for rule in shelf.of_kind("rule")
        if rule.payload["subject"] == subject and rule.payload["vaccinated"] == state and covers(rule.place, asked)
    ]
    return max(fitting, key=lambda rule: len(rule.place), default=None)
