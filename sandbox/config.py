"""The sandbox's settings, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from contracts.settings import Environment


@dataclass(frozen=True, kw_only=True)
class SandboxSettings:
    """All settings of the sandbox; README.md lists them with their meaning."""

    host: str
    port: int
    var_dir: Path
    app_id: str
    app_secret: str = field(repr=False)
    oa_id: str
    oa_secret_key: str = field(repr=False)
    oa_name: str
    webhook_url: str
    callback_url: str
    speed: int
    faults: bool
    calls_per_minute: int

    @property
    def journal_file(self) -> Path:
        """SQLite file with everything that survives a restart."""
        return self.var_dir / "sandbox" / "platform.sqlite3"


def read_settings(variables: Mapping[str, str]) -> SandboxSettings:
    """Reads the environment.

    Raises:
        SettingsError: with every problem, when there is any.
    """
    env = Environment(variables)
    settings = SandboxSettings(
        host=env.text("SANDBOX_HOST", "127.0.0.1"),
        port=env.port("SANDBOX_PORT", 8090),
        var_dir=env.path("VAR_DIR", "var"),
        app_id=_digits(env, "ZALO_APP_ID"),
        app_secret=env.secret("ZALO_APP_SECRET"),
        oa_id=_digits(env, "ZALO_OA_ID"),
        oa_secret_key=env.secret("ZALO_OA_SECRET_KEY"),
        oa_name=env.text("SANDBOX_OA_NAME", "Sở Y tế Thanh Hóa (minh họa)"),
        webhook_url=env.url("SANDBOX_WEBHOOK_URL", "http://127.0.0.1:8080/zalo/webhook"),
        callback_url=env.text("SANDBOX_CALLBACK_URL", ""),
        speed=env.integer("SANDBOX_SPEED", 1, 1, 10_000),
        faults=env.flag("SANDBOX_FAULTS", True),
        # 2,000 is the limit of the "Comprehensive" package; 100 that of "Growth".
        calls_per_minute=env.integer("SANDBOX_CALLS_PER_MINUTE", 2000, 1, 100_000),
    )
    env.check()
    return settings


def _digits(env: Environment, name: str) -> str:
    value = env.text(name)
    if value and not (value.isascii() and value.isdigit()):
        env.problems.append(f"{name} is {value!r}; set it to an id of digits only")
    return value
