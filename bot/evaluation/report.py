"""The gate's report on a model, the shape that ``python -m bot.train`` writes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.evaluation.outcomes import Outcome
from bot.evaluation.questions import FOLDED, FULL, SPELLINGS
from contracts.keys import OUT_OF_SCOPE, is_sensitive


def make_report(outcomes: Sequence[Outcome], before: Sequence[Outcome] = ()) -> dict[str, Any]:
    """``{total, by_spelling, sensitive_recall, false_alarms, out_of_scope, before, fixed[], broken[]}``.

    ``total`` and each spelling are ``{questions, right, wrong, asked_back, offered, share}``, ``offered`` of those asked
    back having the right key among their choices, share being right / questions; spellings without a question are left
    out, ``full`` and ``folded`` never. ``sensitive_recall`` is the share of sensitive questions that reach a person,
    ``false_alarms`` the share of others that do. ``out_of_scope`` is ``{questions, right, wrong, asked_back}``, wrong
    being answered with confidence and something else. ``before`` has these five for the previous model on the same questions, null without one. ``fixed`` and ``broken`` compare with its outcomes:
    ``{text, spelling, expected, before, after}``.
    """
    earlier = {(outcome.question, outcome.spelling): outcome for outcome in before}
    pairs = [
        (earlier[key], outcome) for outcome in outcomes if (key := (outcome.question, outcome.spelling)) in earlier
    ]
    return {
        **_figures(outcomes),
        "before": _figures(before) if before else None,
        "fixed": [_change(old, new) for old, new in pairs if new.right and not old.right],
        "broken": [_change(old, new) for old, new in pairs if old.right and not new.right],
    }


def _figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    return {
        "total": counts(outcomes),
        "by_spelling": by_spelling(outcomes),
        "sensitive_recall": alarm_share([o for o in outcomes if is_sensitive(o.question.answer)]),
        "false_alarms": alarm_share([o for o in outcomes if not is_sensitive(o.question.answer)]),
        "out_of_scope": out_of_scope(outcomes),
    }


def out_of_scope(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """``{questions, right, wrong, asked_back}`` of what is none of our business."""
    outside = [outcome for outcome in outcomes if outcome.question.answer == OUT_OF_SCOPE]
    wrong = sum(outcome.past_the_point for outcome in outside)
    asked = sum(outcome.meta.asked_back for outcome in outside)
    return {"questions": len(outside), "right": len(outside) - wrong - asked, "wrong": wrong, "asked_back": asked}


def by_spelling(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The counts of each spelling that occurs, and of full and folded."""
    parts = {name: [o for o in outcomes if o.spelling == name] for name in (FULL, FOLDED, *SPELLINGS[1:])}
    return {name: counts(part) for name, part in parts.items() if part or name in (FULL, FOLDED)}


def counts(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """``{questions, right, wrong, asked_back, offered, share}``."""
    right = sum(outcome.right for outcome in outcomes)
    asked = sum(outcome.meta.asked_back for outcome in outcomes)
    return {
        "questions": len(outcomes),
        "right": right,
        "wrong": len(outcomes) - right - asked,
        "asked_back": asked,
        "offered": sum(outcome.offered for outcome in outcomes),
        "share": share(right, len(outcomes)),
    }


def alarm_share(outcomes: Sequence[Outcome]) -> float | None:
    """The share for which a person is called."""
    return share(sum(outcome.alarm for outcome in outcomes), len(outcomes))


def share(part: int, whole: int) -> float | None:
    """Null when there was nothing to count: no share, rather than a good or a bad one."""
    return round(part / whole, 4) if whole else None


def _change(old: Outcome, new: Outcome) -> dict[str, Any]:
    return {
        "text": new.question.text,
        "spelling": new.spelling,
        "expected": new.question.answer,
        "before": old.meta.answer,
        "after": new.meta.answer,
    }
