"""Training examples with who wrote them, as the engine's own training reads them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.classifiers.linear_training import Example
from bot.examples import WrittenExample
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
