"""One understanding pipeline, trained and measured; ``bench.nlu`` starts it once for each that it compares.

``train CONFIG DATA OUT`` trains the pipeline of a Rasa configuration on ``DATA/*.yml`` and prints ``{training_s,
training_cpu_s, model_mb}`` (the processors' time compares also where other programs run);
``measure ARCHIVE TESTS`` asks it the questions of ``TESTS/*.yml``, one message at a time, and prints ``{parse_p50_ms,
parse_p95_ms, memory_mb, by_spelling, …}``. In two processes, so that the memory is that of answering. Engine's environment.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bot.classifiers.confidence_gate import ASK_BACK, NOT_UNDERSTOOD
from bot.evaluation.questions import FULL, SPELLINGS, Question, read_questions
from bot.logs import configure_logs
from bot.understanding import Understanding
from contracts.keys import OUT_OF_SCOPE, is_sensitive, key_of
from vitext.fold import fold

_UNSURE = frozenset({ASK_BACK, NOT_UNDERSTOOD, "nlu_fallback"})
_OFFERED = 3
_WARM_UP = 20


class Asked(NamedTuple):
    """A question with what a pipeline made of it and how long that took."""

    question: Question
    answer: str
    unsure: bool
    offered: tuple[str, ...]
    seconds: float

    @property
    def right(self) -> bool:
        """Answered, and with the right key."""
        return not self.unsure and self.answer == self.question.answer

    @property
    def alarmed(self) -> bool:
        """Whether a person would be fetched."""
        return not self.unsure and is_sensitive(self.answer)


def train(config: Path, data: Path, out: Path) -> dict[str, float]:
    """Trains with Rasa itself, its start included."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        os.environ |= {
            "RASA_TELEMETRY_ENABLED": "false",
            "RASA_MAX_CACHE_SIZE": "0",
            "RASA_CACHE_DIRECTORY": f"{name}/cache",
        }
        from rasa.model_training import train_nlu

        model = train_nlu(str(config), str(data), output=name, fixed_model_name="model")
        if not model:
            raise SystemExit(f"Rasa trained no model with {config}; its log stands above")
        shutil.copyfile(model, out)
    return {
        "training_s": round(time.monotonic() - start, 1),
        "training_cpu_s": round(time.process_time(), 1),
        "model_mb": round(out.stat().st_size / 1e6, 1),
    }


def measure(archive: Path, tests: Path) -> dict[str, Any]:
    """Figures of a trained archive; shares in percent."""
    understanding = Understanding.load(archive)
    questions = read_questions(sorted(tests.glob("*.yml")))
    folded = [Question(fold(q.text), q.answer, "none", q.file) for q in questions if q.spelling == FULL]
    for question in questions[:_WARM_UP]:
        _ask(understanding, question)
    asked = [_ask(understanding, question) for question in (*questions, *folded)]
    milliseconds = np.array([one.seconds for one in asked]) * 1000
    return {
        "parse_p50_ms": round(float(np.percentile(milliseconds, 50)), 2),
        "parse_p95_ms": round(float(np.percentile(milliseconds, 95)), 2),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "by_spelling": {name: _figures([one for one in asked if one.question.spelling == name]) for name in SPELLINGS},
        "all": _figures(asked),
    }


def _ask(understanding: Understanding, question: Question) -> Asked:
    start = time.perf_counter()
    parsed = understanding.parse([question.text])[0]
    seconds = time.perf_counter() - start
    names = [entry["name"] for entry in parsed.get("intent_ranking", []) if entry["name"] not in _UNSURE]
    name = (parsed.get("intent") or {}).get("name") or "nlu_fallback"
    return Asked(question, key_of(name), name in _UNSURE, tuple(key_of(known) for known in names[:_OFFERED]), seconds)


def _figures(asked: Sequence[Asked]) -> dict[str, float | int | None]:
    """``good`` counts an unsure pipeline as right when the key is among its three likeliest."""
    sensitive = [one for one in asked if is_sensitive(one.question.answer)]
    outside = [one for one in asked if one.question.answer == OUT_OF_SCOPE]
    return {
        "questions": len(asked),
        "right": _share([one.right for one in asked]),
        "good": _share([one.right or (one.unsure and one.question.answer in one.offered) for one in asked]),
        "unsure": _share([one.unsure for one in asked]),
        "recall": _share([one.alarmed for one in sensitive]),
        "alarms": _share([one.alarmed for one in asked if not is_sensitive(one.question.answer)]),
        "outside": _share([not one.unsure and not one.right for one in outside]),
    }


def _share(found: Sequence[bool]) -> float | None:
    return round(100 * sum(found) / len(found), 1) if found else None


def main(arguments: Sequence[str]) -> Mapping[str, Any]:
    """The figures of one command."""
    command, *paths = arguments
    configure_logs(logging.ERROR)
    places = [Path(path) for path in paths]
    return {"train": train, "measure": measure}[command](*places)


if __name__ == "__main__":
    output, sys.stdout = sys.stdout, sys.stderr  # Rasa and TensorFlow print to standard output
    json.dump(main(sys.argv[1:]), output)
