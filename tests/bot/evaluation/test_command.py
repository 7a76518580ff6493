"""``python -m bot.evaluation`` on the small model."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.bot.small_model import Trained

QUESTIONS = """
- {text: "tôi là F1 thì phải cách ly bao nhiêu ngày", answer: cach_ly/f1}
- {text: "toi la f1 phai cach ly bn ngay", answer: 5k/khau_trang, spelling: teencode}
"""


def evaluate(trained: Trained, tests: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot.evaluation", str(trained.archive), "--tests", str(tests), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_prints_figures_and_changes_when_a_run_was_accepted(trained: Trained, tmp_path: Path) -> None:
    (tmp_path / "keys.yml").write_text(QUESTIONS, "utf-8")
    first = evaluate(trained, tmp_path, "--accept")
    assert first.returncode == 0, first.stderr[-2000:]
    lines = [" ".join(line.split()) for line in first.stdout.splitlines()]
    assert "full 1 100.0% 0.0% 0.0% 0.0%" in lines
    assert "folded 1 100.0% 0.0% 0.0% 0.0%" in lines
    assert "teencode 1 0.0% 0.0% 0.0% 100.0%" in lines
    assert "1 5k/khau_trang → cach_ly/f1" in lines
    assert lines[-1] == "since the accepted run: 0 fixed, 0 broken"
    body = (tmp_path / "accepted.json").read_text("utf-8")
    (tmp_path / "accepted.json").write_text(body.replace("cach_ly/f1", "cach_ly/f2"), "utf-8")
    assert evaluate(trained, tmp_path).stdout == first.stdout


def test_it_ends_with_one_line_when_a_file_is_broken(trained: Trained, tmp_path: Path) -> None:
    (tmp_path / "keys.yml").write_text("- {text: a}", "utf-8")
    done = evaluate(trained, tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "keys.yml, entry 1, lacks answer" in done.stderr
    assert "Traceback" not in done.stderr
