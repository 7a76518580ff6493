"""A small model, trained once a test run by the real command, and the engine's door around it."""

from __future__ import annotations

import fcntl
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.places.files import DEFAULT_FILES, gazetteer_of
from bot.places.finder import PlaceFinder
from bot.understanding import Understanding
from tests.bot.small_model import ROOT, Trained, write_training_data


@pytest.fixture(scope="session", autouse=True)
def _project_root() -> None:
    """Components read data/places from the working directory, as the programs do."""
    assert Path.cwd() == ROOT, f"run the tests from {ROOT}"


@pytest.fixture(scope="session")
def finder() -> PlaceFinder:
    """The finder with the shipped places."""
    return PlaceFinder(gazetteer_of(DEFAULT_FILES))


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Trained:
    """The small model; with several workers the first one trains and the others wait for it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "small_model"
    folder.mkdir(exist_ok=True)
    archive, report, lines = folder / "model.tar.gz", folder / "report.json", folder / "lines.txt"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not lines.exists():
            write_training_data(folder / "data")
            command = [sys.executable, "-m", "bot.train", "--data", str(folder / "data"), "--out", str(archive)]
            done = subprocess.run([*command, "--report", str(report)], capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr[-3000:]
            lines.write_text(done.stdout, "utf-8")
    parsed = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    return Trained(archive, json.loads(report.read_text("utf-8")), parsed)


@pytest.fixture(scope="session")
def understanding(trained: Trained) -> Understanding:
    """The small model, loaded for understanding only."""
    return Understanding.load(trained.archive)
