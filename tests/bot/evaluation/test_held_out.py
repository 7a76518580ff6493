"""What the model is judged on, it has not read."""

from __future__ import annotations

import re
from pathlib import Path

from bot.evaluation.questions import read_questions
from bot.examples import read_examples
from vitext.fold import fold

ROOT = Path(__file__).resolve().parents[3]


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def test_it_asks_no_question_that_is_a_training_example_in_any_spelling_of_its_accents() -> None:
    learnt = {_bare(example.text) for example in read_examples(ROOT / "data/nlu")}
    asked = [question.text for question in read_questions(sorted((ROOT / "tests/nlu").glob("*.yml")))]

    assert [text for text in asked if _bare(text) and _bare(text) in learnt] == []
