"""How well a model understands questions that it was not trained on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.ask import understand
from bot.understanding import Understanding
from contracts.keys import is_sensitive
from contracts.turn import TurnMeta
from vitext.fold import fold

FULL, FOLDED = "full", "folded"


class QuestionFileError(ValueError):
    """A file of test questions has a wrong shape; the message names it."""


@dataclass(frozen=True)
class Question:
    """A test question with the answer key that it should get."""

    text: str
    answer: str


@dataclass(frozen=True)
class Outcome:
    """A question in one spelling with what the model made of it."""

    question: Question
    spelling: str
    meta: TurnMeta

    @property
    def right(self) -> bool:
        """Answered, and with the right key; asking back counts as not answered."""
        return self.meta.answer == self.question.answer and not self.meta.asked_back


def read_questions(paths: Iterable[Path]) -> list[Question]:
    """Questions of YAML files, each a list of ``{text, answer}``.

    Raises:
        QuestionFileError: a file cannot be read or has another shape.
    """
    questions = []
    for path in paths:
        try:
            body = yaml.safe_load(path.read_text("utf-8")) or []
            questions += [Question(str(entry["text"]), str(entry["answer"])) for entry in body]
        except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
            raise QuestionFileError(f"{path} cannot be used: {error!r}; expected a list of text and answer") from error
    return questions


def ask_all(understanding: Understanding, questions: Sequence[Question]) -> list[Outcome]:
    """Each question as it is written and without accents."""
    outcomes = []
    for spelling, spell in ((FULL, str), (FOLDED, fold)):
        texts = [spell(question.text) for question in questions]
        metas = understand(understanding, texts)
        outcomes += [Outcome(question, spelling, meta) for question, meta in zip(questions, metas, strict=True)]
    return outcomes


def make_report(outcomes: Sequence[Outcome], before: Sequence[Outcome] = ()) -> dict[str, Any]:
    """The gate's report: ``{total, by_spelling, sensitive_recall, false_alarms, fixed[], broken[]}``.

    ``total`` and each spelling are ``{questions, right, wrong, asked_back, share}``, share being right / questions.
    ``sensitive_recall`` is the share of sensitive questions that reach a person, ``false_alarms`` the share of others
    that do. ``fixed`` and ``broken`` compare with the outcomes of the previous model: ``{text, spelling, expected,
    before, after}``.
    """
    earlier = {(outcome.question, outcome.spelling): outcome for outcome in before}
    pairs = [
        (earlier[key], outcome) for outcome in outcomes if (key := (outcome.question, outcome.spelling)) in earlier
    ]
    spellings = {spelling: [o for o in outcomes if o.spelling == spelling] for spelling in (FULL, FOLDED)}
    return {
        "total": _counts(outcomes),
        "by_spelling": {spelling: _counts(part) for spelling, part in spellings.items()},
        "sensitive_recall": _alarm_share([o for o in outcomes if is_sensitive(o.question.answer)]),
        "false_alarms": _alarm_share([o for o in outcomes if not is_sensitive(o.question.answer)]),
        "fixed": [_change(old, new) for old, new in pairs if new.right and not old.right],
        "broken": [_change(old, new) for old, new in pairs if old.right and not new.right],
    }


def _counts(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    right = sum(outcome.right for outcome in outcomes)
    asked = sum(outcome.meta.asked_back for outcome in outcomes)
    return {
        "questions": len(outcomes),
        "right": right,
        "wrong": len(outcomes) - right - asked,
        "asked_back": asked,
        "share": _share(right, len(outcomes)),
    }


def _alarm_share(outcomes: Sequence[Outcome]) -> float | None:
    alarms = sum(is_sensitive(outcome.meta.answer) and not outcome.meta.asked_back for outcome in outcomes)
    return _share(alarms, len(outcomes))


def _share(part: int, whole: int) -> float | None:
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
