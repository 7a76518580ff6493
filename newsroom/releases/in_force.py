"""Which releases hold at a moment: for the snapshot, for the admin, and for "what did we say at that time"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from contracts.release import Release as ReleaseShape
from contracts.release import Retraction as RetractionShape
from contracts.release import in_force
from newsroom.releases.models import Release, Retraction


def effective() -> Iterable[Release]:
    """All releases but those that were retracted before they began: such a one never replaced its predecessor."""
    for release in Release.objects.select_related("retraction").order_by("sequence"):
        retraction = getattr(release, "retraction", None)
        if retraction is None or retraction.at >= release.valid_from:
            yield release


def in_force_now(at: datetime) -> list[ReleaseShape]:
    """The releases in force at a moment, by the one rule of ``contracts.release``."""
    return in_force([release.shape() for release in effective()], _retractions(), at)


def told_at(at: datetime) -> list[ReleaseShape]:
    """What residents were told at a moment: in force then, and already approved then.

    A release may begin before its approval (a rule that has held for weeks); nobody was told it before it was approved.
    """
    known = [release.shape() for release in effective() if release.approved_at <= at]
    return in_force(known, _retractions(), at)


def latest_of_slot(kind: str, key: str, place: str) -> Release | None:
    """The last release that began, or will begin, in a slot; what the next one supersedes."""
    slot = effective_in_slot(kind, key, place)
    return slot[-1] if slot else None


def effective_in_slot(kind: str, key: str, place: str) -> list[Release]:
    """As ``effective``, for one slot, oldest first."""
    rows = Release.objects.select_related("retraction").filter(kind=kind, key=key, place=place).order_by("sequence")
    return [row for row in rows if not hasattr(row, "retraction") or row.retraction.at >= row.valid_from]


def _retractions() -> list[RetractionShape]:
    return [retraction.shape() for retraction in Retraction.objects.select_related("release", "by")]
