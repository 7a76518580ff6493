"""The real programs on free ports with a state folder of their own, for end-to-end tests and benchmarks."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from deploy.environment import ROOT, installation_environment
from deploy.ports import free_port
from deploy.prepare import prepare
from deploy.readiness import connect_zalo, wait_until_ready
from tests.support.postgres import create_database, postgres_server

COMMANDS = {
    "newsroom": [str(ROOT / ".venv/bin/python"), "-m", "newsroom"],
    "trainer": [str(ROOT / ".venv/bin/python"), "manage.py", "train_worker"],
    "actions": [str(ROOT / ".venv/bin/python"), "-m", "actions"],
    "engine": [str(ROOT / "bot/.venv/bin/python"), "-m", "bot"],
    "gateway": [str(ROOT / ".venv/bin/python"), "-m", "connectors"],
    "sandbox": [str(ROOT / ".venv/bin/python"), "-m", "sandbox"],
}
PORTS = ("GATEWAY_PORT", "NEWSROOM_PORT", "ENGINE_PORT", "ACTIONS_PORT", "SANDBOX_PORT")
BALANCER = [str(ROOT / ".venv/bin/python"), "-m", "tests.support.balancer"]


class Stack:
    """The running programs; each can be killed, stopped for a while, and started again.

    With two gateways they are called ``gateway`` and ``gateway_2``, and a balancer has the public port.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str], gateways: int = 1) -> None:
        self.folder = folder
        self.environment = dict(environment)
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._commands = dict(COMMANDS)
        self._own: dict[str, dict[str, str]] = {}
        if gateways > 1:
            self._share_port(gateways)

    @property
    def programs(self) -> tuple[str, ...]:
        """Names of all programs."""
        return tuple(self._commands)

    @property
    def gateway(self) -> str:
        """Address of the public port."""
        return f"http://127.0.0.1:{self.environment['GATEWAY_PORT']}"

    @property
    def newsroom(self) -> str:
        """Address of the newsroom."""
        return f"http://127.0.0.1:{self.environment['NEWSROOM_PORT']}"

    @property
    def sandbox(self) -> str:
        """Address of the stand-in of the Zalo platform."""
        return f"http://127.0.0.1:{self.environment['SANDBOX_PORT']}"

    def start(self, name: str) -> None:
        """Starts a program; its output goes to a log file in the state folder."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                self._commands[name],
                cwd=ROOT,
                env=self.environment | self._own.get(name, {}),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def start_all(self) -> None:
        """Starts every program and waits until each is ready."""
        for name in self._commands:
            self.start(name)
        self.wait_ready()
        problem = connect_zalo(self.environment)
        assert not problem, problem

    def wait_ready(self, patience_s: float = 120) -> None:
        """Waits until every dependency is well."""
        missing = wait_until_ready(self.environment, patience_s)
        assert not missing, f"{missing}\n{self.logs()}"

    def kill(self, name: str) -> None:
        """kill -9, as a power cut would."""
        process = self._processes.pop(name)
        process.kill()
        process.wait(20)

    def freeze(self, name: str) -> None:
        """The program stops answering but keeps its port."""
        self._processes[name].send_signal(signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        """It goes on where it was frozen."""
        self._processes[name].send_signal(signal.SIGCONT)

    def stop_all(self) -> None:
        """SIGTERM to all; whoever does not end is killed."""
        for process in self._processes.values():
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in self._processes.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)
        self._processes.clear()

    def pid(self, name: str) -> int:
        """Process id of a program."""
        return self._processes[name].pid

    def log(self, name: str) -> str:
        """All that a program has printed."""
        return (self.folder / f"{name}.log").read_text("utf-8", "replace")

    def logs(self) -> str:
        """The ends of all logs, for a failing test's message."""
        return "\n".join(f"--- {name}\n{self.log(name)[-2000:]}" for name in self._commands)

    def _share_port(self, gateways: int) -> None:
        names = ["gateway", *(f"gateway_{number}" for number in range(2, gateways + 1))]
        self._own = {name: {"GATEWAY_PORT": str(free_port())} for name in names}
        self._commands |= dict.fromkeys(names, COMMANDS["gateway"])
        behind = [self._own[name]["GATEWAY_PORT"] for name in names]
        self._commands["balancer"] = [*BALANCER, self.environment["GATEWAY_PORT"], *behind]


@contextmanager
def running_stack(folder: Path, extra: Mapping[str, str] | None = None, gateways: int = 1) -> Iterator[Stack]:
    """Prepares and starts everything; on PostgreSQL when ``TEST_DATABASE`` says so."""
    if os.environ.get("TEST_DATABASE", "sqlite") == "postgresql":
        with postgres_server() as base:
            databases = {
                "LEDGER_DATABASE_URL": create_database(base, "ledger"),
                "NEWSROOM_DATABASE_URL": create_database(base, "newsroom"),
            }
            yield from _running(folder, {**databases, **(extra or {})}, gateways)
    else:
        yield from _running(folder, extra or {}, gateways)


def _running(folder: Path, extra: Mapping[str, str], gateways: int) -> Iterator[Stack]:
    var = folder / "var"
    var.mkdir()
    _share_model(var)
    ports = {name: str(free_port()) for name in PORTS}
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = installation_environment({**inherited, "VAR_DIR": str(var), **ports, **extra})
    prepare(environment)
    stack = Stack(folder, environment, gateways)
    try:
        stack.start_all()
        yield stack
    finally:
        stack.stop_all()


def _share_model(var: Path) -> None:
    """The model was trained before the tests; training it again for each stack would only cost time."""
    shipped = os.environ.get("SHIPPED_MODEL")
    if not shipped:
        return
    (var / "models").mkdir()
    for file in Path(shipped).parent.glob(Path(shipped).name.removesuffix(".tar.gz") + "*"):
        shutil.copy(file, var / "models" / file.name)


def resident_megabytes(pid: int) -> float:
    """Resident memory of a process and its children, in MB (10^6 bytes); shared pages count each time."""
    total = 0
    for child in [pid, *_children(pid)]:
        for line in Path(f"/proc/{child}/status").read_text("utf-8").splitlines():
            if line.startswith("VmRSS:"):
                total += int(line.split()[1]) * 1024
    return total / 1e6


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text("ascii").split():
            found += [int(child), *_children(int(child))]
    return found
