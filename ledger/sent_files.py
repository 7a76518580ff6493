"""Files that residents send through a provider: noted with their message, fetched in the background, shown at the desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from ledger.models import Entry, FileState, SentFile

LEASE = timedelta(seconds=90)  # longer than fetching one file may take
# The provider's addresses are reported to die after half an hour; the last try comes some twelve minutes after the first.
PAUSES = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=9))


@dataclass(frozen=True, kw_only=True)
class ForeignFile:
    """A file as its provider announces it; ``name`` is what the resident's phone called it, ``kind`` our word for it."""

    kind: str
    url: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Fetch:
    """A file to fetch now; nobody else does before the lease ends."""

    id: int
    conversation_id: str
    kind: str
    url: str
    tries: int


def note(entry: Entry, files: Iterable[ForeignFile], now: datetime) -> None:
    """Writes down what is to be fetched; call inside the transaction that appends the message."""
    SentFile.objects.bulk_create(
        SentFile(
            entry=entry,
            conversation_id=entry.conversation_id,
            kind=file.kind,
            url=file.url,
            name=file.name[:200],
            next_at=now,
        )
        for file in files
    )


def next_fetch(now: datetime) -> Fetch | None:
    """Claims the file that has waited longest; None when there is nothing to do."""
    waiting = SentFile.objects.filter(state=FileState.WAITING, next_at__lte=now)
    for row in waiting.order_by("next_at")[:5]:
        mine = SentFile.objects.filter(pk=row.pk, state=FileState.WAITING, next_at=row.next_at)
        if mine.update(next_at=now + LEASE, tries=F("tries") + 1):
            return Fetch(
                id=row.pk, conversation_id=row.conversation_id, kind=row.kind, url=row.url, tries=row.tries + 1
            )
    return None


def name_file(file_id: int, stored: str, size: int) -> bool:
    """Says under which name the file is about to lie in the store, so that an erasure finds it there whatever happens;
    False when it was erased already."""
    rows = SentFile.objects.filter(pk=file_id, state=FileState.WAITING)
    return rows.update(stored=stored, size=size) == 1


def kept(file_id: int) -> bool:
    """The file lies in the store; False when it was erased meanwhile, and then the caller removes it there."""
    rows = SentFile.objects.filter(pk=file_id, state=FileState.WAITING)
    return rows.update(state=FileState.KEPT, url="", reason="") == 1


def refused(file_id: int, reason: str) -> None:
    """The file is not fetched, for good; the operator reads why."""
    rows = SentFile.objects.filter(pk=file_id, state=FileState.WAITING)
    rows.update(state=FileState.REFUSED, url="", reason=reason[:64])


def put_off(fetch: Fetch, reason: str, now: datetime) -> bool:
    """Tries again later; False when that was the last try, and the file is given up."""
    if fetch.tries > len(PAUSES):
        refused(fetch.id, reason)
        return False
    rows = SentFile.objects.filter(pk=fetch.id, state=FileState.WAITING)
    rows.update(next_at=now + PAUSES[fetch.tries - 1], reason=reason[:64])
    return True


def forget_files(entries: Iterable[int]) -> list[str]:
    """Erased messages' files: what is known of them goes; the names in the store, for the caller to remove."""
    rows = SentFile.objects.filter(entry__in=list(entries))
    stored = [name for name in rows.values_list("stored", flat=True) if name]
    rows.update(url="", name="", stored="", size=0, reason="", state=FileState.REFUSED)
    return stored


def owns_file(conversation_id: str, stored: str) -> bool:
    """Whether a message of this conversation brought the file: through a provider, or uploaded in the web chat."""
    if SentFile.objects.filter(conversation=conversation_id, stored=stored).exists():
        return True
    uploaded = Entry.objects.filter(conversation=conversation_id).exclude(image="")
    return uploaded.filter(image__endswith=f"/{stored}").exists()
