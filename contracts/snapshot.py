"""The content snapshot that the newsroom serves, and the copy that its readers keep in memory and on disk."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from contracts.release import (
    PROVINCE,
    Release,
    Retraction,
    fingerprint,
    in_force,
    most_specific,
    release_from_json,
    release_to_json,
    retraction_from_json,
    retraction_to_json,
)

POLL_SECONDS = 2.0
# A bulletin comes once a day; a copy older than that may hide a newer one, so replies say how old it is.
STALE_AFTER = timedelta(hours=24)


class SnapshotError(ValueError):
    """The snapshot is not of the agreed shape, or a release in it was changed after approval."""


@dataclass(frozen=True)
class Snapshot:
    """Releases in force and those that start within seven days, with the retractions among them."""

    etag: str
    made_at: datetime
    releases: tuple[Release, ...]
    retractions: tuple[Retraction, ...] = ()

    def at(self, moment: datetime) -> list[Release]:
        """Releases in force at a moment of the content clock."""
        return in_force(self.releases, self.retractions, moment)

    def find(self, kind: str, key: str, moment: datetime, place: str = PROVINCE) -> Release | None:
        """The release for kind and key that covers the place most closely, in force at ``moment``, else None."""
        those = in_force(self._by_key.get((kind, key), ()), self.retractions, moment)
        return most_specific(those, kind, key, place)

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], list[Release]]:
        """Releases by kind and key, each list with the successors too that took another key: they replace as well."""
        keys = {release.id: (release.kind, release.key) for release in self.releases}
        found: dict[tuple[str, str], list[Release]] = {}
        for release in self.releases:
            for key in dict.fromkeys((keys[release.id], keys.get(release.supersedes or "", keys[release.id]))):
                found.setdefault(key, []).append(release)
        return found

    def of_kind(self, kind: str, moment: datetime) -> list[Release]:
        """All releases of one kind in force at ``moment``."""
        return [release for release in self.at(moment) if release.kind == kind]


def snapshot_to_json(snapshot: Snapshot) -> dict[str, Any]:
    """JSON object ``{etag, made_at, releases[], retractions[]}``."""
    return {
        "etag": snapshot.etag,
        "made_at": snapshot.made_at.isoformat(),
        "releases": [release_to_json(release) for release in snapshot.releases],
        "retractions": [retraction_to_json(retraction) for retraction in snapshot.retractions],
    }


def snapshot_from_json(body: Mapping[str, Any]) -> Snapshot:
    """Parses a snapshot and checks every release against its fingerprint.

    Raises:
        SnapshotError: wrong shape, or a fingerprint that does not fit.
    """
    try:
        snapshot = Snapshot(
            etag=str(body["etag"]),
            made_at=datetime.fromisoformat(body["made_at"]),
            releases=tuple(release_from_json(release) for release in body["releases"]),
            retractions=tuple(retraction_from_json(retraction) for retraction in body["retractions"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SnapshotError(f"snapshot has a wrong shape: {error!r}; check the newsroom's version") from error
    for release in snapshot.releases:
        if fingerprint(release) != release.sha256:
            raise SnapshotError(f"release {release.id} does not match its sha256; it was changed after approval")
    return snapshot


@dataclass
class SnapshotCopy:
    """The last good snapshot of one program: in memory, and in ``path`` for the next start.

    ``confirmed_at`` (content clock) is when the newsroom last said that this copy is current.
    """

    path: Path
    snapshot: Snapshot | None = None
    confirmed_at: datetime | None = field(default=None)

    def load(self) -> None:
        """Takes the copy from disk; a missing or damaged file leaves the program without one, to be fetched."""
        try:
            self.snapshot = snapshot_from_json(json.loads(self.path.read_text("utf-8")))
        except (FileNotFoundError, UnicodeDecodeError, json.JSONDecodeError, SnapshotError):
            return
        self.confirmed_at = self.snapshot.made_at

    def replace(self, snapshot: Snapshot, now: datetime) -> None:
        """Takes a new snapshot, which counts at once; the file is swapped whole, so a crash leaves the old one.

        Raises:
            OSError: the file was not written, for want of room; the next start begins with the old one.
        """
        self.snapshot = snapshot
        self.confirmed_at = now
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        draft.write_text(json.dumps(snapshot_to_json(snapshot), ensure_ascii=False), "utf-8")
        os.replace(draft, self.path)

    def confirm(self, now: datetime) -> None:
        """The newsroom answered "not modified"."""
        self.confirmed_at = now

    def is_stale(self, now: datetime) -> bool:
        """Whether a newer bulletin may exist that this copy does not know."""
        return self.confirmed_at is None or now - self.confirmed_at > STALE_AFTER
