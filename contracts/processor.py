"""Who goes first on the processors: the way in (gateway, newsroom, desk), then the turns, then a training.

What a resident sends must be safe within milliseconds, whatever else the machine does; an answer may take its time.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

TURNS = 10  # niceness of engine and action server
TRAINING = 12


def step_back(niceness: int) -> None:
    """Makes this process, and the session that it was started in, that much nicer than others; 0 to 19."""
    os.nice(niceness)
    # Where the kernel shares the processor out by sessions, a process's own niceness counts only within its session.
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(niceness), "ascii")
