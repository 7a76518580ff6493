"""Settings of the engine, read once at start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from contracts.settings import Environment


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``port`` is on loopback; ``model_url`` is the newsroom's model service."""

    port: int
    token: str = field(repr=False)
    actions_url: str
    model_url: str
    model_token: str = field(repr=False)
    var_dir: Path
    tracker_database_url: str = field(repr=False)

    @property
    def last_good_model(self) -> Path:
        """The last archive that loaded, for a start while the newsroom is away."""
        return self.var_dir / "engine" / "last_good.tar.gz"

    @property
    def file_variables(self) -> dict[str, str]:
        """What the ``${…}`` of endpoints.yml and credentials.yml stand for."""
        return {
            "ENGINE_TOKEN": self.token,
            "ACTIONS_URL": self.actions_url,
            "TRACKER_DATABASE_URL": self.tracker_database_url,
        }


def read_settings(variables: Mapping[str, str]) -> Settings:
    """Settings from environment variables.

    Raises:
        SettingsError: with all that is missing or wrong.
    """
    environment = Environment(variables)
    var_dir = environment.path("VAR_DIR", "var")
    settings = Settings(
        port=environment.port("ENGINE_PORT", 5005),
        token=environment.secret("ENGINE_TOKEN"),
        actions_url=environment.url("ACTIONS_URL", "http://127.0.0.1:5055/webhook"),
        model_url=environment.url("NEWSROOM_URL", "http://127.0.0.1:8000") + "/api/v1/model",
        model_token=environment.secret("MODEL_TOKEN"),
        var_dir=var_dir,
        tracker_database_url=environment.url(
            "TRACKER_DATABASE_URL", f"sqlite:///{var_dir}/trackers.sqlite3", ("sqlite", "postgresql")
        ),
    )
    environment.check()
    return settings
