"""Loads on the programs, each a process of its own, and the comparison of runs that took turns."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from deploy.environment import ROOT
from deploy.ports import free_port
from deploy.prepare import PYTHON
from tests.support.stack import COMMANDS, Stack

type Run = Mapping[str, float]
LOAD_PATIENCE_S = 120.0


@dataclass(frozen=True)
class Row:
    """A line of the table: ``ours`` beside ``other``, as medians of interleaved runs; ``met`` is None without a goal."""

    what: str
    ours: float
    other: float | None = None
    ratio: float | None = None
    goal: str = ""
    met: bool | None = None


@dataclass
class Measured:
    """What a part found: its lines, and every run behind them."""

    rows: list[Row] = field(default_factory=list)
    runs: Mapping[str, Sequence[Run]] = field(default_factory=dict)

    def compare(self, what: str, figure: str, ours: str, other: str, at_least: float = 0, at_most: float = 0) -> None:
        """Adds a line about a figure of two kinds of runs; a goal is for the ratio."""
        first, second = (median(run[figure] for run in self.runs[name]) for name in (ours, other))
        ratio = round(first / second, 2) if second else 0.0
        goal = f"≥ {at_least}" if at_least else f"≤ {at_most}" if at_most else ""
        met = None if not goal else ratio >= at_least if at_least else ratio <= at_most
        self.rows.append(Row(what, round(first, 1), round(second, 1), ratio, goal, met))


def load(environment: Mapping[str, str], module: str = "bench.gateway_load", **order: Any) -> dict[str, float]:
    """One run of a load: its figures."""
    with loader(environment, module) as process:
        printed, _ = process.communicate(json.dumps(order) + "\n", LOAD_PATIENCE_S)
        assert process.returncode == 0, f"the load {order['kind']} ended with {process.returncode}"
    return dict(json.loads(printed))


@contextmanager
def loader(environment: Mapping[str, str], module: str = "bench.gateway_load") -> Iterator[subprocess.Popen[str]]:
    """A process that reads its order as a line of JSON."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        [sys.executable, "-m", module], cwd=ROOT, env=dict(environment), stdin=pipe, stdout=pipe, text=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(20)
        for end in (process.stdin, process.stdout):
            if end is not None and not end.closed:
                end.close()


@contextmanager
def program(command: Sequence[str], environment: Mapping[str, str], url: str, patience_s: float = 60) -> Iterator[None]:
    """A program that serves: until ``url`` is answered with 200, to its end by SIGTERM."""
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=dict(environment), stdout=log, stderr=log)
        try:
            end = time.monotonic() + patience_s
            while not _is_well(url):
                if process.poll() is not None or time.monotonic() > end:
                    log.seek(0)
                    raise AssertionError(f"{url} is not answered with 200:\n{log.read()[-2000:]}")
                time.sleep(0.2)
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)


def own_settings(stack: Stack, name: str) -> dict[str, str]:
    """Settings of one more gateway, with a free port and a state folder, hence an empty ledger, of its own."""
    var = stack.folder / f"gateway-{name}"
    var.mkdir(exist_ok=True)
    settings = {**stack.environment, "VAR_DIR": str(var), "GATEWAY_PORT": str(free_port())}
    subprocess.run([PYTHON, "-m", "ledger", "migrate", "-v0"], cwd=ROOT, env=settings, check=True)
    return settings


@contextmanager
def one_more_gateway(settings: Mapping[str, str]) -> Iterator[str]:
    """Its address."""
    url = f"http://127.0.0.1:{settings['GATEWAY_PORT']}"
    with program(COMMANDS["gateway"], settings, f"{url}/readyz"):
        yield url


def _is_well(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False
