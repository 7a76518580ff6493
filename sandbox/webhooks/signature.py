"""How an event is written and signed (sheet §1.3): a plain hash over the very bytes that are sent."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any


def encode(event: dict[str, Any]) -> bytes:
    r"""The body as sent: compact, Vietnamese as UTF-8, and ``/`` written as ``\/``.

    Such escapes occur on the real platform; a receiver that checks a body it has written anew fails on them here too.
    """
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/").encode()


def sign(app_id: str, body: bytes, timestamp: str, secret_key: str) -> str:
    """Value of ``X-ZEvent-Signature``: ``mac=`` and SHA-256 of app id + body + timestamp + OA secret key, no HMAC."""
    return "mac=" + sha256(app_id.encode() + body + timestamp.encode() + secret_key.encode()).hexdigest()
