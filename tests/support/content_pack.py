"""The shipped content pack as a snapshot, for tests of programs that read releases without a newsroom."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from contracts.clock import VIETNAM
from contracts.release import Release, Source, fingerprint
from contracts.snapshot import Snapshot

CONTENT = Path(__file__).resolve().parents[2] / "content"
APPROVED = datetime(2021, 12, 31, 8, 0, tzinfo=VIETNAM)
_KINDS = {"safety": "safety.yml", "system": "system.yml", "menu": "menu.yml", "hotline": "hotlines.yml"}


@cache
def shipped_snapshot() -> Snapshot:
    """faq (with small talk), safety, system, menu and hotline releases of the pack."""
    files = [("faq", path) for path in sorted((CONTENT / "faq").glob("*.yml"))] + [("faq", CONTENT / "chat.yml")]
    files += [(kind, CONTENT / name) for kind, name in _KINDS.items()]
    sources = {entry["id"]: entry for entry in _read(CONTENT / "sources.yml")}
    releases = [_release(kind, entry, sources) for kind, path in files for entry in _read(path)]
    return Snapshot(etag="pack", made_at=APPROVED, releases=tuple(releases))


def _read(path: Path) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


def _release(kind: str, entry: dict[str, Any], sources: dict[str, dict[str, Any]]) -> Release:
    source = sources.get(entry.get("source", ""))
    outside = {"key", "source", "valid_from", "valid_to", "place"}
    release = Release(
        id=f"{kind}:{entry['key']}",
        kind=kind,
        key=entry["key"],
        place="",
        payload={name: value for name, value in entry.items() if name not in outside},
        source=None if source is None else _source(source),
        authors=("bien_tap",),
        approver="phe_duyet",
        approved_at=APPROVED,
        valid_from=APPROVED,
        valid_to=None,
    )
    return replace(release, sha256=fingerprint(release))


def _source(entry: dict[str, Any]) -> Source:
    day = datetime.fromisoformat(str(entry["date"])).date()
    return Source(number=entry["number"], title=entry["title"], issuer=entry["issuer"], date=day, url=entry["url"])
