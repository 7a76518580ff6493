"""``python -m deploy.keep COMMAND …``: keeps one program running; one that dies is started again after a second.

Settings errors (exit code 2) end it: starting again would not help.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from types import FrameType

PAUSE_S = 1.0
SETTINGS_ERROR = 2


def main() -> None:
    """Runs until SIGTERM or Ctrl-C, which are passed on."""
    command = sys.argv[1:]
    stopping = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()
        for process in running:
            process.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping.is_set():
        process = subprocess.Popen(command)  # noqa: S603 -- the Procfile's own commands
        running[:] = [process]
        code = process.wait()
        if code == SETTINGS_ERROR:
            raise SystemExit(code)
        if not stopping.is_set():
            print(f"{command[-1]} ended with {code}; starting it again", flush=True)
            stopping.wait(PAUSE_S)


if __name__ == "__main__":
    main()
