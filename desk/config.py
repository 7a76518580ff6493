"""What the desk reads from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from contracts.settings import Environment


@dataclass(frozen=True, kw_only=True)
class DeskSettings:
    """``claim_timeout``: how long a resident waits for a silent operator before the conversation waits for any other."""

    claim_timeout: timedelta


def load_settings(variables: Mapping[str, str]) -> DeskSettings:
    """Reads ``CLAIM_TIMEOUT_MIN`` (minutes, 1 to 240, default 10).

    Raises:
        SettingsError: the value is no such number.
    """
    env = Environment(variables)
    settings = DeskSettings(claim_timeout=timedelta(minutes=env.integer("CLAIM_TIMEOUT_MIN", 10, 1, 240)))
    env.check()
    return settings
