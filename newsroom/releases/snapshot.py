"""The snapshot that gateway and actions poll: built when something changed, else served from this process's memory."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from contracts.release import Release as ReleaseShape
from contracts.release import in_force
from contracts.snapshot import Snapshot, snapshot_to_json
from newsroom.releases.in_force import effective
from newsroom.releases.models import Release, Retraction

AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class BuiltSnapshot:
    """A snapshot ready to be sent; ``etag`` without quotes."""

    etag: str
    body: bytes


@dataclass(frozen=True)
class Stamp:
    """What a snapshot depends on: rows are only added, one writer at a time, so the last ones tell; and the minute."""

    release: str | None
    retraction: str | None
    minute: datetime


class SnapshotMemory:
    """Keeps the last built snapshot; shared by the threads of one process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stamp: Stamp | None = None
        self._built: BuiltSnapshot | None = None

    def current(self, now: datetime) -> BuiltSnapshot:
        """The snapshot for ``now`` (content clock); two small queries when nothing changed."""
        release = Release.objects.order_by("-sequence").values_list("release_id", flat=True).first()
        retraction = Retraction.objects.order_by("-pk").values_list("release__release_id", flat=True).first()
        stamp = Stamp(release, retraction, now.replace(second=0, microsecond=0))
        with self._lock:
            if self._built is None or stamp != self._stamp:
                self._built, self._stamp = build(now), stamp
            return self._built


def build(now: datetime) -> BuiltSnapshot:
    """Releases in force at ``now`` and those that begin within seven days, with their retractions."""
    rows = list(effective())
    retractions = [row.retraction.shape() for row in rows if hasattr(row, "retraction")]
    shapes = [row.shape() for row in rows]
    holding = {release.id for release in in_force(shapes, retractions, now)}
    chosen = [release for release in shapes if release.id in holding or _is_coming(release, now)]
    names = {release.id for release in chosen}
    relevant = [retraction for retraction in retractions if retraction.release in names]
    etag = _etag([*sorted(names), *sorted(f"-{retraction.release}" for retraction in retractions)])
    snapshot = Snapshot(etag=etag, made_at=now, releases=tuple(chosen), retractions=tuple(relevant))
    return BuiltSnapshot(etag, json.dumps(snapshot_to_json(snapshot), ensure_ascii=False).encode())


def _is_coming(release: ReleaseShape, now: datetime) -> bool:
    return now < release.valid_from <= now + AHEAD and (release.valid_to is None or release.valid_to > now)


def _etag(names: list[str]) -> str:
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:32]
