"""The gateway starts with good settings or with a list of all that is wrong."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from connectors.core.config import read_settings
from contracts.settings import SettingsError

SECRETS = {"ENGINE_TOKEN": "x" * 20, "SNAPSHOT_TOKEN": "y" * 20}


def test_it_needs_nothing_but_its_secrets() -> None:
    assert read_settings(SECRETS).port == 8080


def test_it_shows_no_secret() -> None:
    assert "x" * 20 not in repr(read_settings(SECRETS))


def test_it_lists_everything_that_is_wrong() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"GATEWAY_PORT": "http", "CLOCK": "yesterday", "ENGINE_URL": "127.0.0.1"})

    assert len(caught.value.problems) == 5


def test_it_takes_several_engines() -> None:
    settings = read_settings(SECRETS | {"ENGINE_URL": "http://127.0.0.1:5005/, http://127.0.0.1:5006"})

    assert settings.engine_urls == ("http://127.0.0.1:5005", "http://127.0.0.1:5006")


@pytest.mark.parametrize("engines", ["http://a:1,", "http://a:1,b:2", "http://a:1,http://a:1/", "http://"])
def test_it_refuses_engines_that_are_none_or_the_same(engines: str) -> None:
    with pytest.raises(SettingsError, match="ENGINE_URL"):
        read_settings(SECRETS | {"ENGINE_URL": engines})


def test_its_program_ends_with_the_list_and_without_a_traceback() -> None:
    env = {"PATH": os.environ["PATH"], "GATEWAY_PORT": "http"}
    done = subprocess.run([sys.executable, "-m", "connectors"], env=env, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "GATEWAY_PORT is 'http'" in done.stderr
    assert "ENGINE_TOKEN is missing" in done.stderr
    assert "Traceback" not in done.stderr
