"""Pictures that a provider keeps for us: sent again without another upload, as long as the provider keeps them."""

from __future__ import annotations

from datetime import datetime

from ledger.models import Upload


def find_upload(account: str, sha256: str, now: datetime) -> str | None:
    """The provider's id of a picture; None when it has to be uploaded."""
    kept = Upload.objects.filter(account=account, sha256=sha256, expires_at__gt=now)
    return kept.values_list("attachment_id", flat=True).first()


def keep_upload(account: str, sha256: str, attachment_id: str, now: datetime, expires_at: datetime) -> None:
    """Notes an upload, and forgets those that have run out."""
    new = {"attachment_id": attachment_id, "expires_at": expires_at}
    Upload.objects.update_or_create(account=account, sha256=sha256, defaults=new)
    Upload.objects.filter(expires_at__lte=now).delete()


def forget_upload(account: str, attachment_id: str) -> None:
    """The provider does not know this id any more."""
    Upload.objects.filter(account=account, attachment_id=attachment_id).delete()
