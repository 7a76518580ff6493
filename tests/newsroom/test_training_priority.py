"""Answering residents comes first: a training has the processor when nobody else wants it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from contracts.processor import TRAINING
from newsroom.training.process import _in_the_child


def _said_by_a_child(code: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, preexec_fn=_in_the_child, start_new_session=True, stdout=subprocess.PIPE, text=True, check=True
    ).stdout.strip()


def test_it_steps_back_behind_the_other_programs() -> None:
    assert int(_said_by_a_child("import os; print(os.nice(0))")) == min(os.nice(0) + TRAINING, 19)


@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="needs a kernel built with SCHED_AUTOGROUP")
def test_its_session_steps_back_as_well() -> None:
    assert _said_by_a_child("print(open('/proc/self/autogroup').read())").endswith(f"nice {TRAINING}")
