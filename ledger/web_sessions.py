"""Sessions of the web chat: a random token in the browser, its SHA-256 here, one conversation each."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from ledger.conversations import find_or_open
from ledger.models import WebSession
from ledger.router import ALIAS


@dataclass(frozen=True, kw_only=True)
class OpenedSession:
    """A new session; the token is told once and never stored."""

    session_id: str
    token: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class KnownSession:
    """The session that a token belongs to."""

    session_id: str
    conversation_id: str
    expires_at: datetime


def open_session(now: datetime, life: timedelta) -> OpenedSession:
    """Opens a session with a conversation of its own."""
    session_id, token = uuid.uuid4().hex, secrets.token_urlsafe(32)
    with transaction.atomic(using=ALIAS):
        WebSession.objects.create(
            id=session_id,
            token_sha256=_digest(token),
            conversation=find_or_open("web", session_id, now),
            created_at=now,
            expires_at=now + life,
        )
    return OpenedSession(session_id=session_id, token=token, expires_at=now + life)


def session_of(token: str, now: datetime) -> KnownSession | None:
    """The session of a token; None when it is wrong, expired or erased."""
    session = WebSession.objects.filter(token_sha256=_digest(token), expires_at__gt=now).first()
    if session is None:
        return None
    return KnownSession(session_id=session.pk, conversation_id=session.conversation_id, expires_at=session.expires_at)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
