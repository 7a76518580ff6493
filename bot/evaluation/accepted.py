"""The last accepted run: what every test sentence got, committed, so that a change shows what it fixed and broke."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.conversations import Played
from bot.evaluation.outcomes import Outcome
from bot.evaluation.questions import QuestionFileError


@dataclass(frozen=True)
class Result:
    """One test sentence: what it is, what it should get and got, and whether that is right."""

    sentence: str
    expected: str
    got: str
    right: bool

    @property
    def id(self) -> str:
        """Eight digits by sentence and expectation: an edited sentence is a new one."""
        return hashlib.sha256(f"{self.sentence}\n{self.expected}".encode()).hexdigest()[:8]


def results_of(outcomes: Sequence[Outcome], played: Sequence[Played]) -> list[Result]:
    """The results of questions and turns of conversations in one form."""
    asked = [Result(f"{o.question.text} [{o.spelling}]", o.question.answer, o.got, o.right) for o in outcomes]
    turns = [
        Result(f"{p.conversation}: {p.turn.say} [conversation]", p.turn.answer, p.wrong or p.turn.answer, not p.wrong)
        for p in played
    ]
    return asked + turns


def write_accepted(path: Path, results: Sequence[Result]) -> None:
    """``{right: [id, …], wrong: {id: got}}``, sorted, so that a change is a small difference."""
    right = sorted({result.id for result in results if result.right})
    wrong = {result.id: result.got for result in sorted(results, key=lambda result: result.id) if not result.right}
    lines = json.dumps({"right": right, "wrong": wrong}, ensure_ascii=False, indent=0, separators=(",", ":"))
    path.write_text(lines + "\n", "utf-8")


def changes(path: Path, results: Sequence[Result]) -> tuple[list[str], list[str]]:
    """Lines on what was fixed and what was broken since the accepted run; both empty when there is none.

    Raises:
        QuestionFileError: the file is damaged.
    """
    if not path.exists():
        return [], []
    try:
        body = json.loads(path.read_text("utf-8"))
        right, wrong = set(body["right"]), dict(body["wrong"])
    except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise QuestionFileError(f"{path} is damaged ({error!r}); make it anew with make eval ACCEPT=1") from error
    fixed = [f"{r.sentence} → {r.expected} (was {wrong[r.id]})" for r in results if r.right and r.id in wrong]
    broken = [f"{r.sentence} → {r.expected}, got {r.got}" for r in results if not r.right and r.id in right]
    return fixed, broken
