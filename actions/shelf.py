"""What may be said at one moment: the releases in force, taken from the snapshot copy once per turn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from actions.gazetteer import Gazetteer
from contracts.clock import VIETNAM, Clock
from contracts.release import Release, covers, in_force, most_specific
from contracts.snapshot import Snapshot, SnapshotCopy

# The system texts that the actions use, with the placeholders that each may hold.
SYSTEM_TEXTS: Mapping[str, frozenset[str]] = {
    "he_thong/chua_co_ban_tin": frozenset({"ngay"}),
    "he_thong/chua_kiem_chung": frozenset(),
    "he_thong/da_ghi_nhan_tin": frozenset(),
    "he_thong/dang_ky_ban_tin": frozenset({"ten"}),
    "he_thong/dia_danh_la": frozenset({"ten"}),
    "he_thong/dia_danh_trung": frozenset({"ten"}),
    "he_thong/du_lieu_cu": frozenset({"gio"}),
    "he_thong/het_han": frozenset({"ngay"}),
    "he_thong/hoi_dia_danh": frozenset(),
    "he_thong/hoi_lai": frozenset(),
    "he_thong/hoi_tin_can_bao": frozenset(),
    "he_thong/hoi_tin_kiem_chung": frozenset(),
    "he_thong/huy_dang_ky_ban_tin": frozenset(),
    "he_thong/khong_co_co_quan_y_te": frozenset({"ten"}),
    "he_thong/khong_co_diem_tiem": frozenset({"ten"}),
    "he_thong/khong_hieu": frozenset(),
}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class MissingReleaseError(LookupError):
    """A text without which there is no honest reply is not in force; the caller answers in its degraded way."""


@dataclass(frozen=True)
class Shelf:
    """Releases in force at ``moment`` (content clock).

    ``stale_since`` is set when the copy is so old that a newer bulletin may exist: the time when it was last current.
    """

    moment: datetime
    snapshot: Snapshot
    releases: tuple[Release, ...]
    stale_since: datetime | None
    gazetteer: Gazetteer
    priorities: Mapping[str, int]

    @property
    def today(self) -> date:
        """The day in Vietnam."""
        return self.moment.astimezone(VIETNAM).date()

    def find(self, kind: str, key: str, place: str = "") -> Release | None:
        """The release for the place (the whole province when there is none), the most specific one first."""
        return most_specific(self.releases, kind, key, place or self.gazetteer.province.path)

    def of_kind(self, kind: str) -> list[Release]:
        """All releases of one kind."""
        return [release for release in self.releases if release.kind == kind]

    def coming(self, kind: str) -> list[Release]:
        """Releases of one kind that begin after now, as far ahead as the snapshot reaches, without retracted ones."""
        retracted = {retraction.release for retraction in self.snapshot.retractions}
        later = (release for release in self.snapshot.releases if release.valid_from > self.moment)
        return [release for release in later if release.kind == kind and release.id not in retracted]

    def at(self, moment: datetime) -> Shelf:
        """What may be said at another moment, as far as the snapshot knows."""
        releases = tuple(in_force(self.snapshot.releases, self.snapshot.retractions, moment))
        return replace(self, moment=moment, releases=releases)

    def need(self, kind: str, key: str) -> Release:
        """Like ``find``.

        Raises:
            MissingReleaseError: there is none.
        """
        release = self.find(kind, key)
        if release is None:
            raise MissingReleaseError(f"no {kind} release for {key} is in force; approve one in the newsroom")
        return release

    def last_day(self, kind: str, key: str, place: str = "") -> date | None:
        """The last day of validity of an answer that has run out, None when none is known to have."""
        asked = place or self.gazetteer.province.path
        retracted = {retraction.release for retraction in self.snapshot.retractions}
        ends = [
            release.valid_to
            for release in self.snapshot.releases
            if release.kind == kind and release.key == key and covers(release.place, asked)
            if release.id not in retracted and release.valid_to is not None and release.valid_to <= self.moment
        ]
        # valid_to is exclusive: what ends at midnight held until the day before.
        return (max(ends) - timedelta(microseconds=1)).astimezone(VIETNAM).date() if ends else None


@dataclass(frozen=True)
class Library:
    """All that the actions read: the snapshot copy, the clock, and the data shipped with the program."""

    copy: SnapshotCopy
    clock: Clock
    gazetteer: Gazetteer
    priorities: Mapping[str, int]

    def shelf(self) -> Shelf:
        """What may be said now.

        Raises:
            MissingReleaseError: no snapshot was ever received.
        """
        snapshot, now = self.copy.snapshot, self.clock.content_now()
        if snapshot is None:
            raise MissingReleaseError("no snapshot was received yet; start the newsroom and check SNAPSHOT_TOKEN")
        stale_since = (self.copy.confirmed_at or snapshot.made_at) if self.copy.is_stale(now) else None
        releases = tuple(in_force(snapshot.releases, snapshot.retractions, now))
        return Shelf(now, snapshot, releases, stale_since, self.gazetteer, self.priorities)


def filled(release: Release, values: Mapping[str, str]) -> str:
    """The system text with its placeholders filled.

    Raises:
        MissingReleaseError: the text holds a placeholder that has no value here.
    """
    text = str(release.payload["text"])
    unknown = set(_PLACEHOLDER.findall(text)) - set(values)
    if unknown:
        raise MissingReleaseError(f"{release.key} holds {sorted(unknown)}, not known here; correct the text")
    return _PLACEHOLDER.sub(lambda match: values[match.group(1)], text)


def unusable_texts(shelf: Shelf) -> list[str]:
    """The keys of system texts that are missing or hold a placeholder that nothing fills."""
    found = {release.key: release for release in shelf.of_kind("system")}
    return [
        key
        for key, known in SYSTEM_TEXTS.items()
        if key not in found or set(_PLACEHOLDER.findall(str(found[key].payload["text"]))) - known
    ]
