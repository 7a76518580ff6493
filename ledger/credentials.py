"""Token pairs of channels: one refresher at a time over all processes, both tokens stored before either is used.

Tokens come and go sealed; this module never sees them in clear.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q

from ledger.models import ChannelCredential, ConsentLink
from ledger.router import ALIAS
from ledger.sql import select

LINK_LIFE = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class SealedPair:
    """Both tokens, sealed, and the times of the access token."""

    access: str
    refresh: str
    issued_at: datetime
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class StoredPair:
    """The present pair of an account; ``trouble`` is empty while it can be refreshed."""

    pair: SealedPair
    version: int
    trouble: str


@dataclass(frozen=True, kw_only=True)
class Connection:
    """An account as staff see it; ``trouble`` says why it has to be connected anew, ``expires_at`` is of the access token."""

    account: str
    expires_at: datetime
    trouble: str


@dataclass(frozen=True, kw_only=True)
class Consent:
    """A consent under way: the link it came from and the sealed PKCE verifier (empty without PKCE)."""

    link: str
    verifier: str


def read_pair(channel: str, account: str) -> StoredPair | None:
    """The present pair, None before the first connection."""
    found = select(ChannelCredential, "WHERE channel = %s AND account = %s", [channel, account])
    if not found:
        return None
    (row,) = found
    pair = SealedPair(
        access=row.access_token, refresh=row.refresh_token, issued_at=row.issued_at, expires_at=row.expires_at
    )
    return StoredPair(pair=pair, version=row.version, trouble=row.trouble)


def connections(channel: str) -> list[Connection]:
    """All accounts that were ever connected, for the staff's page."""
    rows = ChannelCredential.objects.filter(channel=channel).order_by("account")
    return [Connection(account=row.account, expires_at=row.expires_at, trouble=row.trouble) for row in rows]


def disconnected() -> bool:
    """Whether some account has to be connected anew, so that a person must see to it."""
    return ChannelCredential.objects.exclude(trouble="").exists()


def lease_refresh(channel: str, account: str, version: int, worker: str, until: datetime, now: datetime) -> bool:
    """Whether this worker may refresh the pair of this version; nobody else may before ``until``."""
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    rows = ChannelCredential.objects.filter(free, channel=channel, account=account, version=version)
    return rows.update(lease_by=worker, lease_until=until) == 1


def give_up_lease(channel: str, account: str, worker: str) -> None:
    """Nothing was refreshed: somebody else may try."""
    rows = ChannelCredential.objects.filter(channel=channel, account=account, lease_by=worker)
    rows.update(lease_by="", lease_until=None)


def store_pair(channel: str, account: str, pair: SealedPair) -> None:
    """Replaces the account's pair (committed on return); the one before is kept, the trouble is over."""
    with transaction.atomic(using=ALIAS):
        row = ChannelCredential.objects.select_for_update().filter(channel=channel, account=account).first()
        if row is None:
            row = ChannelCredential(channel=channel, account=account, version=0)
        else:
            row.previous = {"access": row.access_token, "refresh": row.refresh_token, "at": row.issued_at.isoformat()}
        row.access_token, row.refresh_token = pair.access, pair.refresh
        row.issued_at, row.expires_at = pair.issued_at, pair.expires_at
        row.version, row.trouble, row.lease_by, row.lease_until = row.version + 1, "", "", None
        row.save()


def mark_trouble(channel: str, account: str, version: int, reason: str) -> bool:
    """The pair of this version is dead: somebody has to connect the account anew."""
    rows = ChannelCredential.objects.filter(channel=channel, account=account, version=version)
    return rows.update(trouble=reason[:200], lease_by="", lease_until=None) == 1


def make_link(channel: str, now: datetime) -> str:
    """A new one-time link's token, good for a day; only its hash is kept."""
    token = secrets.token_urlsafe(24)
    ConsentLink.objects.create(link_sha256=_digest(token), channel=channel, expires_at=now + LINK_LIFE)
    return token


def consent_address(callback_url: str, link: str) -> str:
    """Where a link leads: the gateway's page beside the callback that the provider knows."""
    parts = urlsplit(callback_url)
    return f"{parts.scheme}://{parts.netloc}/zalo/consent?link={link}"


def open_link(channel: str, token: str, verifier: str, now: datetime) -> str | None:
    """The state for a consent that begins on this link; None when the link is unknown, used or too old.

    Opening it again (a reload, a preview by a mail program) starts the consent anew; only one can be finished.
    """
    state = secrets.token_urlsafe(24)
    links = ConsentLink.objects.filter(link_sha256=_digest(token), channel=channel, used_at=None, expires_at__gt=now)
    return state if links.update(state_sha256=_digest(state), verifier=verifier) == 1 else None


def close_link(channel: str, state: str, now: datetime) -> Consent | None:
    """Uses up the link of a state, once; None when the state is unknown, used or too old."""
    links = ConsentLink.objects.filter(state_sha256=_digest(state), channel=channel, used_at=None, expires_at__gt=now)
    link = links.first()
    if link is None or links.filter(pk=link.pk).update(used_at=now) != 1:
        return None
    return Consent(link=link.pk, verifier=link.verifier)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
