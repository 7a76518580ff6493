"""The two clocks of the product: what day it is for the content, and what time it is for the machine.

``content_now()`` decides validity, "today", the 17:00 clock and opening hours. ``real_now()`` decides leases,
retries, tokens, Zalo's windows and the time of a message. They differ only in demonstration mode.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

# Vietnam has had one zone without daylight saving since 1975, so a fixed offset is exact and needs no tz database.
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


class ClockSettingError(ValueError):
    """The CLOCK setting is neither ``real`` nor ``demo:<ISO time with zone>``."""


def system_now() -> datetime:
    """Wall clock of this machine, aware, in Vietnamese time."""
    return datetime.now(VIETNAM)


@dataclass(frozen=True)
class Clock:
    """A pair of clocks; ``offset`` is what the content clock runs behind (or ahead of) the machine."""

    offset: timedelta = timedelta(0)
    demo: bool = False
    now: Callable[[], datetime] = system_now

    def real_now(self) -> datetime:
        """Time of the machine: leases, retries, tokens, windows, time of a message."""
        return self.now()

    def content_now(self) -> datetime:
        """Time of the content: validity, "today", opening hours."""
        return self.now() + self.offset


def parse_demo_start(setting: str) -> datetime | None:
    """Start of the demo clock, or None for ``real``.

    Raises:
        ClockSettingError: for anything else than ``real`` or ``demo:2021-12-31T09:00+07:00``.
    """
    if setting == "real":
        return None
    kind, _, moment = setting.partition(":")
    try:
        start = datetime.fromisoformat(moment)
    except ValueError as error:
        raise ClockSettingError(_advice(setting)) from error
    if kind != "demo" or start.tzinfo is None:
        raise ClockSettingError(_advice(setting))
    return start.astimezone(VIETNAM)


def load_clock(setting: str, state_file: Path, now: Callable[[], datetime] = system_now) -> Clock:
    """The clock for a CLOCK setting.

    The demo clock starts at the given moment when the product first starts and runs on from there: the offset is
    kept in ``state_file`` (JSON), which all programs of one installation share. A new setting starts it anew.

    Raises:
        ClockSettingError: see ``parse_demo_start``.
    """
    start = parse_demo_start(setting)
    if start is None:
        return Clock(now=now)
    saved = _saved_offset(setting, state_file)
    if saved is None:
        _create_state(setting, state_file, (start - now()).total_seconds())
        saved = _saved_offset(setting, state_file) or 0.0
    return Clock(offset=timedelta(seconds=saved), demo=True, now=now)


def _saved_offset(setting: str, state_file: Path) -> float | None:
    try:
        state = json.loads(state_file.read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    return float(state["offset_s"]) if state.get("clock") == setting else None


def _create_state(setting: str, state_file: Path, offset_s: float) -> None:
    """Programs start together: a link keeps the first writer's offset when the file is new, a rename replaces an old one."""
    state_file.parent.mkdir(parents=True, exist_ok=True)
    draft = state_file.with_name(f"{state_file.name}.{os.getpid()}")
    draft.write_text(json.dumps({"clock": setting, "offset_s": offset_s}), "utf-8")
    try:
        os.link(draft, state_file)
    except FileExistsError:
        if _saved_offset(setting, state_file) is None:
            os.replace(draft, state_file)
    finally:
        draft.unlink(missing_ok=True)


def _advice(setting: str) -> str:
    return f"CLOCK is {setting!r}; set it to 'real' or 'demo:2021-12-31T09:00+07:00' (ISO time with a zone)"
