"""``python -m bot.vocabulary > vitext/common_syllables.txt``: the syllables of training examples and approved texts.

Slips are repaired towards these (`vitext.repair`). Run it again when whole new subjects came into the data.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from vitext.fold import fold, syllables

_LEAST = 3
_HEADER = "# Folded syllables and how often they stand in data/nlu and content/; made by python -m bot.vocabulary."


def common_syllables(texts: Iterator[str]) -> list[tuple[str, int]]:
    """Folded syllables with their counts, the most frequent first; only what is spelt as Vietnamese is.

    A text without any accent is left out: who types so also glues and abbreviates.
    """
    # Not at the top: the module reads the very file that this one writes.
    from vitext.vocabulary import is_syllable

    counts: Counter[str] = Counter()
    for text in texts:
        if fold(text) != text.lower():
            counts.update(syllable.folded for syllable in syllables(text))
    kept = [(word, count) for word, count in counts.items() if count >= _LEAST and len(word) > 1 and is_syllable(word)]
    return sorted(kept, key=lambda entry: (-entry[1], entry[0]))


def _texts(root: Path) -> Iterator[str]:
    for path in sorted(root.glob("data/nlu/*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            yield from str(block["examples"]).splitlines()
    for path in sorted(root.glob("content/**/*.yml")):
        yield from _strings(yaml.safe_load(path.read_text("utf-8")))


def _strings(body: Any) -> Iterator[str]:
    if isinstance(body, str):
        yield body
    elif isinstance(body, dict):
        for value in body.values():
            yield from _strings(value)
    elif isinstance(body, list):
        for value in body:
            yield from _strings(value)


def main() -> None:
    """Prints the file."""
    lines = [_HEADER, *(f"{word} {count}" for word, count in common_syllables(_texts(Path())))]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
