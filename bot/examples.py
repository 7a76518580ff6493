"""Training examples as the files of a data folder hold them: the one reader of domain, training and measurements."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import yaml


class ExampleFileError(ValueError):
    """A file of examples cannot be read or has another shape; the message names it."""


class WrittenExample(NamedTuple):
    """One line of a file: its text, intent, and the ``voice`` of its block, who wrote it ("" without)."""

    text: str
    intent: str
    voice: str


def read_examples(folder: Path) -> list[WrittenExample]:
    """The examples of ``folder/**/*.yml`` in order, each sentence of a voice once.

    Raises:
        ExampleFileError: see the class.
    """
    found: dict[WrittenExample, None] = {}
    for path in sorted(folder.glob("**/*.yml")):
        try:
            for block in _blocks(path.read_text("utf-8")):
                intent, voice = str(block["intent"]), str((block.get("metadata") or {}).get("voice", ""))
                lines = (line.strip() for line in block.get("examples", "").splitlines())
                texts = (line.removeprefix("-").strip() for line in lines)
                found.update(dict.fromkeys(WrittenExample(text, intent, voice) for text in texts if text))
        except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise ExampleFileError(
                f"{path} cannot be used: {error!r}; expected nlu with intent and examples"
            ) from error
    return list(found)


def _blocks(content: str) -> list[dict[str, Any]]:
    # libyaml: 20,000 examples in a tenth of a second instead of three.
    blocks: list[dict[str, Any]] = yaml.load(content, Loader=yaml.CSafeLoader)["nlu"]
    return blocks
