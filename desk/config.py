"""What the desk reads from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from contracts.settings import Environment


@dataclass(frozen=True, kw_only=True)
class DeskSettings:
    """``claim_timeout``: how long a resident waits for a silent operator before the conversation waits for any other.

    ``charged_sends``: whether messages go out that Zalo charges; the gateway reads the same setting.
    ``callback_url``: where the gateway's pages for consent are.
    """

    claim_timeout: timedelta
    charged_sends: bool
    callback_url: str


def load_settings(variables: Mapping[str, str]) -> DeskSettings:
    """Reads ``CLAIM_TIMEOUT_MIN`` (minutes, 1 to 240, default 10) ``ZALO_CHARGED_SENDS`` (default yes), ``ZALO_CALLBACK_URL``.

    Raises:
        SettingsError: a value is no such number, or neither yes nor no.
    """
    env = Environment(variables)
    settings = DeskSettings(
        claim_timeout=timedelta(minutes=env.integer("CLAIM_TIMEOUT_MIN", 10, 1, 240)),
        charged_sends=env.flag("ZALO_CHARGED_SENDS", True),
        callback_url=env.url("ZALO_CALLBACK_URL", f"http://127.0.0.1:{env.port('GATEWAY_PORT', 8080)}/zalo/callback"),
    )
    env.check()
    return settings
