"""Training examples with who wrote them, as the engine's own training reads them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from bot.classifiers.linear_training import Example
from bot.featurizers.sentence import make_sentence
from bot.places.files import DEFAULT_FILES, gazetteer_of
from bot.places.finder import PlaceFinder
from contracts.text import clean_text


class Line(NamedTuple):
    """One training example: its text, intent, and the ``voice`` of its block ("" without)."""

    text: str
    intent: str
    voice: str


def read_lines(folder: Path) -> list[Line]:
    """The examples of ``folder/*.yml``, in order."""
    lines = []
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            voice = str((block.get("metadata") or {}).get("voice", ""))
            texts = (line.strip().removeprefix("- ") for line in block.get("examples", "").splitlines())
            lines += [Line(text, block["intent"], voice) for text in texts if text]
    return lines


def to_examples(lines: Sequence[Line]) -> list[Example]:
    """What the classifier learns from."""
    finder = PlaceFinder(gazetteer_of(DEFAULT_FILES))
    return [
        Example(make_sentence(text, finder.find(text)), line.intent, line.voice)
        for line in lines
        for text in [clean_text(line.text)]
    ]
