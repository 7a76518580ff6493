"""A real gateway and the sandbox without newsroom and engine: the last copy of the content, degraded answers.

For tests of what happens between gateway, ledger and Zalo, which need no trained model and start in seconds.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from contracts.snapshot import snapshot_to_json
from deploy.environment import ROOT, installation_environment
from deploy.ports import free_port
from deploy.prepare import PYTHON
from deploy.readiness import connect_zalo
from tests.support.content_pack import shipped_snapshot
from tests.support.stack import PORTS, Stack

QUESTION = "F1 phải cách ly bao nhiêu ngày?"
PATIENCE_S = 40.0


class LoneGateway(Stack):
    """The two programs; ``ledger`` is the SQLite file where none is named in the environment."""

    @property
    def ledger(self) -> Path:
        """The ledger's file."""
        return Path(self.environment["VAR_DIR"]) / "ledger.sqlite3"

    def migrate(self) -> None:
        """Brings the ledger's tables up to date; makes the file where there is none."""
        command = [PYTHON, "-m", "ledger", "migrate", "-v0"]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True)

    def ledger_check(self) -> tuple[int, str]:
        """Status of the readiness probe and what it says of the ledger; (0, "") when nobody answers."""
        try:
            try:
                with urllib.request.urlopen(f"{self.gateway}/readyz", timeout=30) as response:
                    return response.status, json.load(response)["checks"]["ledger"]
            except urllib.error.HTTPError as error:
                with error:
                    return error.code, json.load(error)["checks"]["ledger"]
        except OSError:
            return 0, ""

    def wait_for_ledger(self, *words: str) -> None:
        """Waits until the readiness probe says one of these of the ledger."""
        self.wait_until(lambda: self.ledger_check()[1] in words, f"ledger {' or '.join(words)}")

    def wait_until(self, condition: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
        """Waits until something is so."""
        deadline = time.monotonic() + patience_s
        while not condition():
            assert time.monotonic() < deadline, f"not so within {patience_s} s: {what}\n{self.log('gateway')[-4000:]}"
            time.sleep(0.1)

    def logged(self, event: str) -> list[dict[str, object]]:
        """The gateway's log lines of one kind."""
        lines = [json.loads(line) for line in self.log("gateway").splitlines() if line.startswith("{")]
        return [line for line in lines if line.get("event") == event]

    def metric(self, name: str) -> float:
        """The sum of a number that the gateway shows, over its labels."""
        with urllib.request.urlopen(f"{self.gateway}/metrics", timeout=30) as response:
            lines = response.read().decode().splitlines()
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith((f"{name} ", f"{name}{{")))

    def start_both(self) -> None:
        """Starts the programs and gives the sandbox's consent."""
        self.start("sandbox")
        self.start("gateway")
        self.wait_for_ledger("ok")
        problem = connect_zalo(self.environment)
        assert not problem, problem


@contextmanager
def lone_gateway(folder: Path, extra: Mapping[str, str] | None = None) -> Iterator[LoneGateway]:
    """Nothing runs yet and there is no ledger; what the test starts ends with it."""
    var = folder / "var"
    (var / "gateway").mkdir(parents=True)
    copy = json.dumps(snapshot_to_json(shipped_snapshot()), ensure_ascii=False)
    (var / "gateway" / "snapshot.json").write_text(copy, "utf-8")
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    ports = {name: str(free_port()) for name in PORTS}
    # The platform's retry ladder of 30 s to 1 h runs thirty times faster.
    own = {"VAR_DIR": str(var), "SANDBOX_SPEED": "30", "MESSAGES_PER_MINUTE": "1000", **ports}
    stack = LoneGateway(folder, installation_environment({**inherited, **own, **(extra or {})}))
    try:
        yield stack
    finally:
        stack.stop_all()
