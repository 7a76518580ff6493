"""Filling the tables of examples and test questions from files, once; afterwards the database is the truth."""

from __future__ import annotations

from pathlib import Path

import yaml
from django.db import transaction

from contracts.text import clean_text
from newsroom.training.files import EXAMPLES, QUESTIONS, blocks_of
from newsroom.training.models import HeldOutQuestion, SeedFile, TrainingExample

CONVERSATIONS = "conversations.yml"


class SeedFileError(ValueError):
    """A file holds no training data or test questions; the message names it and what it should hold."""


@transaction.atomic
def seed(nlu: Path, tests: Path) -> bool:
    """Whether the tables were filled: they are only when they are empty.

    Raises:
        SeedFileError: a file has another shape, or there is none.
    """
    if TrainingExample.objects.exists():
        return False
    paths = sorted(nlu.glob("*.yml"))
    if not paths:
        raise SeedFileError(f"{nlu} holds no *.yml; name the folder with the training examples")
    for path in paths:
        _keep(path, EXAMPLES)
        TrainingExample.objects.bulk_create(examples_in(path), ignore_conflicts=True)
    for path in question_paths(tests):
        _keep(path, QUESTIONS)
        HeldOutQuestion.objects.bulk_create(questions_in(path))
    return True


def question_paths(tests: Path) -> list[Path]:
    """The files of test questions in a folder; conversations are not for single messages."""
    return [path for path in sorted(tests.glob("*.yml")) if path.name != CONVERSATIONS]


def _keep(path: Path, folder: str) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        SeedFile.objects.create(name=f"{folder}/{path.name}", body=file.read())


def examples_in(path: Path) -> list[TrainingExample]:
    """The examples of one file, not stored.

    Raises:
        SeedFileError: the file has another shape.
    """
    try:
        blocks = blocks_of(path.read_text("utf-8"))
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise SeedFileError(f"{path} is no training data ({error!r}); expected nlu with intent and examples") from error
    return [
        TrainingExample(key=key, text=text, voice=voice, origin=path.stem)
        for key, voice, texts in blocks
        for text in texts
    ]


def questions_in(path: Path) -> list[HeldOutQuestion]:
    """The test questions of one file, not stored.

    Raises:
        SeedFileError: the file has another shape.
    """
    try:
        return [
            HeldOutQuestion(
                key=entry["answer"],
                text=clean_text(entry["text"]),
                spelling=entry.get("spelling", "full"),
                origin=path.stem,
            )
            for entry in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) or []
        ]
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise SeedFileError(f"{path} holds no test questions ({error!r}); expected text, answer, spelling") from error
