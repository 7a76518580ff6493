"""Is a webhook really Zalo's? ``mac = hex(SHA-256(app_id + raw body + timestamp + OA secret key))``, a plain hash, no HMAC.

The formula is that of the official Java SDK (zaloplatform/zalo-java-sdk, ``MacUtils.buildMac``). The body must be the
very bytes that came: written anew, JSON has other escapes and another order.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from enum import Enum


class Verdict(Enum):
    """How a signature was judged; the value is a label of the metrics. Which timestamp fits is still open with Zalo."""

    BODY_TIME = "body_time"
    HEADER_TIME = "header_time"
    MISSING = "missing"
    WRONG = "wrong"

    @property
    def genuine(self) -> bool:
        """Whether the body is Zalo's."""
        return self in (Verdict.BODY_TIME, Verdict.HEADER_TIME)


def mac(first_term: str, body: bytes, timestamp: str, secret: str) -> str:
    """The signature in lowercase hexadecimals. The timestamp is foreign until it fits, so any characters may be in it."""
    return hashlib.sha256(
        first_term.encode() + body + timestamp.encode("utf-8", "replace") + secret.encode()
    ).hexdigest()


def judge(
    header: str, body: bytes, keys: Iterable[tuple[str, str]], body_time: str | None, header_time: str | None
) -> Verdict:
    """Judges ``X-ZEvent-Signature``, with or without ``mac=`` before it.

    Args:
        keys: (first term, OA secret key) of every Official Account that the event may be of.
        body_time: the body's ``timestamp``, tried first.
        header_time: the header ``X-ZEvent-Timestamp``, tried second; None when it did not come.
    """
    given = header.strip().removeprefix("mac=").lower().encode("utf-8", "replace")
    if not given:
        return Verdict.MISSING
    times: Sequence[tuple[Verdict, str | None]] = ((Verdict.BODY_TIME, body_time), (Verdict.HEADER_TIME, header_time))
    pairs = list(keys)
    for verdict, time in times:
        for first_term, secret in pairs:
            if time and hmac.compare_digest(given, mac(first_term, body, time, secret).encode()):
                return verdict
    return Verdict.WRONG
