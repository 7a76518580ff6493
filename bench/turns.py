"""``make bench``: first and later start, training, turns through the gateway, and resident memory of all programs.

A fresh state folder is prepared as ``make run`` does it, model training included (the environments are installed
already: add a cold ``make setup`` for a first start on a new machine). Questions are the held-out ones of ``tests/nlu``, one at a time: from
the moment the question is sent until its reply has been appended (``at`` of the entries in the ledger).
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import yaml

from deploy.environment import ROOT
from deploy.prepare import ENGINE_PYTHON, prepare
from tests.support.resident import Resident
from tests.support.stack import COMMANDS, Stack, resident_megabytes, running_stack

QUESTIONS = 300


def main() -> None:
    """Prints one JSON object with all figures."""
    with tempfile.TemporaryDirectory(prefix="tincay-bench-") as folder:
        start = time.monotonic()
        with running_stack(Path(folder)) as stack:
            figures = {"first_start_s": round(time.monotonic() - start, 1)}
            time.sleep(20)
            megabytes = {name: round(resident_megabytes(stack.pid(name))) for name in COMMANDS}
            figures |= {"idle_mb": megabytes, "idle_total_mb": sum(megabytes.values())}
            figures |= _turns(stack)
            stack.stop_all()
            start = time.monotonic()
            prepare(stack.environment)
            stack.start_all()
            figures |= {"later_start_s": round(time.monotonic() - start, 1)}
        figures |= _training(Path(folder))
    json.dump(figures, sys.stdout, indent=2)
    print()


def _training(folder: Path) -> dict[str, float]:
    """One training of the shipped data with its evaluation, Rasa's own start included."""
    out, report = folder / "bench.tar.gz", folder / "bench.json"
    command = [ENGINE_PYTHON, "-m", "bot.train", "--data", "data", "--out", str(out), "--report", str(report)]
    start = time.monotonic()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return {"training_s": round(time.monotonic() - start, 1)}


def _turns(stack: Stack) -> dict[str, float]:
    resident = Resident(stack.gateway)
    for number, text in enumerate(questions()):
        if number % 25 == 0:
            resident = Resident(stack.gateway)
        resident.ask(text)
    seconds = sorted(_latencies(stack))
    return {
        "turns": len(seconds),
        "turn_p50_ms": round(statistics.median(seconds) * 1000, 1),
        "turn_p95_ms": round(seconds[int(len(seconds) * 0.95)] * 1000, 1),
    }


def questions() -> Iterator[str]:
    """Held-out questions, as many as are asked in one run."""
    found = [
        entry["text"]
        for path in sorted((ROOT / "tests/nlu").glob("*.yml"))
        for entry in yaml.safe_load(path.open())
        if "text" in entry  # conversations have none
    ]
    yield from (found * (QUESTIONS // len(found) + 1))[:QUESTIONS]


def _latencies(stack: Stack) -> Iterator[float]:
    """Seconds from a resident's entry to its first reply, read from the ledger itself."""
    path = stack.environment.get("LEDGER_DATABASE_URL", f"sqlite:///{stack.environment['VAR_DIR']}/ledger.sqlite3")
    with closing(sqlite3.connect(path.removeprefix("sqlite:///"))) as ledger:
        rows = ledger.execute(
            "SELECT q.at, min(r.at) FROM ledger_entry q JOIN ledger_entry r ON r.reply_to_id = q.id "
            "WHERE q.author = 'resident' AND r.meta LIKE '%candidates%' GROUP BY q.id"
        ).fetchall()
    for asked, replied in rows:
        yield (datetime.fromisoformat(replied) - datetime.fromisoformat(asked)).total_seconds()


if __name__ == "__main__":
    main()
