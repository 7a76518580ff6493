"""Writing a release. Called in one place only: inside the transaction that publishes an approved revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from wagtail.models import Revision

from contracts.clock import VIETNAM
from contracts.release import Release as ReleaseShape
from contracts.release import Source, fingerprint, source_to_json
from newsroom.clock import content_now
from newsroom.releases.identity import new_release_id
from newsroom.releases.in_force import latest_of_slot
from newsroom.releases.models import Release


@dataclass(frozen=True, kw_only=True)
class ReleaseDraft:
    """What a revision would release: everything but the approval itself."""

    kind: str
    key: str
    place: str
    payload: Mapping[str, Any]
    source: Source | None
    valid_from: datetime | None
    valid_to: datetime | None
    urgent: bool


def serialise_releases() -> None:
    """Lets one transaction at a time write releases, so that a slot never forks and sequence is commit order.

    SQLite's IMMEDIATE transactions already do this; on PostgreSQL the table lock blocks writers, not readers.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("releases are written inside transaction.atomic() only")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE releases_release IN SHARE ROW EXCLUSIVE MODE")


def issue(draft: ReleaseDraft, *, revision: Revision, authors: tuple[str, ...], approver: str) -> Release:
    """Writes the release of an approved revision; the caller has checked the approval."""
    now = content_now().astimezone(VIETNAM)
    predecessor = latest_of_slot(draft.kind, draft.key, draft.place)
    shape = ReleaseShape(
        id=new_release_id(),
        kind=draft.kind,
        key=draft.key,
        place=draft.place,
        payload=draft.payload,
        source=draft.source,
        authors=authors,
        approver=approver,
        approved_at=now,
        valid_from=_start(draft.valid_from, predecessor, now),
        valid_to=None if draft.valid_to is None else draft.valid_to.astimezone(VIETNAM),
        supersedes=predecessor.release_id if predecessor else None,
        urgent=draft.urgent,
    )
    return _write(replace(shape, sha256=fingerprint(shape)), revision)


def _start(wanted: datetime | None, predecessor: Release | None, now: datetime) -> datetime:
    """The wanted start. One that is not after the predecessor's start belongs to the text before it: then from now on."""
    if wanted is None or (predecessor is not None and wanted <= predecessor.valid_from):
        return now
    return wanted.astimezone(VIETNAM)


def _write(shape: ReleaseShape, revision: Revision) -> Release:
    row = Release(
        release_id=shape.id,
        kind=shape.kind,
        key=shape.key,
        place=shape.place,
        payload=dict(shape.payload),
        source=None if shape.source is None else source_to_json(shape.source),
        authors=list(shape.authors),
        approver=shape.approver,
        approved_at=shape.approved_at,
        valid_from=shape.valid_from,
        valid_to=shape.valid_to,
        supersedes=shape.supersedes,
        urgent=shape.urgent,
        sha256=shape.sha256,
        revision=revision,
    )
    row.save()
    return row
