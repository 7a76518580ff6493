"""Comparing with the accepted run."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation.accepted import Result, changes, write_accepted
from bot.evaluation.questions import QuestionFileError

RIGHT, WRONG = Result("một [full]", "a/b", "a/b", True), Result("hai [full]", "c/d", "e/f?", False)


def test_it_tells_what_was_fixed_and_broken_when_a_run_was_accepted(tmp_path: Path) -> None:
    path = tmp_path / "accepted.json"
    write_accepted(path, [RIGHT, WRONG])
    now = [Result("một [full]", "a/b", "c/d", False), Result("hai [full]", "c/d", "c/d", True)]
    fixed, broken = changes(path, [*now, Result("ba [full]", "a/b", "c/d", False)])
    assert fixed == ["hai [full] → c/d (was e/f?)"]
    assert broken == ["một [full] → a/b, got c/d"]
    assert changes(path, [RIGHT, WRONG]) == ([], [])


def test_it_counts_a_sentence_as_new_when_its_answer_was_corrected(tmp_path: Path) -> None:
    path = tmp_path / "accepted.json"
    write_accepted(path, [RIGHT])
    assert changes(path, [Result("một [full]", "c/d", "a/b", False)]) == ([], [])


def test_it_writes_the_same_file_when_the_order_differs(tmp_path: Path) -> None:
    write_accepted(tmp_path / "a", [RIGHT, WRONG])
    write_accepted(tmp_path / "b", [WRONG, RIGHT])
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_it_compares_with_nothing_when_no_run_was_accepted(tmp_path: Path) -> None:
    assert changes(tmp_path / "accepted.json", [WRONG]) == ([], [])


def test_it_says_what_to_do_when_the_file_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "accepted.json").write_text("{", "utf-8")
    with pytest.raises(QuestionFileError, match="ACCEPT=1"):
        changes(tmp_path / "accepted.json", [RIGHT])
