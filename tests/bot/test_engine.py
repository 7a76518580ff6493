"""How the engine is started."""

from __future__ import annotations

import subprocess
import sys


def test_it_imports_no_numpy_before_its_threads_are_limited() -> None:
    """The libraries behind numpy read their number of threads once, when they are imported."""
    look = "import sys, bot.__main__, bot.engine; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
