"""Everything that the newsroom reads from its environment, once, as one typed object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from contracts.clock import ClockSettingError, parse_demo_start
from contracts.settings import Environment
from ledger.database import DatabaseUrlError, database_from_url

DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
# The systems that may send figures for the bulletin; newsroom/bulletins/arriving.py says which figures each sends.
FIGURE_SYSTEMS = ("du_phong", "dieu_tri", "tiem_chung")
SHORTEST_TOKEN = 16


@dataclass(frozen=True, kw_only=True)
class NewsroomConfig:
    """Settings of one newsroom process; ``newsroom/README.md`` lists the names."""

    var_dir: Path
    clock: str
    host: str
    port: int
    url: str
    secret_key: str
    snapshot_token: str
    model_token: str
    drafts_token: str
    database_url: str
    ledger_database_url: str
    allowed_hosts: tuple[str, ...] = ()
    demo_password: str = ""
    figures_tokens: Mapping[str, str] = field(default_factory=dict)


def load_config(variables: Mapping[str, str], *, production: bool = False) -> NewsroomConfig:
    """Reads the settings.

    Raises:
        SettingsError: with all settings that are missing or wrong.
    """
    env = Environment(variables)
    var_dir = env.path("VAR_DIR", "var")
    host, port = env.text("NEWSROOM_HOST", "127.0.0.1"), env.port("NEWSROOM_PORT", 8000)
    config = NewsroomConfig(
        var_dir=var_dir,
        clock=_clock(env, production),
        host=host,
        port=port,
        url=env.url("NEWSROOM_URL", None if production else f"http://{host}:{port}"),
        secret_key=env.secret("NEWSROOM_SECRET_KEY", 32),
        snapshot_token=env.secret("SNAPSHOT_TOKEN"),
        model_token=env.secret("MODEL_TOKEN"),
        drafts_token=env.secret("DRAFTS_TOKEN"),
        database_url=_database(env, "NEWSROOM_DATABASE_URL", var_dir / "newsroom.sqlite3"),
        ledger_database_url=_database(env, "LEDGER_DATABASE_URL", var_dir / "ledger.sqlite3"),
        allowed_hosts=_allowed_hosts(env, production),
        demo_password=env.text("DEMO_PASSWORD", ""),
        figures_tokens=_figures_tokens(env),
    )
    if production and not config.url.startswith("https://"):
        env.problems.append("NEWSROOM_URL does not start with https; production serves staff over TLS only")
    env.check()
    return config


def _clock(env: Environment, production: bool) -> str:
    setting = env.text("CLOCK", "real")
    try:
        demo = parse_demo_start(setting) is not None
    except ClockSettingError as error:
        env.problems.append(str(error))
        return "real"
    if demo and production:
        env.problems.append("CLOCK is a demo clock; production runs on CLOCK=real")
    return setting


def _figures_tokens(env: Environment) -> dict[str, str]:
    """System → token; a system that is not named cannot send."""
    tokens: dict[str, str] = {}
    for pair in filter(None, env.text("FIGURES_TOKENS", "").split(",")):
        system, _, token = pair.strip().partition(":")
        if system not in FIGURE_SYSTEMS or len(token) < SHORTEST_TOKEN or token in tokens.values():
            env.problems.append(
                f"FIGURES_TOKENS names {system!r}; write <system>:<token>, separated by commas, the system one of "
                f"{', '.join(FIGURE_SYSTEMS)}, each token its own and of {SHORTEST_TOKEN} characters or more"
            )
        tokens[system] = token
    return tokens


def _database(env: Environment, name: str, default: Path) -> str:
    url = env.url(name, f"sqlite:///{default}", DATABASE_SCHEMES)
    try:
        database_from_url(url)
    except DatabaseUrlError as error:
        env.problems.append(f"{name}: {error}")
    return url


def _allowed_hosts(env: Environment, production: bool) -> tuple[str, ...]:
    names = env.text("NEWSROOM_ALLOWED_HOSTS", None if production else "localhost,127.0.0.1,[::1]")
    hosts = tuple(name.strip() for name in names.split(",") if name.strip())
    if production and "*" in hosts:
        env.problems.append("NEWSROOM_ALLOWED_HOSTS holds '*'; name the hosts that staff use")
    return hosts
