"""The program: settings that are wrong, a port that is taken."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

GOOD = {
    "ZALO_APP_ID": "2900000000000000001",
    "ZALO_APP_SECRET": "app-secret-of-the-tests",
    "ZALO_OA_ID": "4400000000000000099",
    "ZALO_OA_SECRET_KEY": "oa-secret-key-of-the-tests",
}
ROOT = Path(__file__).parents[2]


def _run(variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sandbox"]
    return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=30, check=False)


def test_it_lists_every_wrong_setting_and_ends_with_2() -> None:
    result = _run({"ZALO_APP_ID": "abc", "SANDBOX_SPEED": "0"})
    assert result.returncode == 2
    for name in ("ZALO_APP_ID", "ZALO_APP_SECRET", "ZALO_OA_ID", "ZALO_OA_SECRET_KEY", "SANDBOX_SPEED"):
        assert name in result.stderr
    assert "Traceback" not in result.stderr


def test_it_gives_one_clear_line_when_the_port_is_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = _run(GOOD | {"SANDBOX_PORT": port, "VAR_DIR": str(tmp_path)})
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert f"127.0.0.1:{port}" in result.stderr


@contextmanager
def _started(variables: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "sandbox"]
    with subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "sandbox_started" in process.stdout.readline()
        try:
            yield process
        finally:
            process.kill()


def _call(port: int, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    data = None if body is None else json.dumps(body).encode()
    request = Request(f"http://127.0.0.1:{port}/sandbox{path}", data, {"Content-Type": "application/json"})
    with urlopen(request, timeout=10) as response:
        answer: dict[str, Any] = json.load(response)
        return answer


@pytest.mark.e2e
def test_it_has_phones_tokens_and_owed_events_after_a_kill(tmp_path: Path, unused_tcp_port: int) -> None:
    """kill -9 right after an answer: whatever was answered is still there."""
    nobody = {"SANDBOX_WEBHOOK_URL": "http://127.0.0.1:1/zalo/webhook"}
    variables = GOOD | nobody | {"SANDBOX_PORT": str(unused_tcp_port), "VAR_DIR": str(tmp_path)}
    with _started(variables):
        _call(unused_tcp_port, "/tokens", {})
        lan = _call(unused_tcp_port, "/residents", {"name": "Lan"})["user_id"]
        sent = _call(unused_tcp_port, f"/residents/{lan}/actions", {"action": "send_text", "text": "khó thở"})
    with _started(variables):
        assert _call(unused_tcp_port, "/state")["authorised"]
        messages = _call(unused_tcp_port, f"/residents/{lan}/messages")["messages"]
        assert messages == [sent["message"]]
        owed = _call(unused_tcp_port, "/webhooks")["webhooks"]
        assert [(entry["message_id"], entry["state"]) for entry in owed] == [(messages[0]["message_id"], "pending")]
