"""How long a test waits for work that takes all cores."""

from __future__ import annotations

import os


def patience(seconds: float) -> float:
    """What that many seconds become on this machine at this moment: other programs want the cores too."""
    return seconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
