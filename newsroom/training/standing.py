"""Which examples and test questions a key has now: the adopted ones, or those of a change that waits for training."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from newsroom.training.models import ExampleChange, HeldOutQuestion, TrainingExample

State = ExampleChange.State


@dataclass(frozen=True)
class Sentences:
    """The lists of one key, in their order."""

    examples: tuple[str, ...]
    questions: tuple[str, ...]

    def fingerprint(self, key: str) -> str:
        """SHA-256 that names exactly these sentences of this key, whatever their order."""
        body = json.dumps([key, sorted(self.examples), sorted(self.questions)])
        return hashlib.sha256(body.encode()).hexdigest()


def adopted(key: str) -> Sentences:
    """What the model of the next training learns for a key, changes that still wait left out."""
    examples = TrainingExample.objects.filter(key=key).values_list("text", flat=True)
    questions = HeldOutQuestion.objects.filter(key=key).values_list("text", flat=True)
    return Sentences(tuple(examples), tuple(questions))


def standing(key: str) -> Sentences:
    """What is approved for a key: a change that waits counts, one that was refused does not."""
    return _with(ExampleChange.objects.filter(key=key, state=State.WAITING).last(), adopted(key))


def shown(key: str) -> Sentences:
    """What an editor goes on from: after a refusal their own lists, so that no work is lost."""
    last = ExampleChange.objects.filter(key=key).last()
    return _with(last if last and last.state in {State.WAITING, State.REFUSED} else None, adopted(key))


def _with(change: ExampleChange | None, before: Sentences) -> Sentences:
    return before if change is None else Sentences(tuple(change.examples), tuple(change.questions))
