"""``python -m bot.train --data DIR --out FILE --report FILE``: trains a model and measures it, in one process.

DIR holds ``nlu/*.yml`` (examples), may hold ``taxonomy.yml`` (the answer keys; else the shipped ones) and
``tests/*.yml`` (questions with answers; else ``--tests``). Progress goes to standard output, one JSON object a line:
``{step, …}`` with the steps ``training``, ``measuring``, then ``done`` or ``failed`` (exit code 1).
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bot.domain import TaxonomyError
from bot.evaluation.outcomes import Outcome, ask_all
from bot.evaluation.questions import QuestionFileError, read_questions
from bot.evaluation.report import make_report
from bot.generate import write_engine_files
from bot.logs import configure_logs
from bot.second_core import beside, end_with_parent
from bot.understanding import ModelFileError, Understanding

SHIPPED_TAXONOMY = Path("data/taxonomy.yml")
SHIPPED_TESTS = Path("tests/nlu")
SHIPPED_STORIES = Path("data/stories")
CONFIG = Path("config.yml")


class TrainingError(RuntimeError):
    """Rasa trained no model from data that passed the checks; the message says why."""


def train(data: Path, out: Path) -> None:
    """Trains from a data folder into the archive ``out``, which appears whole or not at all.

    Raises:
        TaxonomyError: keys and examples do not fit.
        TrainingError: Rasa made no model.
    """
    taxonomy = data / "taxonomy.yml"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_engine_files(taxonomy if taxonomy.exists() else SHIPPED_TAXONOMY, data / "nlu", folder)
        _forbid_traces(folder)
        from rasa.shared.exceptions import RasaException

        from bot.rasa_training import train_with_rasa  # imports TensorFlow

        out.parent.mkdir(parents=True, exist_ok=True)
        draft = out.with_name(f"{out.name}.{os.getpid()}")
        rules = folder / "data" / "rules"
        try:
            train_with_rasa(CONFIG, folder / "domain.yml", data / "nlu", [rules, SHIPPED_STORIES], draft)
        except RasaException as error:
            raise TrainingError(f"Rasa trained no model: {error}") from error
        os.replace(draft, out)


def measure(archive: Path, tests: Path) -> list[Outcome]:
    """What a model makes of the test questions of a folder.

    Raises:
        QuestionFileError, ModelFileError: the questions or the archive cannot be used.
    """
    questions = read_questions(sorted(tests.glob("*.yml")))
    understanding = Understanding.load(archive)
    with beside(lambda: ask_all(understanding, questions[1::2])) as others:
        return ask_all(understanding, questions[::2]) + others()


def train_and_compare(data: Path, out: Path, tests: Path, previous: Path | None) -> dict[str, Any]:
    """Trains, measures, and reports; the ``previous`` model is measured on the second core while the first trains.

    Raises:
        TaxonomyError, TrainingError, QuestionFileError, ModelFileError: see ``train`` and ``measure``.
    """
    started = time.monotonic()
    spawn = get_context("spawn")
    with ProcessPoolExecutor(1, spawn, initializer=end_with_parent, initargs=(os.getpid(),)) as pool:
        before = pool.submit(measure, previous, tests) if previous else None
        train(data, out)
        _progress("measuring", seconds=round(time.monotonic() - started, 1))
        return make_report(measure(out, tests), before.result() if before else [])


def _forbid_traces(folder: Path) -> None:
    """No telemetry, no cache in the working directory, no progress bars: a training leaves nothing but its archive."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    os.environ["RASA_CACHE_DIRECTORY"] = str(folder / "cache")
    os.environ["LOG_LEVEL"] = "WARNING"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def _progress(step: str, **details: Any) -> None:
    print(json.dumps({"step": step, **details}, ensure_ascii=False), file=_PROGRESS, flush=True)


# Rasa and its libraries print to standard output; the caller reads JSON lines there and nothing else.
_PROGRESS = sys.stdout


def main() -> int:
    """0 with archive and report written, 1 with a ``failed`` line."""
    parser = argparse.ArgumentParser(prog="python -m bot.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with nlu/, taxonomy.yml, tests/")
    parser.add_argument("--out", type=Path, required=True, help="archive to write")
    parser.add_argument("--report", type=Path, required=True, help="report to write, JSON")
    parser.add_argument("--tests", type=Path, help="folder of test questions; DIR/tests or the shipped ones by default")
    parser.add_argument("--previous", type=Path, help="archive of the model in use, for fixed and broken questions")
    arguments = parser.parse_args()
    sys.stdout = sys.stderr
    own_tests = arguments.data / "tests"
    tests = arguments.tests or (own_tests if own_tests.is_dir() else SHIPPED_TESTS)
    configure_logs(logging.WARNING)
    started = time.monotonic()
    try:
        _progress("training", data=str(arguments.data))
        report = train_and_compare(arguments.data, arguments.out, tests, arguments.previous)
    except (TaxonomyError, TrainingError, QuestionFileError, ModelFileError) as error:
        _progress("failed", error=type(error).__name__, message=str(error))
        return 1
    arguments.report.write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")
    _progress("done", seconds=round(time.monotonic() - started, 1), total=report["total"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
