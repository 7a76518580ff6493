"""Stepping back on the processors."""

from __future__ import annotations

import os
import subprocess
import sys

from contracts.processor import TRAINING, TURNS


def test_it_makes_the_process_nicer_when_it_steps_back() -> None:
    code = f"import os; from contracts.processor import step_back; step_back({TURNS}); print(os.nice(0))"
    said = subprocess.run([sys.executable, "-c", code], start_new_session=True, stdout=subprocess.PIPE, check=True)
    assert int(said.stdout) == min(os.nice(0) + TURNS, 19)


def test_a_training_steps_back_behind_the_turns() -> None:
    assert TRAINING > TURNS > 0
