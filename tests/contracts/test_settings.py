"""Settings problems are reported together, and secrets are never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.settings import Environment, SettingsError


def test_it_reports_everything_that_is_wrong_at_once() -> None:
    env = Environment({"PORT": "99999", "SECRET": "short", "URL": "ftp://x", "WORD": "maybe"})
    env.port("PORT", 8080)
    env.secret("SECRET")
    env.secret("OTHER_SECRET")
    env.url("URL")
    env.flag("WORD", True)

    with pytest.raises(SettingsError) as caught:
        env.check()

    assert len(caught.value.problems) == 5
    assert "short" not in str(caught.value).replace("shorter", "")


def test_it_reads_a_secret_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("0123456789abcdef\n", "utf-8")
    env = Environment({"TOKEN_FILE": str(file)})

    assert env.secret("TOKEN") == "0123456789abcdef"
    env.check()


def test_it_names_the_file_that_cannot_be_read(tmp_path: Path) -> None:
    env = Environment({"TOKEN_FILE": str(tmp_path / "none")})
    env.secret("TOKEN")

    assert "TOKEN_FILE" in env.problems[0]
