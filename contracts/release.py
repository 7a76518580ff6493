"""A release: the only thing that a resident may be told. Its shape, its fingerprint, and when it is in force."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

KINDS = ("faq", "bulletin", "site", "rule", "hotline", "office", "fact_check", "safety", "menu", "system")
PROVINCE = ""  # place of a release that holds everywhere


@dataclass(frozen=True, kw_only=True)
class Source:
    """The document that a release cites."""

    number: str
    title: str
    issuer: str
    date: date
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Release:
    """Approved content, immutable.

    ``place`` is a path of administrative codes: "" everywhere, ``38`` Thanh Hóa, ``38/395`` a district, and
    ``38/395/15499`` a commune. ``payload`` has the fields of its kind (``docs/content.md``). Times are aware;
    ``valid_to`` is exclusive, None for what never expires (safety texts). ``authors`` and ``approver`` are user names.
    """

    id: str
    kind: str
    key: str
    place: str
    payload: Mapping[str, Any]
    source: Source | None
    authors: tuple[str, ...]
    approver: str
    approved_at: datetime
    valid_from: datetime
    valid_to: datetime | None
    supersedes: str | None = None
    urgent: bool = False
    sha256: str = ""

    @property
    def slot(self) -> tuple[str, str, str]:
        """What only one release at a time may fill."""
        return (self.kind, self.key, self.place)


@dataclass(frozen=True, kw_only=True)
class Retraction:
    """A release taken back, from ``at`` on."""

    release: str
    at: datetime
    by: str
    reason: str


def in_force(releases: Iterable[Release], retractions: Iterable[Retraction], at: datetime) -> list[Release]:
    """The releases that hold at ``at``: begun, not ended, not retracted, without a begun successor.

    A retracted successor does not revive what it replaced: silence is safer than a text that was found wanting. One
    retracted before it began never held and replaces nothing (docs/decisions/0002).
    """
    retracted_at = {retraction.release: retraction.at for retraction in retractions}
    retracted = {release for release, since in retracted_at.items() if since <= at}
    begun = [release for release in releases if release.valid_from <= at]
    held = [r for r in begun if r.id not in retracted_at or retracted_at[r.id] >= r.valid_from]
    replaced = {release.supersedes for release in held if release.supersedes}
    return [
        release
        for release in begun
        if release.id not in replaced
        and release.id not in retracted
        and (release.valid_to is None or at < release.valid_to)
    ]


def covers(place: str, asked: str) -> bool:
    """Whether content for ``place`` holds at ``asked`` (the same unit or one inside it)."""
    return place == PROVINCE or asked == place or asked.startswith(place + "/")


def most_specific(releases: Iterable[Release], kind: str, key: str, asked: str) -> Release | None:
    """Of the given releases (in force) the one for kind and key whose place covers ``asked`` most closely."""
    fitting = [r for r in releases if r.kind == kind and r.key == key and covers(r.place, asked)]
    return max(fitting, key=lambda release: len(release.place), default=None)


def fingerprint(release: Release) -> str:
    """SHA-256 of the release's canonical JSON (sorted keys, no spaces, UTF-8, without ``sha256`` itself)."""
    body = release_to_json(release)
    body.pop("sha256")
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def release_to_json(release: Release) -> dict[str, Any]:
    """JSON object of a release; times ISO 8601 with zone, dates ISO."""
    return {
        "id": release.id,
        "kind": release.kind,
        "key": release.key,
        "place": release.place,
        "payload": dict(release.payload),
        "source": None if release.source is None else source_to_json(release.source),
        "authors": list(release.authors),
        "approver": release.approver,
        "approved_at": release.approved_at.isoformat(),
        "valid_from": release.valid_from.isoformat(),
        "valid_to": None if release.valid_to is None else release.valid_to.isoformat(),
        "supersedes": release.supersedes,
        "urgent": release.urgent,
        "sha256": release.sha256,
    }


def source_to_json(source: Source) -> dict[str, str]:
    """JSON object of a source."""
    return {
        "number": source.number,
        "title": source.title,
        "issuer": source.issuer,
        "date": source.date.isoformat(),
        "url": source.url,
    }


def release_from_json(body: Mapping[str, Any]) -> Release:
    """Parses what ``release_to_json`` wrote.

    Raises:
        KeyError, TypeError, ValueError: when a field is missing or of the wrong form.
    """
    source = body["source"]
    return Release(
        id=str(body["id"]),
        kind=str(body["kind"]),
        key=str(body["key"]),
        place=str(body["place"]),
        payload=dict(body["payload"]),
        source=None if source is None else source_from_json(source),
        authors=tuple(str(author) for author in body["authors"]),
        approver=str(body["approver"]),
        approved_at=_moment(body["approved_at"]),
        valid_from=_moment(body["valid_from"]),
        valid_to=None if body["valid_to"] is None else _moment(body["valid_to"]),
        supersedes=body["supersedes"],
        urgent=bool(body["urgent"]),
        sha256=str(body["sha256"]),
    )


def source_from_json(body: Mapping[str, Any]) -> Source:
    """Parses what ``source_to_json`` wrote."""
    return Source(
        number=str(body["number"]),
        title=str(body["title"]),
        issuer=str(body["issuer"]),
        date=date.fromisoformat(body["date"]),
        url=str(body["url"]),
    )


def retraction_to_json(retraction: Retraction) -> dict[str, str]:
    """JSON object of a retraction."""
    return {
        "release": retraction.release,
        "at": retraction.at.isoformat(),
        "by": retraction.by,
        "reason": retraction.reason,
    }


def retraction_from_json(body: Mapping[str, Any]) -> Retraction:
    """Parses what ``retraction_to_json`` wrote."""
    return Retraction(
        release=str(body["release"]), at=_moment(body["at"]), by=str(body["by"]), reason=str(body["reason"])
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"time {text!r} has no zone; write it with one, as 2021-12-31T09:00:00+07:00")
    return moment
