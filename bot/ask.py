"""``python -m bot.ask MODEL < questions``: how the assistant understands questions, without any server.

Reads one question a line, prints one JSON object a line in the same order and nothing else:
``{text, answer, confidence, asked_back, candidates: [{answer, confidence}, …]}``. Each line is a conversation of its own.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.conversation.reading import questions_in
from bot.judgement import judge, nothing_said
from bot.logs import configure_logs
from bot.understanding import ModelFileError, Understanding
from contracts.text import clean_text, has_words
from contracts.turn import TurnMeta, meta_to_json

# Small enough that the first answers come soon, large enough that calling the pipeline costs little.
_BATCH = 50


def understand(understanding: Understanding, texts: Sequence[str]) -> Iterator[TurnMeta]:
    """The meta data that each text would have as the first message of a conversation; of two questions the first answered."""
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        parsed = iter(understanding.parse([text for text in batch if has_words(clean_text(text))]))
        for text in batch:
            if not has_words(clean_text(text)):
                yield nothing_said(understanding.model)
                continue
            first, *_ = questions_in(understanding.parse, next(parsed))
            yield judge(first, understanding.model)


def to_json(text: str, meta: TurnMeta) -> dict[str, Any]:
    """One line of the output."""
    body = meta_to_json(meta)
    body.pop("model")
    return {"text": text, **body}


def main() -> int:
    """0 when every line was judged, 1 with one line on standard error when the model cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m bot.ask", description=__doc__)
    parser.add_argument("model", type=Path, help="trained model, see python -m bot.shipped_model --path")
    arguments = parser.parse_args()
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    configure_logs(logging.WARNING)
    try:
        understanding = Understanding.load(arguments.model)
    except ModelFileError as error:
        print(f"bot.ask: {error}", file=sys.stderr)
        return 1
    lines = [line.rstrip("\r\n") for line in sys.stdin]
    for text, meta in zip(lines, understand(understanding, lines), strict=True):
        print(json.dumps(to_json(text, meta), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
