"""The desk's times: messages and waits are of the machine's clock; the demo notice tells the content's day."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from contracts.clock import Clock, load_clock
from contracts.reply import vietnamese_date


def clock() -> Clock:
    """``settings.CONTENT_CLOCK`` when set, else the clock of CLOCK and its state file, which all programs share."""
    installation: Any = settings  # these names are the newsroom's own, unknown to Django's types
    installed: Clock | None = installation.CONTENT_CLOCK
    return installed or _load(installation.CLOCK, installation.VAR_DIR / "clock.json")


def real_now() -> datetime:
    """Now, by the machine."""
    return clock().real_now()


def demo_notice() -> str:
    """The sentence that every page shows in demonstration mode, else nothing."""
    now = clock()
    return f"Chế độ minh họa: hôm nay là {vietnamese_date(now.content_now().date())}" if now.demo else ""


@lru_cache(maxsize=4)
def _load(setting: str, state_file: Path) -> Clock:
    return load_clock(setting, state_file)
