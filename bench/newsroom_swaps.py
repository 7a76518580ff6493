"""The engine's memory while it takes one model after the other from the newsroom, and residents who ask meanwhile.

The second archive is the shipped one packed anew: other bytes and another tag, so that the engine loads it in full.
"""

from __future__ import annotations

import gzip
import hashlib
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deploy.environment import ROOT
from deploy.prepare import PYTHON
from tests.support.resident import Resident
from tests.support.stack import Stack, resident_megabytes

SWAPS = 50
PATIENCE_S = 60.0
QUESTION = "đeo khẩu trang khi nào"
LOADED = "model_loaded"
DEGRADED = "Trợ lý đang gặp trục trặc"  # the beginning of he_thong/tam_gian_doan
_SWITCH = """
import sys
from newsroom.accounts.models import User
from newsroom.training.archives import activate
from newsroom.training.models import ModelArchive
by = User.objects.get(username="phe_duyet")
for line in sys.stdin:
    activate(ModelArchive.objects.get(sha256=line.strip()), by, "đo lường")
    print("activated", flush=True)
"""


def swaps(stack: Stack) -> dict[str, Any]:
    """Resident memory in MB after the first and the last swap and between; how many of the questions asked meanwhile
    were answered without the engine. One that is not answered within 12 s ends the measurement.
    """
    archives = _two_archives(stack)
    sizes: list[float] = []
    degraded = 0
    with _switch(stack) as activate:
        for number in range(SWAPS):
            before = stack.log("engine").count(LOADED)
            activate(archives[number % 2])
            degraded += not _by_engine(stack)  # while it may be loading
            _await_load(stack, before)
            degraded += not _by_engine(stack)
            sizes.append(resident_megabytes(stack.pid("engine")))
    return {
        "engine_mb_after_swap": {
            number: round(sizes[number - 1]) for number in sorted({1, *range(10, SWAPS, 10), SWAPS})
        },
        "engine_mb_ratio": round(sizes[-1] / sizes[0], 2),
        "swaps": SWAPS,
        "answered_without_engine_of": [degraded, 2 * SWAPS],
    }


def _two_archives(stack: Stack) -> list[str]:
    """Hashes of the archive that is not in use and of the one that is."""
    folder = Path(stack.environment["VAR_DIR"]) / "newsroom" / "models"
    shipped = next(folder.glob("*.tar.gz"))
    again = stack.folder / "again.tar.gz"
    again.write_bytes(gzip.compress(gzip.decompress(shipped.read_bytes()), compresslevel=1, mtime=1))
    report = stack.folder / "again.json"
    report.write_text('{"total": {"questions": 0, "right": 0, "share": 0.0}}', "utf-8")
    _manage(stack, "register_model", "--archive", str(again), "--report", str(report), "--by", "phe_duyet")
    return [hashlib.sha256(again.read_bytes()).hexdigest(), shipped.name.removesuffix(".tar.gz")]


def _manage(stack: Stack, *words: str) -> None:
    command = [PYTHON, "manage.py", *words]
    subprocess.run(command, cwd=ROOT, env=stack.environment, check=True, capture_output=True)


@contextmanager
def _switch(stack: Stack) -> Iterator[Any]:
    """``activate(sha256)``, in one process of the newsroom: starting one for each swap would only load the machine."""
    command = [PYTHON, "manage.py", "shell", "-v0", "-c", _SWITCH]
    with subprocess.Popen(
        command, cwd=ROOT, env=stack.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def activate(sha256: str) -> None:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(f"{sha256}\n")
            process.stdin.flush()
            assert process.stdout.readline().strip() == "activated"

        yield activate
        assert process.stdin is not None
        process.stdin.close()


def _await_load(stack: Stack, before: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while stack.log("engine").count(LOADED) <= before:
        assert time.monotonic() < deadline, stack.log("engine")[-2000:]
        time.sleep(0.1)


def _by_engine(stack: Stack) -> bool:
    """Whether a resident's question was answered without the notice of the keyword match, which stands in for it."""
    return DEGRADED not in Resident(stack.gateway).ask(QUESTION)["text"]
