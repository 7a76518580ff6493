"""The training itself: a process of the engine's Python that reports its steps as JSON lines."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from contracts.processor import TRAINING, step_back
from newsroom.training.archives import archive_path, current_archive

ENGINE_PYTHON = "bot/.venv/bin/python"
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG: a worker that is killed leaves no training behind


@dataclass
class Training:
    """A running training; ``step`` follows its output."""

    process: subprocess.Popen[str]
    archive: Path
    report_file: Path
    log: Path
    step: str = "starting"
    problem: str = ""
    lines: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self.lines = threading.Thread(target=self._follow, daemon=True)
        self.lines.start()

    @property
    def over(self) -> bool:
        """Whether the process has ended."""
        return self.process.poll() is not None

    def report(self) -> dict[str, Any] | None:
        """The report, None when the training failed; ``problem`` then says why."""
        self.lines.join()
        if self.process.wait() == 0:
            body: dict[str, Any] = json.loads(self.report_file.read_text("utf-8"))
            return body
        return None

    def stop(self) -> None:
        """Ends the process and what it started."""
        if not self.over:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _follow(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            try:
                body = json.loads(line)
            except json.JSONDecodeError:  # a library that prints past the redirection
                continue
            self.step = str(body.get("step", self.step))
            self.problem = str(body.get("message", "")) if self.step == "failed" else ""


@contextmanager
def training(folder: Path) -> Iterator[Training]:
    """Starts a training of the data in ``folder``, compared with the model in use; ended at the latest with the block."""
    out, report = folder / "model.tar.gz", folder / "report.json"
    command = [str(settings.ROOT / ENGINE_PYTHON), "-m", "bot.train", "--data", str(folder.resolve())]
    command += ["--out", str(out.resolve()), "--report", str(report.resolve())]
    current = current_archive()
    if current is not None and archive_path(current.sha256).exists():
        command += ["--previous", str(archive_path(current.sha256).resolve())]
    log = folder / "training.log"
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(  # noqa: S603 - our own program with our own paths
            command,
            cwd=settings.ROOT,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
            start_new_session=True,
            preexec_fn=_in_the_child,
        )
    running = Training(process, out, report, log)
    try:
        yield running
    finally:
        running.stop()
        running.lines.join()
        assert process.stdout is not None
        process.stdout.close()


def clear(folder: Path) -> None:
    """Removes what a training left, and what one before that was killed left in the same place."""
    shutil.rmtree(folder, ignore_errors=True)


def _in_the_child() -> None:
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    step_back(TRAINING)
