"""``python -m bench.nlu_voices``: how well the classifier understands a writer whom it has never read.

Each voice of ``data/nlu`` (``metadata: {voice: …}``) is left out in turn: a model is trained on the others and asked the
left-out questions of intents that it knows, in four spellings (``nlu_spellings.py``), with the danger rules and the gate of
the engine. Features, penalty and thresholds are chosen by these figures, never by ``tests/nlu``. Run it in the engine's
environment: ``bot/.venv/bin/python -m bench.nlu_voices [VOICE …]``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bench.nlu_data import to_examples
from bench.nlu_spellings import SPELLINGS
from bot.classifiers.confidence_gate import URGENT, ConfidenceGate
from bot.classifiers.danger import SensitiveGuard
from bot.classifiers.linear import LinearModel
from bot.classifiers.linear_training import train_linear_model
from bot.classifiers.ranking import set_ranking
from bot.examples import WrittenExample, read_examples
from bot.featurizers.sentence import make_sentence
from bot.judgement import judge
from bot.places.files import DEFAULT_FILES, gazetteer_of
from bot.places.finder import PlaceFinder
from contracts.keys import NO_ANSWER_YET, OUT_OF_SCOPE, is_sensitive, key_of
from contracts.text import clean_text
from contracts.turn import TurnMeta

DATA = Path("data/nlu")
_BINS = 10
_OUTSIDE = (OUT_OF_SCOPE, NO_ANSWER_YET)  # the same to the resident


class Answer(NamedTuple):
    """What was asked, in which spelling, and what came: the raw ranking and the decision."""

    expected: str
    spelling: str
    text: str
    ranking: list[tuple[str, float]]
    meta: TurnMeta


def ask(model: LinearModel, lines: Iterable[WrittenExample], spellings: Iterable[str] = SPELLINGS) -> list[Answer]:
    """Every line in every spelling."""
    finder = PlaceFinder(gazetteer_of(DEFAULT_FILES))
    guard, gate = SensitiveGuard({}), ConfidenceGate(ConfidenceGate.get_default_config())
    answers = []
    for line in lines:
        for spelling in spellings:
            text = clean_text(SPELLINGS[spelling](line.text))
            ranking = model.ranking(make_sentence(text, finder.find(text)))
            message = Message({TEXT: text})
            set_ranking(message, ranking)
            gate.process(guard.process([message]))
            meta = judge(message.as_dict(only_output_properties=True), "")
            answers.append(Answer(key_of(line.intent), spelling, text, ranking[:10], meta))
    return answers


def leave_out(lines: Sequence[WrittenExample], voice: str) -> list[Answer]:
    """The answers of a model that has not read ``voice`` to the questions of ``voice``."""
    seen = [line for line in lines if line.voice != voice]
    known = {line.intent for line in seen}
    return ask(train_linear_model(to_examples(seen)), [x for x in lines if x.voice == voice and x.intent in known])


def figures(answers: Sequence[Answer]) -> dict[str, float]:
    """Shares in percent.

    ``first`` and ``in three`` judge the ranking; ``right``, ``asked`` back and ``wrong`` the decision; ``offered`` is the
    share of those asked back whose key was among the three choices, ``good`` right or so offered. ``recall`` and ``alarms`` count messages that fetch
    a person, ``urgent`` the recall of priority 1; ``outside`` is out of scope but answered past the point.
    """
    asked = [a for a in answers if a.meta.asked_back]
    sensitive = [a for a in answers if is_sensitive(a.expected)]
    outside = [a for a in answers if a.expected == OUT_OF_SCOPE]
    return {
        "first": _share([key_of(a.ranking[0][0]) == a.expected for a in answers]),
        "in three": _share([a.expected in [key_of(name) for name, _ in a.ranking[:3]] for a in answers]),
        "right": _share([not a.meta.asked_back and a.meta.answer == a.expected for a in answers]),
        "asked": _share([a.meta.asked_back for a in answers]),
        "offered": _share([a.expected in [choice.answer for choice in a.meta.candidates] for a in asked]),
        "good": _share([a.expected in _reached(a) for a in answers]),
        "wrong": _share([not a.meta.asked_back and a.meta.answer != a.expected for a in answers]),
        "recall": _share([_alarmed(a) for a in sensitive]),
        "alarms": _share([_alarmed(a) for a in answers if not is_sensitive(a.expected)]),
        "urgent": _share([_alarmed(a) for a in sensitive if a.expected in URGENT]),
        "outside": _share([not a.meta.asked_back and a.meta.answer not in _OUTSIDE for a in outside]),
        "ECE": 100 * calibration_error(answers),
    }


def calibration_error(answers: Sequence[Answer]) -> float:
    """Expected calibration error of the first candidate's confidence, in ten bins of equal width."""
    sure = np.array([answer.ranking[0][1] for answer in answers])
    right = np.array([key_of(answer.ranking[0][0]) == answer.expected for answer in answers], dtype=float)
    places = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    gaps = [abs((sure - right)[places == place].sum()) for place in range(_BINS)]
    return float(sum(gaps) / len(answers))


def _reached(answer: Answer) -> list[str]:
    """The keys that the resident gets: the one answered, or those offered."""
    return [choice.answer for choice in answer.meta.candidates] if answer.meta.asked_back else [answer.meta.answer]


def _alarmed(answer: Answer) -> bool:
    return is_sensitive(answer.meta.answer) and not answer.meta.asked_back


def _share(found: Sequence[bool]) -> float:
    return 100 * sum(found) / len(found) if found else float("nan")


def _row(name: str, values: Iterable[object]) -> str:
    cells = (f"{value:.1f}" if isinstance(value, float) else str(value) for value in values)
    return f"{name:12s}" + "".join(f"{cell:>10s}" for cell in cells)


def main() -> None:
    """Prints a table for each voice and one for all."""
    parser = argparse.ArgumentParser(prog="python -m bench.nlu_voices", description=__doc__)
    parser.add_argument("voices", nargs="*", help="voices to leave out; all by default")
    lines = read_examples(DATA)
    voices = parser.parse_args().voices or sorted({line.voice for line in lines if line.voice})
    every: list[Answer] = []
    for voice in voices:
        answers = leave_out(lines, voice)
        every += answers
        _print(f"without {voice}", answers)
    _print(f"mean of {' '.join(voices)}", every)


def _print(title: str, answers: Sequence[Answer]) -> None:
    of_spelling = {name: [a for a in answers if a.spelling == name] for name in SPELLINGS}
    print(f"\n{title}: {len(of_spelling['full'])} questions")
    print(_row("", figures(answers)))
    for name, part in of_spelling.items():
        print(_row(name, figures(part).values()), flush=True)


if __name__ == "__main__":
    main()
