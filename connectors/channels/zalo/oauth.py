"""Zalo's token endpoint (OAuth v4): a code or a refresh token in, a pair of tokens out."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp

from connectors.core.zalo_settings import ZaloSettings

# Not to connect takes less than not to answer: only the latter may have used up a refresh token.
TIMEOUT = aiohttp.ClientTimeout(total=15, connect=10)
USUAL_LIFE_S = 90_000
_LIMIT_PER_MINUTE = -32


class OAuthError(Exception):
    """No new pair. ``reason`` holds code and name, never a token.

    ``arrived``: Zalo may have taken the request, so the refresh token may be used up. ``final``: Zalo refused.
    """

    def __init__(self, reason: str, *, arrived: bool, final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.arrived = arrived
        self.final = final


@dataclass(frozen=True, kw_only=True)
class TokenPair:
    """Both tokens in clear; ``life_s`` is of the access token. A refresh token works once."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    life_s: int


class OAuthClient:
    """Calls ``/v4/oa/access_token``."""

    def __init__(self, session: aiohttp.ClientSession, settings: ZaloSettings) -> None:
        self._session = session
        self._settings = settings

    async def refresh(self, refresh_token: str) -> TokenPair:
        """The next pair; both tokens of the former one are dead from then on.

        Raises:
            OAuthError: refused, away, or unknown.
        """
        return await self._ask({"grant_type": "refresh_token", "refresh_token": refresh_token})

    async def exchange(self, code: str, verifier: str) -> TokenPair:
        """The first pair for a consent's code; ``verifier`` is empty without PKCE.

        Raises:
            OAuthError: refused, away, or unknown.
        """
        proof = {"code_verifier": verifier} if verifier else {}
        return await self._ask({"grant_type": "authorization_code", "code": code, **proof})

    async def _ask(self, fields: dict[str, str]) -> TokenPair:
        try:
            async with self._session.post(
                f"{self._settings.oauth_url}/v4/oa/access_token",
                data={**fields, "app_id": self._settings.app_id},
                headers={"secret_key": self._settings.app_secret},
                timeout=TIMEOUT,
            ) as response:
                raw = await response.read()
                status = response.status
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise OAuthError("unreachable", arrived=False) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise OAuthError("no answer", arrived=True) from error
        if status >= 500:
            raise OAuthError(f"http {status}", arrived=True)
        return _pair(raw, status)


def new_verifier() -> str:
    """A PKCE verifier of 43 characters, as Zalo wants it."""
    return secrets.token_urlsafe(32)


def challenge_of(verifier: str) -> str:
    """base64url of SHA-256, without padding."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def permission_url(settings: ZaloSettings, state: str, verifier: str) -> str:
    """Zalo's page on which an admin of the OA agrees."""
    query = {"app_id": settings.app_id, "redirect_uri": settings.callback_url, "state": state}
    if verifier:
        query["code_challenge"] = challenge_of(verifier)
    return f"{settings.oauth_url}/v4/oa/permission?{urlencode(query)}"


def _pair(raw: bytes, status: int) -> TokenPair:
    """Failures come with HTTP 200 too; only two tokens that are there are a success."""
    try:
        body: Any = json.loads(raw)
    except ValueError as error:
        raise OAuthError(f"http {status}, no JSON", arrived=True) from error
    if not isinstance(body, Mapping):
        raise OAuthError(f"http {status}, no object", arrived=True)
    access, refresh = body.get("access_token"), body.get("refresh_token")
    if isinstance(access, str) and access and isinstance(refresh, str) and refresh:
        return TokenPair(access=access, refresh=refresh, life_s=_seconds(body.get("expires_in")))
    code = body.get("error")
    name = body.get("error_name")
    reason = f"zalo oauth {code if isinstance(code, int) else '?'}: {str(name)[:80] if isinstance(name, str) else 'no tokens'}"
    raise OAuthError(reason, arrived=False, final=code != _LIMIT_PER_MINUTE)


def _seconds(value: object) -> int:
    """``expires_in`` is text; a number is taken as well, anything else counts as the usual 25 hours."""
    text = str(value) if isinstance(value, str | int) else ""
    return int(text) if text.isdecimal() and 60 <= int(text) <= 10_000_000 else USUAL_LIFE_S
