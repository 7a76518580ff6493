"""What the documents say of trouble is shown by tests that exist, and what they name for the operator exists in the code."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = ROOT / "docs/operations.md"
ZALO = ROOT / "connectors/channels/zalo/README.md"
PROGRAMS = ("connectors", "newsroom", "desk", "ledger", "actions")


def _rows() -> list[list[str]]:
    """The cells of the table of troubles, without its head."""
    section = OPERATIONS.read_text("utf-8").partition("## When something breaks")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


@cache
def _tests_of(file: Path) -> frozenset[str]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in ast.parse(file.read_text("utf-8")).body if isinstance(node, functions))


@cache
def _sources() -> str:
    return "\n".join(path.read_text("utf-8") for name in PROGRAMS for path in (ROOT / name).rglob("*.py"))


def test_every_trouble_names_a_test_that_exists() -> None:
    rows = _rows()
    assert len(rows) > 30
    for row in rows:
        assert len(row) == 5, row
        file, _, name = row[4].strip("`").partition("::")
        assert (ROOT / "tests" / file).is_file(), row[4]
        assert name in _tests_of(ROOT / "tests" / file), row[4]


def test_every_log_line_of_the_table_is_written_somewhere() -> None:
    told = {word for row in _rows() for word in re.findall(r"`([a-z][a-z, ]+ [a-z, ]+)`", row[3])}

    assert "ledger not usable" in told
    assert sorted(line for line in told if f'"{line}"' not in _sources()) == []


@pytest.mark.parametrize("document", [OPERATIONS, ZALO], ids=["operations", "zalo"])
def test_every_metric_that_a_document_names_exists(document: Path) -> None:
    named = set(re.findall(r"`(tincay_[a-z_]+)", document.read_text("utf-8")))

    assert len(named) >= 3
    assert sorted(name for name in named if f'"{name}"' not in _sources()) == []


def test_every_setting_that_the_zalo_readme_names_exists_with_the_value_that_it_names() -> None:
    text = ZALO.read_text("utf-8")
    known = set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)`", (ROOT / "docs/settings.md").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"\b(ZALO_[A-Z_]+)\b", text))
    reader = (ROOT / "connectors/core/zalo_settings.py").read_text("utf-8")

    assert len(named) > 15
    assert sorted(named - known) == []
    for name, value in re.findall(r"`(ZALO_[A-Z_]+)=([a-z_]+)`", text):
        line = next(line for line in reader.splitlines() if f'"{name}"' in line)
        assert f'"{value}"' in line or "env.flag" in line or "env.text" in line, (name, value)


def test_every_file_that_the_zalo_readme_describes_exists() -> None:
    text = ZALO.read_text("utf-8")
    described = re.findall(r"^\| (`[a-z_]+\.py`(?:, `[a-z_]+\.py`)*)", text, re.MULTILINE)
    named = {name for cell in described for name in re.findall(r"`([a-z_]+\.py)`", cell)}
    there = {path.name for path in ZALO.parent.glob("*.py")} - {"__init__.py"}

    assert sorted(there ^ named) == []


def test_every_system_text_that_the_zalo_readme_names_is_in_the_pack() -> None:
    named = set(re.findall(r"`(he_thong/[a-z_]+)`", ZALO.read_text("utf-8")))
    pack = (ROOT / "content/system.yml").read_text("utf-8")

    assert "he_thong/danh_thiep" in named
    assert sorted(key for key in named if f"- key: {key}\n" not in pack) == []
