"""The gateway's settings, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from connectors.core.zalo_settings import ZaloSettings, read_zalo
from contracts.clock import ClockSettingError, parse_demo_start
from contracts.settings import Environment


@dataclass(frozen=True, kw_only=True)
class GatewaySettings:
    """All settings of the gateway; see docs/settings.md."""

    host: str
    port: int
    var_dir: Path
    clock: str
    engine_urls: tuple[str, ...]
    engine_token: str = field(repr=False)
    actions_url: str
    newsroom_url: str
    snapshot_token: str = field(repr=False)
    session_life: timedelta
    engine_timeout_s: float
    engine_slots: int
    messages_per_minute: int
    behind_proxy: bool
    zalo: ZaloSettings | None

    @property
    def clock_file(self) -> Path:
        """Offset of the demo clock, shared by all programs."""
        return self.var_dir / "clock.json"


def read_settings(variables: Mapping[str, str]) -> GatewaySettings:
    """Reads the environment.

    Raises:
        SettingsError: with every problem, when there is any.
    """
    env = Environment(variables)
    port = env.port("GATEWAY_PORT", 8080)
    settings = GatewaySettings(
        host=env.text("GATEWAY_HOST", "127.0.0.1"),
        port=port,
        var_dir=env.path("VAR_DIR", "var"),
        clock=env.text("CLOCK", "real"),
        engine_urls=_engine_urls(env),
        engine_token=env.secret("ENGINE_TOKEN"),
        actions_url=env.url("ACTIONS_URL", "http://127.0.0.1:5055/webhook"),
        newsroom_url=env.url("NEWSROOM_URL", "http://127.0.0.1:8000"),
        snapshot_token=env.secret("SNAPSHOT_TOKEN"),
        session_life=timedelta(days=env.integer("WEB_SESSION_DAYS", 7, 1, 90)),
        engine_timeout_s=env.seconds("ENGINE_TIMEOUT_S", 4.0, 0.5, 8.0),
        engine_slots=env.integer("ENGINE_SLOTS", 6, 1, 200),
        messages_per_minute=env.integer("MESSAGES_PER_MINUTE", 30, 1, 1000),
        behind_proxy=env.flag("BEHIND_PROXY", False),
        zalo=read_zalo(env, port),
    )
    try:
        parse_demo_start(settings.clock)
    except ClockSettingError as error:
        env.problems.append(str(error))
    env.check()
    return settings


def _engine_urls(env: Environment) -> tuple[str, ...]:
    """One or several addresses, separated by commas; none twice."""
    urls = tuple(part.strip().rstrip("/") for part in env.text("ENGINE_URL", "http://127.0.0.1:5005").split(","))
    if any(urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc for url in urls):
        env.problems.append("ENGINE_URL holds something that is no http or https address; correct it")
    elif len(set(urls)) < len(urls):
        env.problems.append("ENGINE_URL names an address twice; name each engine once")
    return urls
