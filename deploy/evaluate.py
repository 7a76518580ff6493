"""``make eval [ACCEPT=1]``: the shipped model on the questions and conversations of ``tests/nlu``.

Conversations are answered by a real action server with the demonstration pack, loaded and approved in a newsroom of its
own; both live on free ports of the loopback and in a folder that is removed at the end.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from deploy.environment import ROOT, installation_environment
from deploy.ports import free_port
from deploy.prepare import ENGINE_PYTHON, PYTHON, PreparationError, prepare_newsroom, shipped_model

PATIENCE_S = 60.0


def main() -> None:
    """Prints the report; ``--accept`` stores the run as the one to compare with."""
    try:
        model = shipped_model(installation_environment(os.environ))
        with tempfile.TemporaryDirectory(prefix="tincay-eval-") as folder, _action_server(folder) as actions_url:
            command = [ENGINE_PYTHON, "-m", "bot.evaluation", model, "--actions", actions_url, *sys.argv[1:]]
            environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
            code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode  # noqa: S603 -- ours
    except PreparationError as error:
        sys.exit(str(error))
    sys.exit(code)


@contextmanager
def _action_server(folder: str) -> Iterator[str]:
    """Address of an action server with the pack's releases in force."""
    ports = {name: str(free_port()) for name in ("NEWSROOM_PORT", "ACTIONS_PORT")}
    given = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    environment = installation_environment({**given, **ports, "VAR_DIR": folder})
    prepare_newsroom(environment)
    running = [_start(name, environment, folder) for name in ("newsroom", "actions")]
    try:
        _wait_until_ready(f"http://127.0.0.1:{ports['ACTIONS_PORT']}/readyz", folder)
        yield environment["ACTIONS_URL"]
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)


def _start(module: str, environment: Mapping[str, str], folder: str) -> subprocess.Popen[bytes]:
    with Path(folder, f"{module}.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603 -- our own program
            [PYTHON, "-m", module], cwd=ROOT, env=dict(environment), stdout=log, stderr=subprocess.STDOUT
        )


def _wait_until_ready(url: str, folder: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            with urllib.request.urlopen(url, timeout=3):  # noqa: S310 -- loopback only
                return
        except (urllib.error.URLError, OSError) as error:
            if time.monotonic() > deadline:
                logs = "".join(path.read_text("utf-8", "replace")[-1500:] for path in Path(folder).glob("*.log"))
                raise PreparationError(
                    f"the action server is not ready after {PATIENCE_S} s: {error}\n{logs}"
                ) from error
        time.sleep(0.2)


if __name__ == "__main__":
    main()
