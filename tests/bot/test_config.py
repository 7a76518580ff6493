"""Settings are read together; the start says everything that is wrong."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.config import read_settings
from contracts.settings import SettingsError

GOOD = {"ENGINE_TOKEN": "e" * 20, "MODEL_TOKEN": "m" * 20}


def test_it_fills_defaults_when_only_secrets_are_set() -> None:
    settings = read_settings(GOOD)
    assert (settings.port, settings.model_url) == (5005, "http://127.0.0.1:8000/api/v1/model")
    assert settings.tracker_database_url == "sqlite:///var/trackers.sqlite3"
    assert settings.last_good_model == Path("var/engine/last_good.tar.gz")
    assert "e" * 20 not in repr(settings)


def test_it_reports_everything_when_much_is_wrong() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"ENGINE_PORT": "x", "NEWSROOM_URL": "ftp://a", "TRACKER_DATABASE_URL": "mysql://a/b"})
    text = "\n".join(caught.value.problems)
    for name in ("ENGINE_PORT", "ENGINE_TOKEN", "MODEL_TOKEN", "NEWSROOM_URL", "TRACKER_DATABASE_URL"):
        assert name in text


def start(variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot"]
    return subprocess.run(
        command, env={"PATH": "/usr/bin:/bin", **variables}, capture_output=True, text=True, check=False
    )


def test_it_ends_with_two_and_a_list_when_settings_are_missing() -> None:
    done = start({})
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == "engine: settings are not usable:"
    assert "Traceback" not in done.stderr


def test_it_ends_with_one_line_when_the_port_is_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = start({**GOOD, "ENGINE_PORT": port, "VAR_DIR": str(tmp_path)})
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"engine: port {port} is in use (Address already in use); free it or set ENGINE_PORT"
    ]
