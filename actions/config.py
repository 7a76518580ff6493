"""Settings of the action server, read once at start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from contracts.settings import Environment

# Shipped with the program, so found beside it and not through a setting.
DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``port`` is on loopback; ``snapshot_url`` is the newsroom's snapshot, ``snapshot_token`` its bearer token."""

    port: int
    snapshot_url: str
    snapshot_token: str = field(repr=False)
    var_dir: Path
    clock: str

    @property
    def snapshot_file(self) -> Path:
        """The copy of the last snapshot, for a start while the newsroom is away."""
        return self.var_dir / "actions" / "snapshot.json"


def read_settings(variables: Mapping[str, str]) -> Settings:
    """Settings from environment variables.

    Raises:
        SettingsError: with all that is missing or wrong.
    """
    environment = Environment(variables)
    settings = Settings(
        port=environment.port("ACTIONS_PORT", 5055),
        snapshot_url=environment.url("NEWSROOM_URL", "http://127.0.0.1:8000") + "/api/v1/snapshot",
        snapshot_token=environment.secret("SNAPSHOT_TOKEN"),
        var_dir=environment.path("VAR_DIR", "var"),
        clock=environment.text("CLOCK", "real"),
    )
    environment.check()
    return settings
