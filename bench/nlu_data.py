"""Training examples with who wrote them, as the engine's own training reads them, and a share of them for slow pipelines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import yaml

from bot.classifiers.linear_training import Example
from bot.examples import WrittenExample, read_examples
from bot.featurizers.sentence import make_sentence
from bot.places.files import DEFAULT_FILES, gazetteer_of
from bot.places.finder import PlaceFinder
from contracts.text import clean_text


def to_examples(lines: Sequence[WrittenExample]) -> list[Example]:
    """What the classifier learns from."""
    finder = PlaceFinder(gazetteer_of(DEFAULT_FILES))
    return [
        Example(make_sentence(text, finder.find(text)), line.intent, line.voice)
        for line in lines
        for text in [clean_text(line.text)]
    ]


def write_share(source: Path, target: Path, share: int) -> None:
    """A training file in ``target`` with every ``share``-th example of each key, of all writers in turn."""
    lines = sorted(read_examples(source), key=lambda line: line.intent)  # sorting keeps the writers' order
    kept = [line for _, of_key in groupby(lines, lambda line: line.intent) for line in list(of_key)[::share]]
    blocks = [
        {"intent": intent, "metadata": {"voice": voice}, "examples": "".join(f"- {line.text}\n" for line in of_one)}
        for (intent, voice), of_one in groupby(kept, lambda line: (line.intent, line.voice))
    ]
    target.mkdir(parents=True)
    (target / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True), "utf-8")
