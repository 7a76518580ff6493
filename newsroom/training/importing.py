"""Files with examples and test questions, brought in as drafts of the answers that they belong to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction

from newsroom.accounts.models import User
from newsroom.training.changes import same_lists
from newsroom.training.seeding import SeedFileError, examples_in, question_paths, questions_in
from newsroom.training.sentences import text_of
from newsroom.training.standing import Sentences, standing


class ImportRefusedError(ValueError):
    """A file or one of its sentences cannot be used, or an answer is under review; the message names it."""


@dataclass
class Imported:
    """Keys whose answers got a draft, and keys that no answer carries."""

    drafts: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def import_files(nlu: Path, tests: Path, by: User) -> Imported:
    """Makes a draft for every key whose sentences differ from what is approved, all or nothing.

    Raises:
        ImportRefusedError: see there.
    """
    done = Imported()
    for key, lists in sorted(_read(nlu, tests).items()):
        if same_lists(lists, standing(key)):
            continue
        content = _carrier(key)
        if content is None:
            done.left_out.append(key)
        else:
            _draft(content, lists, by)
            done.drafts.append(key)
    return done


def _read(nlu: Path, tests: Path) -> dict[str, Sentences]:
    examples: dict[str, list[str]] = defaultdict(list)
    questions: dict[str, list[str]] = defaultdict(list)
    try:
        for path in sorted(nlu.glob("*.yml")):
            for example in examples_in(path):
                examples[example.key].append(example.text)
        for path in question_paths(tests):
            for question in questions_in(path):
                questions[question.key].append(question.text)
    except SeedFileError as error:
        raise ImportRefusedError(str(error)) from error
    return {
        key: Sentences(tuple(examples.get(key, ())), tuple(questions.get(key, ()))) for key in {*examples, *questions}
    }


def _carrier(key: str) -> Any:
    """The answer, safety text or look-up whose draft can carry the lists of a key."""
    for name in ("FaqAnswer", "SafetyText", "ServiceQuestion"):
        found = apps.get_model("content", name)._default_manager.filter(key=key, place="").first()
        if found is not None:
            return found
    return None


def _draft(stored: Any, lists: Sentences, by: User) -> None:
    if stored.get_lock() is not None:
        raise ImportRefusedError(f"{stored.key} is under review; decide on it first")
    content = stored.get_latest_revision_as_object()
    content.examples, content.test_questions = text_of(lists.examples), text_of(lists.questions)
    try:
        content.save_revision(user=by, log_action=True)
    except ValidationError as error:
        raise ImportRefusedError(f"{stored.key}: {'; '.join(error.messages)}") from error
