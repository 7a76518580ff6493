"""Time travel: what residents were told on a question at a moment, and everything that was ever said on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, Min
from django.db.models.functions import Greatest

from contracts.release import Release as ReleaseShape
from contracts.release import covers, most_specific
from newsroom.releases.in_force import told_at
from newsroom.releases.models import Release
from vitext.fold import fold

# The fields of a payload that say what a release is about.
_TOPIC_FIELDS = ("title", "claim", "name", "number", "text")


def said_at(at: datetime, words: str = "", kind: str = "", place: str | None = None) -> list[ReleaseShape]:
    """What residents were told at a moment on a question, by key or by words of it, accents not minded.

    With ``place`` (a path, "" for everywhere) only what a resident there was told: the closest release of each key.
    """
    fitting = [
        release
        for release in told_at(at)
        if kind in ("", release.kind) and _is_about(release.key, release.payload, words)
    ]
    chosen = fitting if place is None else _closest(fitting, place)
    return sorted(chosen, key=lambda release: (release.kind, release.key, release.place))


def first_told() -> datetime | None:
    """When residents could be told anything for the first time; None while nothing was released."""
    counted = Release.objects.exclude(retraction__at__lt=F("valid_from"))
    first: datetime | None = counted.aggregate(first=Min(Greatest("approved_at", "valid_from")))["first"]
    return first


def told_in(kind: str, key: str, place: str | None = None) -> list[Release]:
    """Every release of a key, oldest first, with its retraction; with ``place`` those that cover it."""
    rows = Release.objects.select_related("retraction__by").filter(kind=kind, key=key).order_by("sequence")
    return [row for row in rows if place is None or covers(row.place, place)]


def _closest(releases: Iterable[ReleaseShape], place: str) -> list[ReleaseShape]:
    listed = list(releases)
    slots = dict.fromkeys((release.kind, release.key) for release in listed)
    found = (most_specific(listed, kind, key, place) for kind, key in slots)
    return [release for release in found if release is not None]


def _is_about(key: str, payload: Any, words: str) -> bool:
    """Whether the key or the topic holds all words."""
    topic = fold(" ".join([key, *(str(payload.get(field, "")) for field in _TOPIC_FIELDS)]))
    return all(word in topic for word in fold(words).split())
