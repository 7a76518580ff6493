"""The settings of an installation that is run from a checkout: made at first start, kept in ``var/env``, out of git.

A variable of the real environment wins over the file; the file over what is derived here.
"""

from __future__ import annotations

import base64
import os
import secrets
import socket
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEMO_CLOCK = "demo:2021-12-31T09:00+07:00"
SECRETS = (
    "ENGINE_TOKEN",
    "SNAPSHOT_TOKEN",
    "MODEL_TOKEN",
    "DRAFTS_TOKEN",
    "NEWSROOM_SECRET_KEY",
    "ZALO_APP_SECRET",
    "ZALO_OA_SECRET_KEY",
    "ZALO_TOKEN_KEY",
)
PORTS = {
    "GATEWAY_PORT": 8080,
    "NEWSROOM_PORT": 8000,
    "ENGINE_PORT": 5005,
    "ACTIONS_PORT": 5055,
    "SANDBOX_PORT": 8090,
}
# The demonstration's app and Official Account exist in the sandbox only.
DEMO_APP, DEMO_ACCOUNT = "2900000000000000001", "4400000000000000099"


def installation_environment(variables: Mapping[str, str]) -> dict[str, str]:
    """All settings of the programs, for their processes."""
    var = Path(variables.get("VAR_DIR", "var"))
    stored = _stored(ROOT / var / "env")
    given = {**stored, **variables}
    ports = {name: given.get(name, str(port)) for name, port in PORTS.items()}
    derived = {
        "VAR_DIR": str(var),
        "CLOCK": DEMO_CLOCK,
        **ports,
        "ENGINE_URL": f"http://127.0.0.1:{ports['ENGINE_PORT']}",
        "ACTIONS_URL": f"http://127.0.0.1:{ports['ACTIONS_PORT']}/webhook",
        "NEWSROOM_URL": f"http://127.0.0.1:{ports['NEWSROOM_PORT']}",
        "TRACKER_DATABASE_URL": f"sqlite:///{var}/trackers.sqlite3",
        **_demo_zalo(given, ports),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.development",
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONUNBUFFERED": "1",
    }
    return {**derived, **given}


def _demo_zalo(given: Mapping[str, str], ports: Mapping[str, str]) -> dict[str, str]:
    """The Zalo channel, joined to the sandbox; real ids, secrets and addresses come from the environment."""
    gateway, sandbox = (f"http://127.0.0.1:{ports[name]}" for name in ("GATEWAY_PORT", "SANDBOX_PORT"))
    account = given.get("ZALO_OA_ID", DEMO_ACCOUNT)
    return {
        "ZALO_ENABLED": "yes",
        "ZALO_APP_ID": DEMO_APP,
        "ZALO_OA_ID": account,
        "ZALO_OA_SECRETS": f"{account}:{given['ZALO_OA_SECRET_KEY']}",
        "ZALO_API_URL": sandbox,
        "ZALO_OAUTH_URL": sandbox,
        "ZALO_CALLBACK_URL": f"{gateway}/zalo/callback",
        "SANDBOX_WEBHOOK_URL": f"{gateway}/zalo/webhook",
    }


def busy_ports(environment: Mapping[str, str]) -> list[str]:
    """One line for each port that is none, or that somebody else listens on."""
    lines = []
    for name in PORTS:
        text = environment[name]
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
            lines.append(f"{name} là {text!r}; đặt một số từ 1 đến 65535")
            continue
        port = int(text)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                lines.append(
                    f"Cổng {port} đang có chương trình khác dùng; đặt {name} thành cổng khác, ví dụ: {name}={port + 100} make run"
                )
    return lines


def _stored(file: Path) -> dict[str, str]:
    """What the file holds; secrets that are missing are made and added."""
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    stored = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    missing = {name: _new_secret() for name in SECRETS if name not in stored}
    if missing:
        file.parent.mkdir(parents=True, exist_ok=True)
        stored.update(missing)
        draft = file.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text("".join(f"{name}={value}\n" for name, value in stored.items()), "utf-8")
        os.replace(draft, file)
    return stored


def _new_secret() -> str:
    """256 random bits in the form that Fernet wants for a key; good for a token as well."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
