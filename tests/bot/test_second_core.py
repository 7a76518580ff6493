"""Work on the second core: its result, its failure, its end."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from bot.second_core import SecondProcessError, beside


def test_it_gives_the_result_when_the_work_is_done_in_another_process() -> None:
    with beside(os.getpid) as other:
        assert other() != os.getpid()


def test_it_reads_what_this_process_holds_when_nothing_was_sent() -> None:
    class Unsendable:
        value = 7

        def __reduce__(self) -> str:
            raise TypeError("not to be pickled")

    held = Unsendable()
    with beside(lambda: held.value) as other:
        assert other() == 7


def test_it_says_so_when_the_work_fails(capfd: pytest.CaptureFixture[str]) -> None:
    with beside(lambda: {}["missing"]) as other, pytest.raises(SecondProcessError, match="code 1"):
        other()
    assert "KeyError: 'missing'" in capfd.readouterr().err


def test_it_ends_the_work_when_nobody_waits_for_it(tmp_path: Path) -> None:
    def endless() -> None:
        (tmp_path / str(os.getpid())).touch()
        time.sleep(600)

    with beside(endless):
        while not list(tmp_path.iterdir()):
            os.sched_yield()
    pid = int(next(tmp_path.iterdir()).name)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
