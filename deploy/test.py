"""``make test``: every suite, each in the environment it belongs to; says at the end what was left out and why.

Suites are separate pytest runs because the gateway's small Django and the newsroom's are different settings of one
process. With CI=true anything left out is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field

from deploy.environment import ROOT, installation_environment
from deploy.machine import missing_after_install
from deploy.prepare import ENGINE_PYTHON, PYTHON, PreparationError, shipped_model

PARALLEL = ["-n", "2", "--dist", "loadfile"]


@dataclass(frozen=True)
class Suite:
    """One pytest run; ``needs`` names what the machine must have for it."""

    name: str
    arguments: list[str]
    python: str = PYTHON
    needs: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)


SUITES = (
    Suite("libraries", ["-p", "no:django", *PARALLEL, "tests/contracts", "tests/vitext", "tests/deploy"]),
    Suite(
        "libraries, engine's Python",
        ["-c", "bot/pyproject.toml", "--rootdir", ".", *PARALLEL, "tests/contracts", "tests/vitext"],
        ENGINE_PYTHON,
    ),
    Suite("engine", ["-c", "bot/pyproject.toml", "--rootdir", ".", *PARALLEL, "tests/bot"], ENGINE_PYTHON),
    Suite("actions", ["-p", "no:django", *PARALLEL, "tests/actions"]),
    Suite("ledger and gateway, SQLite", ["-p", "no:django", *PARALLEL, "tests/ledger", "tests/connectors"]),
    Suite(
        "ledger and gateway, PostgreSQL",
        ["-p", "no:django", *PARALLEL, "tests/ledger", "tests/connectors"],
        needs=("postgresql",),
        environment={"TEST_DATABASE": "postgresql"},
    ),
    Suite("newsroom", ["--ds=newsroom.settings.test", *PARALLEL, "tests/newsroom"]),
    Suite("desk, SQLite", ["-p", "no:django", *PARALLEL, "tests/desk"], needs=("chromium",)),
    Suite(
        "desk, PostgreSQL",
        ["-p", "no:django", *PARALLEL, "tests/desk", "-m", "not browser"],
        needs=("postgresql",),
        environment={"TEST_DATABASE": "postgresql"},
    ),
    Suite("sandbox", ["-p", "no:django", *PARALLEL, "tests/sandbox"], needs=("chromium",)),
    Suite("widget", ["-p", "no:django", *PARALLEL, "tests/widget"], needs=("chromium",)),
    Suite("end to end, SQLite", ["-p", "no:django", "tests/e2e"], needs=("chromium",)),
    Suite(
        "end to end, PostgreSQL",
        ["-p", "no:django", "tests/e2e", "-m", "not browser"],
        needs=("postgresql",),
        environment={"TEST_DATABASE": "postgresql"},
    ),
)


def main() -> None:
    """Runs all suites, or those whose names contain the words given as arguments."""
    wanted = [suite for suite in SUITES if not sys.argv[1:] or any(word in suite.name for word in sys.argv[1:])]
    missing = missing_after_install()
    environment = installation_environment({**os.environ, "VAR_DIR": os.environ.get("VAR_DIR", "var")})
    try:
        # The engine's and the end-to-end tests share the trained model with make run.
        environment["SHIPPED_MODEL"] = shipped_model(environment)
    except PreparationError as error:
        sys.exit(str(error))
    left_out = {suite.name: [need for need in suite.needs if need in missing] for suite in wanted}
    failed = [suite.name for suite in wanted if not left_out[suite.name] and not _passes(suite, environment)]
    for name, needs in left_out.items():
        if needs:
            print(f"left out: {name} (this machine has no {' and no '.join(needs)}; install it and run again)")
    if failed:
        sys.exit(f"test: {', '.join(failed)} failed")
    if any(left_out.values()) and os.environ.get("CI") == "true":
        sys.exit("test: nothing may be left out in CI")
    print("test: all suites passed")


def _passes(suite: Suite, environment: dict[str, str]) -> bool:
    print(f"\n== {suite.name}", flush=True)
    start = time.monotonic()
    env = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/tmp"), "LANG": "C.UTF-8"}  # noqa: S108 -- no file
    env |= {"CI": os.environ.get("CI", ""), "SHIPPED_MODEL": environment["SHIPPED_MODEL"], **suite.environment}
    done = subprocess.run(  # noqa: S603 -- our own tests
        [suite.python, "-m", "pytest", "-q", *suite.arguments], cwd=ROOT, env=env, check=False
    )
    print(f"   {suite.name}: {time.monotonic() - start:.0f} s", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    main()
