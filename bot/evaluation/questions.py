"""Test questions: ``tests/nlu/*.yml``, each a list of ``{text, answer, spelling}``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FULL, FOLDED = "full", "folded"
SPELLINGS = (FULL, "none", "teencode", "slips", "regional", "long")
CONVERSATIONS = "conversations.yml"


class QuestionFileError(ValueError):
    """A file of test questions or conversations has a wrong shape; the message names file and entry."""


@dataclass(frozen=True)
class Question:
    """A test question with the answer key that it should get; ``file`` is the name of the file without its ending."""

    text: str
    answer: str
    spelling: str = FULL
    file: str = ""


def read_questions(paths: Iterable[Path]) -> list[Question]:
    """Questions of YAML files; a missing spelling is ``full``, conversations among the files are passed over.

    Raises:
        QuestionFileError: a file cannot be read or has another shape.
    """
    return [
        _question(path, number, entry)
        for path in paths
        if path.name != CONVERSATIONS
        for number, entry in enumerate(entries(path), 1)
    ]


def entries(path: Path) -> list[dict[str, Any]]:
    """The mappings of a YAML list.

    Raises:
        QuestionFileError: the file cannot be read or is no list of mappings.
    """
    try:
        body = yaml.safe_load(path.read_text("utf-8")) or []
    except (OSError, yaml.YAMLError) as error:
        raise QuestionFileError(f"{path} cannot be read as YAML: {error}") from error
    if not isinstance(body, list) or not all(isinstance(entry, dict) for entry in body):
        raise QuestionFileError(f"{path} holds something else than a list of mappings; write - {{name: value}} lines")
    return body


def check_names(path: Path, number: int, entry: dict[str, Any], needed: Iterable[str], allowed: Iterable[str]) -> None:
    """Whether an entry has the names that it needs and no others.

    Raises:
        QuestionFileError: it has not.
    """
    missing = [name for name in needed if name not in entry]
    unknown = [name for name in entry if name not in {*needed, *allowed}]
    if missing or unknown:
        known = ", ".join([*needed, *allowed])
        wrong = f"lacks {', '.join(missing)}" if missing else f"has unknown names {', '.join(map(str, unknown))}"
        raise QuestionFileError(f"{path}, entry {number}, {wrong}; it takes {known}")


def _question(path: Path, number: int, entry: dict[str, Any]) -> Question:
    check_names(path, number, entry, ("text", "answer"), ("spelling",))
    spelling = str(entry.get("spelling", FULL))
    if spelling not in SPELLINGS:
        raise QuestionFileError(f"{path}, entry {number}: spelling {spelling!r}; it is one of {', '.join(SPELLINGS)}")
    return Question(str(entry["text"]), str(entry["answer"]), spelling, path.stem)
