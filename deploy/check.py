"""``make check``: lint, format, types, borders. Prints every finding, then fails once."""

from __future__ import annotations

import subprocess
import sys

from deploy.environment import ROOT

BIN = ROOT / ".venv/bin"
STEPS = {
    "ruff": [str(BIN / "ruff"), "check", "--quiet", "."],
    "ruff format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
    "mypy": [
        str(BIN / "mypy"),
        "contracts",
        "vitext",
        "ledger",
        "connectors",
        "actions",
        "newsroom",
        "desk",
        "sandbox",
        "deploy",
    ],
    "mypy, engine": [str(BIN / "mypy"), "--config-file", "bot/mypy.ini", "bot"],
    "import-linter": [str(BIN / "lint-imports")],
    "docs": [str(BIN / "pytest"), "-q", "-p", "no:django", "tests/docs"],
}


def main() -> None:
    """Exit code 1 when any step found something."""
    failed = [name for name, command in STEPS.items() if not _passes(name, command)]
    if failed:
        sys.exit(f"check: {', '.join(failed)} failed")
    print("check: all passed")


def _passes(name: str, command: list[str]) -> bool:
    print(f"== {name}", flush=True)
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0  # noqa: S603 -- our own tools


if __name__ == "__main__":
    main()
