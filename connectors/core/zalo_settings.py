"""Settings of the Zalo channel. What Zalo's documents leave open is a setting; the README of the channel explains each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

from contracts.settings import Environment


@dataclass(frozen=True, kw_only=True)
class ZaloSettings:
    """``oa_secrets`` maps OA ids to their webhook secrets; ``oa_id`` is the one that is connected by default."""

    app_id: str
    app_secret: str = field(repr=False)
    oa_id: str
    oa_secrets: dict[str, str] = field(repr=False)
    token_keys: tuple[str, ...] = field(repr=False)
    api_url: str
    oauth_url: str
    callback_url: str
    webhook_path: str
    verifier: str
    strict: bool
    first_term: str
    pkce: str
    pkce_verifier: str = field(repr=False)
    button_template: str
    max_buttons: int
    form_image: str
    charged_sends: bool
    absence_is_proof: bool
    send_timeout_s: float
    answer_within_h: int
    media_hosts: tuple[str, ...]
    media_max_bytes: int


def read_zalo(env: Environment, gateway_port: int) -> ZaloSettings | None:
    """The settings, None while ZALO_ENABLED is ``no``; problems are noted in ``env``."""
    if not env.flag("ZALO_ENABLED", False):
        return None
    api_url = env.url("ZALO_API_URL", "https://openapi.zalo.me")
    settings = ZaloSettings(
        app_id=_number(env, "ZALO_APP_ID"),
        app_secret=env.secret("ZALO_APP_SECRET", 8),
        oa_id=_number(env, "ZALO_OA_ID"),
        oa_secrets=_oa_secrets(env),
        token_keys=_token_keys(env),
        api_url=api_url,
        oauth_url=env.url("ZALO_OAUTH_URL", "https://oauth.zaloapp.com"),
        callback_url=env.url("ZALO_CALLBACK_URL", f"http://127.0.0.1:{gateway_port}/zalo/callback"),
        webhook_path=_path(env, "ZALO_WEBHOOK_PATH", "/zalo/webhook"),
        verifier=_code(env, "ZALO_VERIFIER"),
        strict=env.choice("ZALO_SIGNATURE_MODE", "strict", ("strict", "report")) == "strict",
        first_term=env.choice("ZALO_SIGNATURE_FIRST", "app_id", ("app_id", "oa_id")),
        pkce=env.choice("ZALO_PKCE", "request", ("request", "static", "none")),
        pkce_verifier=env.text("ZALO_PKCE_VERIFIER", "-"),
        button_template=env.text("ZALO_BUTTON_TEMPLATE", "-").removeprefix("-"),
        max_buttons=env.integer("ZALO_MAX_BUTTONS", 5, 0, 5),
        form_image=_picture(env, "ZALO_FORM_IMAGE"),
        charged_sends=env.flag("ZALO_CHARGED_SENDS", True),
        absence_is_proof=env.flag("ZALO_RESEND_WHEN_ABSENT", True),
        send_timeout_s=env.seconds("ZALO_SEND_TIMEOUT_S", 8.0, 0.2, 30.0),
        answer_within_h=env.integer("ZALO_ANSWER_WITHIN_H", 6, 1, 144),
        media_hosts=_media_hosts(env, api_url),
        media_max_bytes=env.integer("ZALO_MEDIA_MAX_MB", 10, 1, 100) * 1024 * 1024,
    )
    _check_together(env, settings)
    return settings


def _check_together(env: Environment, settings: ZaloSettings) -> None:
    if settings.oa_secrets and settings.oa_id not in settings.oa_secrets:
        env.problems.append(
            f"ZALO_OA_SECRETS has no secret for ZALO_OA_ID {settings.oa_id}; add {settings.oa_id}:<secret>"
        )
    if settings.pkce == "static" and not re.fullmatch(r"[A-Za-z0-9._~-]{43,128}", settings.pkce_verifier):
        env.problems.append(
            "ZALO_PKCE_VERIFIER is missing or wrong; with ZALO_PKCE=static set 43 to 128 letters or digits"
        )


def _oa_secrets(env: Environment) -> dict[str, str]:
    """``oaid:secret,oaid:secret``; the secret of an OA is shown in the app's page, and is not the app's secret."""
    secrets: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in env.secret("ZALO_OA_SECRETS", 10).split(","))):
        oa_id, _, secret = pair.partition(":")
        if not oa_id.isdecimal() or not secret:
            env.problems.append("ZALO_OA_SECRETS has a part that is not <oa id>:<secret>; write 123:abc,456:def")
            continue
        secrets[oa_id] = secret
    return secrets


def _token_keys(env: Environment) -> tuple[str, ...]:
    """Fernet keys, the first seals, all open: so a key can be changed without losing the tokens."""
    keys = tuple(key.strip() for key in env.secret("ZALO_TOKEN_KEY", 44).split(",") if key.strip())
    for key in keys:
        try:
            Fernet(key.encode())
        except ValueError:
            env.problems.append(
                "ZALO_TOKEN_KEY is no Fernet key; make one with: python -m connectors.channels.zalo.connect --new-key"
            )
    return keys


def _media_hosts(env: Environment, api_url: str) -> tuple[str, ...]:
    """Zalo's own hosts, or ``address:port``; the API's own address counts when it is a number (the sandbox's)."""
    hosts = [host.strip().lower() for host in env.text("ZALO_MEDIA_HOSTS", "zdn.vn,zadn.vn").split(",")]
    for host in hosts:
        if not re.fullmatch(r"[a-z0-9.-]+\.[a-z0-9.-]+(:\d{1,5})?", host):
            env.problems.append(f"ZALO_MEDIA_HOSTS has {host!r}; write names like zdn.vn, separated by commas")
    api = urlsplit(api_url).netloc
    return (*hosts, *([api] if re.fullmatch(r"[\d.]+:\d+", api) else []))


def _number(env: Environment, name: str) -> str:
    value = env.text(name)
    if value and not (value.isascii() and value.isdecimal()):
        env.problems.append(f"{name} is {value!r}; set it to the number that Zalo shows")
    return value


def _code(env: Environment, name: str) -> str:
    value = env.text(name, "-").removeprefix("-")
    if value and not re.fullmatch(r"[A-Za-z0-9_-]{4,100}", value):
        env.problems.append(
            f"{name} is {value!r}; set it to the code between zalo_verifier and .html of Zalo's file name"
        )
    return value


def _picture(env: Environment, name: str) -> str:
    """Address of a picture that Zalo fetches itself; plain http for this machine's sandbox only."""
    value = env.text(name, "-").removeprefix("-")
    if value and not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", value):
        env.problems.append(
            f"{name} is {value!r}; set it to the https address of a JPEG or PNG that everybody can load"
        )
    return value


def _path(env: Environment, name: str, default: str) -> str:
    value = env.text(name, default)
    if not re.fullmatch(r"(/[A-Za-z0-9_-]+)+", value):
        env.problems.append(f"{name} is {value!r}; set it to a path like {default}")
        return default
    return value
