"""The product's clock inside Django: ``content_now()`` for validity, never Django's own ``timezone.now()``."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from contracts.clock import Clock, load_clock


def clock() -> Clock:
    """The clock of this process: ``settings.CONTENT_CLOCK`` when set (tests), else by CLOCK and its state file."""
    installed: Clock | None = settings.CONTENT_CLOCK
    return installed or _load(settings.CLOCK, settings.VAR_DIR / "clock.json")


def content_now() -> datetime:
    """Now, as the content sees it: aware, in Vietnamese time."""
    return clock().content_now()


@lru_cache(maxsize=4)
def _load(setting: str, state_file: Path) -> Clock:
    return load_clock(setting, state_file)
