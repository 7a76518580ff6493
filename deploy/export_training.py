"""``make export-training``: the newsroom's examples and test questions as files of this checkout, for a commit."""

from __future__ import annotations

import os
import subprocess
import sys

from deploy.environment import ROOT, installation_environment
from deploy.prepare import PYTHON


def main() -> None:
    """Exit code of the newsroom's command."""
    command = [PYTHON, "manage.py", "export_training"]
    sys.exit(subprocess.run(command, cwd=ROOT, env=installation_environment(os.environ), check=False).returncode)  # noqa: S603 -- our own program


if __name__ == "__main__":
    main()
