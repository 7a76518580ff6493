"""The shipped model is trained anew exactly when what goes into it has changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.shipped_model import fingerprint, shipped_model_path

ROOT = Path(__file__).resolve().parents[2]
INPUTS = ("config.yml", "data/taxonomy.yml", "data/nlu", "data/places", "bot", "contracts", "vitext")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in INPUTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns(".venv", "__pycache__"))
        else:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, tmp_path / name)
    return tmp_path


def test_it_is_the_same_when_nothing_has_changed(copy: Path) -> None:
    before = fingerprint(copy)
    (copy / "data/nlu/5k.yml").touch()
    (copy / "bot/README.md").write_text("other words", "utf-8")
    assert fingerprint(copy) == before


@pytest.mark.parametrize(
    "name",
    ["config.yml", "data/nlu/5k.yml", "data/places/thanh_hoa_2021.json", "bot/classifiers/linear.py", "vitext/fold.py"],
)
def test_it_differs_when_an_input_has_changed(copy: Path, name: str) -> None:
    before = fingerprint(copy)
    with (copy / name).open("a") as file:
        file.write("\n# changed")
    assert fingerprint(copy) != before


def test_it_names_the_archive_by_the_fingerprint_when_asked(copy: Path) -> None:
    assert shipped_model_path(copy, Path("var")) == Path("var/models") / f"shipped-{fingerprint(copy)}.tar.gz"
