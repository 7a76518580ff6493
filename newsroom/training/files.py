"""Examples and test questions as the files of ``data/nlu`` and ``tests/nlu``: what nobody edited keeps its bytes."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from contracts.keys import SMALL_TALK_PREFIX, intent_of, is_sensitive, key_of
from contracts.personal_numbers import without_personal_numbers
from contracts.text import clean_text
from newsroom.training.models import HeldOutQuestion, SeedFile, TrainingExample
from newsroom.training.sentences import spelling_of
from newsroom.training.standing import Sentences

VOICE = "toa_soan"  # who writes what editors add; training holds whole voices back to calibrate itself
EXAMPLES, QUESTIONS = "nlu", "tests"
_BLOCK = re.compile(r"^(?=- intent:)", re.MULTILINE)
_INTENT = re.compile(r"- intent:\s*(\S+)")
_EXAMPLE = re.compile(r"^\s+- (.*)$")
_EMPTY_FILE = 'version: "3.1"\nnlu:\n'


def write_training_data(folder: Path, changes: Mapping[str, Sentences]) -> None:
    """Writes ``nlu/``, ``tests/`` and ``taxonomy.yml``: the adopted lists, with those of ``changes`` in their place."""
    examples = _adopted_examples() | {key: list(lists.examples) for key, lists in changes.items()}
    for name, body in example_files(examples).items():
        _write(folder / EXAMPLES / name, body)
    for name, body in question_files({key: lists.questions for key, lists in changes.items()}).items():
        _write(folder / QUESTIONS / name, body)
    _write(folder / "taxonomy.yml", taxonomy(examples))


def adopted_files() -> dict[str, str]:
    """Path in the repository → content of all files with examples and test questions."""
    examples = {f"data/nlu/{name}": body for name, body in example_files(_adopted_examples()).items()}
    return examples | {f"tests/nlu/{name}": body for name, body in question_files({}).items()}


def example_files(examples: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """File name → content for the examples of all keys; numbers that lead to a person are masked."""
    wanted = {key: dict.fromkeys(map(without_personal_numbers, texts)) for key, texts in examples.items()}
    files = {}
    for name, body in _seeded(EXAMPLES).items():
        files[name] = "".join(_kept(block, wanted) for block in _BLOCK.split(body))
    for key, rest in wanted.items():
        if rest:
            name = f"{key.partition('/')[0]}.yml"
            files[name] = files.get(name, _EMPTY_FILE) + _block(key, rest)
    return files


def question_files(changes: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """File name → content for all test questions, those of ``changes`` in the place of their keys' adopted ones.

    Numbers that lead to a person are masked.
    """
    wanted: dict[tuple[str, str], str] = {}
    for row in HeldOutQuestion.objects.all():
        if row.key not in changes or row.text in changes[row.key]:
            wanted[row.key, without_personal_numbers(row.text)] = row.spelling
    for key, texts in changes.items():
        masked = map(without_personal_numbers, texts)
        wanted.update({(key, text): wanted.get((key, text)) or spelling_of(text) for text in masked})
    files = {
        name: "".join(_kept_question(line, wanted) for line in body.splitlines(keepends=True))
        for name, body in _seeded(QUESTIONS).items()
    }
    added = [_line({"text": text, "answer": key, "spelling": spelling}) for (key, text), spelling in wanted.items()]
    return {**files, "newsroom.yml": "".join(added)} if added else files


def taxonomy(keys: Iterable[str]) -> str:
    """The answer keys with their kinds, as the engine reads them: the shipped ones and those that editors created."""
    shipped = yaml.safe_load((settings.ROOT / "data" / "taxonomy.yml").read_text("utf-8"))["answers"]
    kinds = {str(answer["key"]): str(answer["kind"]) for answer in shipped}
    kinds.update({key: _kind(key) for key in keys if key not in kinds})
    return "answers:\n" + "".join(_line({"key": key, "kind": kind}) for key, kind in kinds.items())


def sentence_in(line: str) -> tuple[str, ...]:
    """The example in a line of a file, cleaned; empty for other lines."""
    found = _EXAMPLE.match(line)
    return (" ".join(clean_text(found[1]).split()),) if found else ()


def blocks_of(body: str) -> list[tuple[str, str, list[str]]]:
    """Key, voice and examples of each block of a file.

    Raises:
        yaml.YAMLError, KeyError, TypeError: the file is no training data.
    """
    return [
        (
            key_of(block["intent"]),
            str((block.get("metadata") or {}).get("voice", "")),
            [text for line in block["examples"].splitlines() for text in sentence_in(f" {line}") if text],
        )
        for block in yaml.load(body, yaml.CSafeLoader)["nlu"]
    ]


def _kept(block: str, wanted: dict[str, dict[str, None]]) -> str:
    """The block without sentences that are not wanted (any more); what it holds is struck off ``wanted``."""
    intent = _INTENT.match(block)
    if intent is None:
        return block
    rest = wanted.get(key_of(intent[1]), {})
    lines, holds = [], False
    for line in block.splitlines(keepends=True):
        texts = sentence_in(line)
        if texts and texts[0] not in rest:
            continue
        for text in texts:
            del rest[text]
            holds = True
        lines.append(line)
    return "".join(lines) if holds else ""


def _kept_question(line: str, wanted: dict[tuple[str, str], str]) -> str:
    if not line.startswith("- "):
        return line
    entry = yaml.safe_load(line)[0]
    return line if wanted.pop((str(entry["answer"]), clean_text(str(entry["text"]))), None) else ""


def _block(key: str, texts: Iterable[str]) -> str:
    lines = "".join(f"    - {text}\n" for text in texts)
    return f"- intent: {intent_of(key)}\n  metadata: {{voice: {VOICE}}}\n  examples: |\n{lines}"


def _kind(key: str) -> str:
    if is_sensitive(key):
        return "sensitive"
    return "chat" if key.startswith(SMALL_TALK_PREFIX) else "faq"


def _line(entry: Mapping[str, Any]) -> str:
    """One entry of a YAML list; JSON is YAML."""
    return f"- {json.dumps(entry, ensure_ascii=False)}\n"


def _adopted_examples() -> dict[str, list[str]]:
    examples: dict[str, list[str]] = defaultdict(list)
    for key, text in TrainingExample.objects.values_list("key", "text"):
        examples[key].append(text)
    return examples


def _seeded(folder: str) -> dict[str, str]:
    rows = SeedFile.objects.filter(name__startswith=f"{folder}/").order_by("name")
    return {row.name.partition("/")[2]: row.body for row in rows}


def _write(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(body, "utf-8")
