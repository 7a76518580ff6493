"""Quarantine rules: for what the resident says about doses, recovery, place and day; else every case in a line of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from actions.dates import day_told
from actions.doses import EVERYONE, states_told
from actions.hotline import phone_buttons
from actions.outcome import Outcome, approved, bubble
from actions.question import Question
from actions.shelf import Shelf
from actions.topic import TopicAction
from actions.unanswered import no_answer
from contracts.clock import VIETNAM
from contracts.release import Release, covers
from contracts.reply import release_buttons, vietnamese_date, with_source
from contracts.turn import Button, ReplyMessage

# Order in which the cases are listed.
STATES = (EVERYONE, "du_lieu", "khoi_benh", "chua_du", "chua_tiem")


class RuleAction(TopicAction):
    """``cach_ly/f0``, ``f1``, ``f2``, ``ve_tu_vung_dich``, ``nhap_canh``: the last part of the key is the subject of the rules."""

    action_name = "action_rule"

    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """See parent class for the full docstring."""
        messages = _on_told_day(question, shelf) or [*_now(question, shelf), *_coming(question, shelf)]
        if not messages:
            return no_answer(shelf, question.key, question.place)
        return Outcome(messages=tuple(messages))


def _on_told_day(question: Question, shelf: Shelf) -> list[ReplyMessage]:
    """The rules of a day to come that the resident names; a day gone by changes nothing, and neither does an unknown one."""
    day = day_told(question.text, shelf.today)
    if day is None or day <= shelf.today:
        return []
    then = shelf.at(datetime.combine(day, time(12), VIETNAM))
    return _told(question, _rules(question, then), f"Quy định áp dụng ngày {vietnamese_date(day)}:")


def _now(question: Question, shelf: Shelf) -> list[ReplyMessage]:
    """The very rules for what was told; else the approved answer, with the rule for everybody before it.

    Every case in a line when there is no such answer.
    """
    rules = _rules(question, shelf)
    answer = shelf.find("faq", question.key, question.place)
    if answer is None or any(rule.valid_from > answer.valid_from for rule in rules):
        # An answer older than a rule that has begun since may tell what no longer holds.
        return _told(question, rules, buttons=phone_buttons(shelf))
    states = states_told(question.text)
    if states and set(states) <= {rule.payload["vaccinated"] for rule in rules}:
        return _told(question, rules, buttons=release_buttons(answer))
    return [*(_told(question, rules) if states else []), approved(question.key, answer)]


def _coming(question: Question, shelf: Shelf) -> list[ReplyMessage]:
    """Released rules that begin soon, each with its first day.

    Nothing is told twice: the answer in force speaks of the rules of its own document already, but not for one case.
    """
    coming = shelf.coming("rule")
    answer = shelf.find("faq", question.key, question.place)
    if answer is not None and not states_told(question.text):
        coming = [rule for rule in coming if rule.source != answer.source]
    messages: list[ReplyMessage] = []
    for start in sorted({rule.valid_from for rule in coming}):
        rules = _of_question(question, shelf, [rule for rule in coming if rule.valid_from == start])
        heading = f"Từ ngày {vietnamese_date(start.astimezone(VIETNAM).date())}:"
        messages += _told(question, rules, heading)
    return messages


def _told(
    question: Question, rules: list[Release], heading: str = "", buttons: Sequence[Button] = ()
) -> list[ReplyMessage]:
    """One bubble a rule: whole for the states that the resident told, else the first line of each (whole when alone).

    The ``buttons`` stand under the last one.
    """
    states = states_told(question.text)
    chosen = _fitting(states, rules) if states else rules
    whole = bool(states) or len(chosen) == 1
    messages = []
    for rule in chosen:
        text = str(rule.payload["text"])
        lines = [heading, text if whole else text.partition("\n")[0]]
        shown = with_source("\n".join(line for line in lines if line), rule)
        messages.append(bubble(question.key, shown, rule, buttons if rule is chosen[-1] else ()))
    return messages


def _fitting(states: Iterable[str], rules: list[Release]) -> list[Release]:
    """One rule for each state, the rule for everybody where the state has none of its own."""
    by_state = {str(rule.payload["vaccinated"]): rule for rule in rules}
    found = [by_state.get(state) or by_state.get(EVERYONE) for state in states]
    return list({rule.id: rule for rule in found if rule is not None}.values())


def _rules(question: Question, shelf: Shelf) -> list[Release]:
    return _of_question(question, shelf, shelf.of_kind("rule"))


def _of_question(question: Question, shelf: Shelf, rules: Iterable[Release]) -> list[Release]:
    """The rules on the subject, for each state (and first day) the one for the smallest unit that covers the place."""
    subject = question.key.split("/")[1]
    asked = question.place or shelf.gazetteer.province.path
    fitting = [rule for rule in rules if rule.payload["subject"] == subject and covers(rule.place, asked)]
    nearest = {rule.payload["vaccinated"]: rule for rule in sorted(fitting, key=lambda rule: len(rule.place))}
    return sorted(nearest.values(), key=lambda rule: STATES.index(rule.payload["vaccinated"]))
