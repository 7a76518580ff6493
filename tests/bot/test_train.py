"""Training as the newsroom's worker runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.bot.small_model import Trained


def test_it_tells_its_steps_as_json_when_it_trains(trained: Trained) -> None:
    assert [line["step"] for line in trained.lines] == ["training", "measuring", "done"]
    assert trained.archive.exists()


def test_it_reports_by_spelling_when_it_has_trained(trained: Trained) -> None:
    report = trained.report
    figures = {"total", "by_spelling", "sensitive_recall", "false_alarms", "out_of_scope"}
    assert set(report) == figures | {"before", "fixed", "broken"}
    assert report["total"] == {"questions": 4, "right": 4, "wrong": 0, "asked_back": 0, "offered": 0, "share": 1.0}
    assert report["by_spelling"]["folded"]["right"] == 2
    assert (report["sensitive_recall"], report["false_alarms"]) == (1.0, 0.0)


def test_it_fails_with_one_line_when_an_intent_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "nlu").mkdir()
    (tmp_path / "nlu" / "a.yml").write_text("nlu:\n- intent: la.la\n  examples: |\n    - a\n", "utf-8")
    command = [sys.executable, "-m", "bot.train", "--data", str(tmp_path), "--out", str(tmp_path / "m.tar.gz")]
    done = subprocess.run([*command, "--report", str(tmp_path / "r")], capture_output=True, text=True, check=False)
    last = json.loads(done.stdout.splitlines()[-1])
    assert done.returncode == 1
    assert (last["step"], last["error"]) == ("failed", "TaxonomyError")
    assert "la.la" in last["message"]
    assert not (tmp_path / "m.tar.gz").exists()
