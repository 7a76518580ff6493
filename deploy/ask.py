"""``make -s ask FILE=path``: questions in, JSON lines out, with the shipped model and without servers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from deploy.environment import ROOT, installation_environment
from deploy.prepare import ENGINE_PYTHON, PreparationError, shipped_model


def main() -> None:
    """Reads FILE or standard input; nothing but the answers goes to standard output."""
    environment = installation_environment(os.environ)
    try:
        model = shipped_model(environment)
    except PreparationError as error:
        sys.exit(str(error))
    source = Path(sys.argv[1]).open("rb") if len(sys.argv) > 1 else sys.stdin.buffer  # noqa: SIM115 -- handed to the child
    with source:
        command = [ENGINE_PYTHON, "-m", "bot.ask", model]
        raise SystemExit(
            subprocess.run(command, cwd=ROOT, env=environment, stdin=source, check=False).returncode  # noqa: S603 -- ours
        )


if __name__ == "__main__":
    main()
