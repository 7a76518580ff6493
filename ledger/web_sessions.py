"""Sessions of the web chat: a random token in the browser, its SHA-256 here, one conversation each."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from ledger.conversations import find_or_open
from ledger.models import Conversation, SessionCode, WebSession
from ledger.router import ALIAS
from ledger.sql import select, stored

# No letters that are read or heard as another: 31^8 codes, of which few live, each for minutes.
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ2345679"
CODE_LENGTH = 8
CODE_LIFE = timedelta(minutes=10)


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
    with transaction.atomic(using=ALIAS):
        return _open(find_or_open("web", uuid.uuid4().hex, now), now, life)


def make_code(conversation_id: str, now: datetime) -> str:
    """A code like ``K7QM-2XWP`` that opens this conversation once on another device, for ten minutes."""
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    SessionCode.objects.filter(expires_at__lte=now).delete()
    SessionCode.objects.create(code_sha256=_digest(code), conversation_id=conversation_id, expires_at=now + CODE_LIFE)
    return f"{code[:4]}-{code[4:]}"


def open_with_code(code: str, now: datetime, life: timedelta) -> OpenedSession | None:
    """A session of the conversation that the code stands for; None when it is wrong, used or too old."""
    plain = "".join(letter for letter in code.upper() if letter in CODE_LETTERS)
    with transaction.atomic(using=ALIAS):
        found = SessionCode.objects.select_for_update().filter(code_sha256=_digest(plain), expires_at__gt=now).first()
        if found is None:
            return None
        conversation = found.conversation
        found.delete()
        return _open(conversation, now, life)


def _open(conversation: Conversation, now: datetime, life: timedelta) -> OpenedSession:
    session_id, token = uuid.uuid4().hex, secrets.token_urlsafe(32)
    WebSession.objects.create(
        id=session_id,
        token_sha256=_digest(token),
        conversation=conversation,
        created_at=now,
        expires_at=now + life,
    )
    return OpenedSession(session_id=session_id, token=token, expires_at=now + life)


def session_of(token: str, now: datetime) -> KnownSession | None:
    """The session of a token; None when it is wrong, expired or erased."""
    found = select(WebSession, "WHERE token_sha256 = %s AND expires_at > %s", [_digest(token), stored(now)])
    if not found:
        return None
    session = found[0]
    return KnownSession(session_id=session.pk, conversation_id=session.conversation_id, expires_at=session.expires_at)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
