"""The demo clock starts at its setting, runs on, and survives restarts."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from contracts.clock import VIETNAM, ClockSettingError, load_clock, parse_demo_start

SETTING = "demo:2021-12-31T09:00+07:00"
FIRST_START = datetime(2026, 1, 5, 20, 0, tzinfo=VIETNAM)


def test_it_starts_at_the_demo_moment_and_runs_on_after_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "clock.json"
    first = load_clock(SETTING, state, now=lambda: FIRST_START)
    later = load_clock(SETTING, state, now=lambda: FIRST_START + timedelta(hours=3))

    assert first.content_now() == datetime(2021, 12, 31, 9, 0, tzinfo=VIETNAM)
    assert later.content_now() == datetime(2021, 12, 31, 12, 0, tzinfo=VIETNAM)
    assert later.real_now() == FIRST_START + timedelta(hours=3)


def test_it_starts_anew_when_the_setting_changes(tmp_path: Path) -> None:
    state = tmp_path / "clock.json"
    load_clock(SETTING, state, now=lambda: FIRST_START)
    changed = load_clock("demo:2022-01-15T08:00+07:00", state, now=lambda: FIRST_START + timedelta(days=1))

    assert changed.content_now() == datetime(2022, 1, 15, 8, 0, tzinfo=VIETNAM)


def test_it_shows_the_real_time_in_production(tmp_path: Path) -> None:
    clock = load_clock("real", tmp_path / "clock.json", now=lambda: FIRST_START)

    assert clock.content_now() == clock.real_now() == FIRST_START
    assert not clock.demo


@pytest.mark.parametrize("setting", ["", "demo", "demo:", "demo:2021-12-31", "demo:2021-12-31T09:00", "fake:2021"])
def test_it_refuses_a_setting_without_time_and_zone(setting: str) -> None:
    with pytest.raises(ClockSettingError, match="CLOCK is"):
        parse_demo_start(setting)
