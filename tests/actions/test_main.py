"""The program as it is started: settings that stop it, and a run from the copy on disk."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from actions.config import DATA, read_settings
from contracts.settings import SettingsError
from contracts.snapshot import SnapshotCopy
from deploy.ports import free_port
from tests.actions.builders import NOW, Pack

ROOT = DATA.parent


def environment(var_dir: Path, port: int, **more: str) -> dict[str, str]:
    """Settings of a run whose newsroom is away."""
    settings = {"VAR_DIR": str(var_dir), "ACTIONS_PORT": str(port), "NEWSROOM_URL": "http://127.0.0.1:9"}
    settings |= {"SNAPSHOT_TOKEN": "a-token-of-these-tests", "CLOCK": "demo:2021-12-31T09:00+07:00"}
    return {"PATH": os.environ["PATH"]} | settings | more


@contextmanager
def started(settings: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The program; ended by the signal that the process runner sends."""
    command = [sys.executable, "-m", "actions"]
    with subprocess.Popen(command, env=settings, cwd=ROOT, stderr=subprocess.PIPE, text=True) as program:
        try:
            yield program
        finally:
            program.send_signal(signal.SIGINT)
            program.wait(timeout=20)


def wait_for_line(program: subprocess.Popen[str], event: str) -> None:
    """Reads the program's log until the event; fails when the program ends before."""
    assert program.stderr is not None
    for line in program.stderr:
        if event in line:
            return
    pytest.fail(f"the program ended without {event}")


def test_it_lists_all_problems_when_settings_are_wrong() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"ACTIONS_PORT": "many", "NEWSROOM_URL": "ftp://x", "SNAPSHOT_TOKEN": "short"})

    assert [problem.split()[0] for problem in caught.value.problems] == [
        "ACTIONS_PORT",
        "NEWSROOM_URL",
        "SNAPSHOT_TOKEN",
    ]


@pytest.mark.parametrize("wrong", [{"SNAPSHOT_TOKEN": ""}, {"CLOCK": "yesterday"}])
def test_it_ends_with_2_and_no_traceback_when_a_setting_is_wrong(tmp_path: Path, wrong: dict[str, str]) -> None:
    command = [sys.executable, "-m", "actions"]
    run = subprocess.run(
        command, env=environment(tmp_path, 5055, **wrong), cwd=ROOT, capture_output=True, text=True, timeout=60
    )

    assert run.returncode == 2
    assert next(iter(wrong)) in run.stderr
    assert "Traceback" not in run.stderr


def test_it_answers_from_its_copy_on_disk_when_it_starts_without_the_newsroom(tmp_path: Path, pack: Pack) -> None:
    pack.faq("5k/khau_trang", "Bạn đeo khẩu trang.")
    SnapshotCopy(tmp_path / "actions" / "snapshot.json").replace(pack.snapshot(), NOW)
    port = free_port()
    message = {"intent": {"name": "5k.khau_trang"}, "text": "khau trang", "entities": [], "metadata": {}}
    tracker = {"sender_id": "c1", "slots": {}, "latest_message": message}
    call = {"next_action": "action_answer", "sender_id": "c1", "version": "3.6.21", "tracker": tracker}
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/webhook", json.dumps(call).encode(), {"Content-Type": "application/json"}
    )

    with started(environment(tmp_path, port)) as program:
        # The refresher's first attempt comes after the server listens.
        wait_for_line(program, "snapshot_not_refreshed")
        with urllib.request.urlopen(request, timeout=10) as response:
            body = json.load(response)

    assert body["responses"][0]["text"].startswith("Bạn đeo khẩu trang.")
    assert program.returncode == 0
