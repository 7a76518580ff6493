"""What the documents name exists, and what exists is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("contracts", "vitext", "ledger", "bot", "actions", "connectors", "newsroom", "desk", "sandbox", "deploy")
FOLDERS = (*PROGRAMS, "widget", "content", "tests", "bench", "docs")
_READER = re.compile(r"\.(?:text|secret|integer|seconds|port|choice|flag|url|path)\(\s*\"([A-Z][A-Z0-9_]+)\"")


def _existing(names: tuple[str, ...]) -> list[str]:
    """Programs that have code by now; the others come with their issues."""
    return [name for name in names if any((ROOT / name).glob("*.*"))]


@pytest.mark.parametrize("folder", _existing(FOLDERS))
def test_each_top_folder_has_a_short_readme(folder: str) -> None:
    lines = (ROOT / folder / "README.md").read_text("utf-8").splitlines()

    assert 4 <= len(lines) <= 40


def test_every_setting_that_a_program_reads_is_documented() -> None:
    documented = (ROOT / "docs/settings.md").read_text("utf-8")
    read = {
        name
        for program in _existing(PROGRAMS)
        for path in (ROOT / program).rglob("*.py")
        if ".venv" not in path.parts
        for name in _READER.findall(path.read_text("utf-8"))
    }

    assert len(read) > 15
    assert sorted(name for name in read if f"`{name}`" not in documented) == []


def test_every_documented_setting_is_read_by_something() -> None:
    documented = re.findall(r"^\| `([A-Z][A-Z0-9_]+)`", (ROOT / "docs/settings.md").read_text("utf-8"), re.MULTILINE)
    sources = [p for name in _existing(PROGRAMS) for p in (ROOT / name).rglob("*.py") if ".venv" not in p.parts]
    everything = "\n".join(path.read_text("utf-8") for path in sources) + (ROOT / "endpoints.yml").read_text("utf-8")

    assert [name for name in documented if name not in everything] == []


def test_every_make_target_that_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    documents = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    documents += [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*/README.md")]
    named = {
        (path.name, target)
        for path in documents
        for target in re.findall(r"`make (?:-s )?([a-z-]+)", path.read_text("utf-8"))
    }

    assert {(name, target) for name, target in named if target not in targets} == set()


def test_every_path_in_the_readmes_table_of_folders_exists() -> None:
    tree = re.search(r"```\n(bot/.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert tree is not None
    named = [line.split()[0] for line in tree[1].splitlines() if line and not line.startswith(" ")]

    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_picture_in_the_documents_exists() -> None:
    for document in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", document.read_text("utf-8")):
            assert (document.parent / picture).is_file(), f"{document.name}: {picture}"


def test_every_picture_is_shown_by_a_document() -> None:
    documents = "\n".join(path.read_text("utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
    pictures = [path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs" / "pictures").rglob("*.png")]

    assert [picture for picture in pictures if picture not in documents] == []


def test_each_dependency_says_why_it_is_there() -> None:
    for file in ("pyproject.toml", "bot/pyproject.toml"):
        lines = (ROOT / file).read_text("utf-8").splitlines()
        wanted = [line for line in lines if re.match(r'    "[a-z][a-z0-9-]*[\[>=<]', line) and "tests" not in line]
        assert [line for line in wanted if " # " not in line] == []
