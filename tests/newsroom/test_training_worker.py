"""The worker trains for real, with the engine's own Python, on a few keys."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from newsroom.training import jobs
from newsroom.training.archives import archive_path, current_archive
from newsroom.training.models import ExampleChange, HeldOutQuestion, TrainingExample, TrainingJob
from newsroom.training.process import training
from newsroom.training.worker import run

State = TrainingJob.State
MASKS = [
    "đeo khẩu trang thế nào cho đúng",
    "khi nào phải đeo khẩu trang",
    "khau trang loai nao tot",
    "khẩu trang vải được không",
]
HANDS = ["rửa tay bao lâu thì sạch", "dùng cồn sát khuẩn tay", "rua tay bang xa phong", "nước rửa tay khô loại nào"]
HOURS = [
    "trạm y tế mở cửa mấy giờ",
    "may gio tram xa lam viec",
    "chủ nhật trạm y tế có làm không",
    "giờ làm việc của trạm",
]
HELD_OUT = {"5k/khau_trang": "đeo khẩu trang loại nào", "5k/khu_khuan": "rửa tay thế nào"}
NEW_KEY = "moi/gio_lam_viec"


@pytest.fixture
def two_keys(db: None) -> None:
    """Examples and test questions of two keys."""
    for key, texts in (("5k/khau_trang", MASKS), ("5k/khu_khuan", HANDS)):
        TrainingExample.objects.bulk_create(TrainingExample(key=key, text=text) for text in texts)
        HeldOutQuestion.objects.create(key=key, text=HELD_OUT[key], spelling="full")


@pytest.fixture
def changed(two_keys: None, draft: Any) -> Any:
    """A draft of a third key."""
    questions = "trạm xá làm việc giờ nào\ntram y te may gio dong cua\nthứ bảy trạm có mở cửa không"
    return draft(key=NEW_KEY, title="Giờ làm việc", examples="\n".join(HOURS), test_questions=questions)


def claimed() -> TrainingJob:
    """The next training, claimed by this test."""
    job = jobs.claim("test")
    assert job is not None
    return job


def approve(content: Any, submit: Any, staff: Any) -> None:
    """By the approver, with a reason."""
    state = submit(content, staff.editor)
    state.task.specific.on_action(state, staff.approver, "approve", comment="Câu mới cần ngay")


def test_it_tries_a_draft_out_and_then_makes_the_approved_change_live(
    changed: Any, submit: Any, staff: Any, tmp_path: Path
) -> None:
    """One after the other, because each training takes its time."""
    jobs.enqueue_try_out(changed.latest_revision, changed.lists().fingerprint(changed.key), staff.editor)
    trial = claimed()
    run(trial, threading.Event())
    trial.refresh_from_db()
    assert (trial.state, trial.message) == (State.DONE, "")
    assert trial.report["by_spelling"]["full"]["questions"] == 4
    assert current_archive() is None
    assert not TrainingExample.objects.filter(key=NEW_KEY).exists()

    approve(changed, submit, staff)
    job = claimed()
    run(job, threading.Event())
    job.refresh_from_db()
    archive = current_archive()
    assert job.state == State.DONE
    assert archive is not None
    assert archive_path(archive.sha256).stat().st_size > 1000
    assert archive.activations.get().approved_by == staff.approver
    assert ExampleChange.objects.get().archive == archive
    assert TrainingExample.objects.filter(key=NEW_KEY).count() == len(HOURS)
    assert not list((tmp_path / "newsroom" / "training").iterdir())


def test_it_changes_nothing_live_and_says_why_when_the_engine_refuses_the_data(
    changed: Any, submit: Any, staff: Any
) -> None:
    """A spelling that is none cannot come from the form; here it comes from the table."""
    HeldOutQuestion.objects.create(key="5k/khau_trang", text="câu lạ", spelling="lạ")
    approve(changed, submit, staff)
    job = claimed()
    run(job, threading.Event())
    job.refresh_from_db()
    change = ExampleChange.objects.get()
    assert (job.state, change.state) == (State.REFUSED, "refused")
    assert change.reason.startswith("Bộ máy không huấn luyện được")
    assert "spelling" in change.reason
    assert current_archive() is None


def test_it_puts_a_training_back_and_leaves_no_process_when_it_is_told_to_stop(
    changed: Any, submit: Any, staff: Any
) -> None:
    approve(changed, submit, staff)
    job = claimed()
    stopping = threading.Event()
    stopping.set()
    run(job, stopping)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.QUEUED, 0)
    assert ExampleChange.objects.get().state == "waiting"


def test_it_leaves_the_changes_waiting_when_the_training_is_killed(
    changed: Any, submit: Any, staff: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Want of memory is not the change's fault."""
    approve(changed, submit, staff)
    job = claimed()
    started: list[Any] = []

    def recorded(folder: Path) -> Any:
        context = training(folder)
        started.append(context)
        return context

    monkeypatch.setattr("newsroom.training.worker.training", recorded)
    monkeypatch.setattr("newsroom.training.worker._watch", lambda job, running, stopping: _killed(running))
    run(job, threading.Event())
    job.refresh_from_db()
    assert (job.state, ExampleChange.objects.get().state) == (State.FAILED, "waiting")
    assert "mã -9" in job.message
    assert len(started) == 1


def _killed(running: Any) -> bool:
    os.killpg(running.process.pid, signal.SIGKILL)
    running.process.wait()
    return True


@pytest.mark.usefixtures("two_keys")
def test_it_ends_a_training_when_the_block_is_left(tmp_path: Path) -> None:
    with training(tmp_path) as running:
        pid = running.process.pid
        assert not running.over
    assert not _alive(pid)


def test_it_takes_its_training_along_when_it_is_killed(tmp_path: Path) -> None:
    """The same call as the worker's, in a process of its own that dies without a word."""
    code = (
        "import ctypes, os, signal, subprocess, sys, django; django.setup()\n"
        "from newsroom.training.process import _in_the_child\n"
        "child = subprocess.Popen(['sleep', '60'], preexec_fn=_in_the_child)\n"
        "print(child.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "newsroom.settings.test"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    child = int(done.stdout)
    deadline = time.monotonic() + 5
    while _alive(child):
        assert time.monotonic() < deadline
        os.sched_yield()


def _alive(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text("utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
