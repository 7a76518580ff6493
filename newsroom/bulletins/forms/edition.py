"""What every form is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contracts.release import Source
from newsroom.content.models import Bulletin
from newsroom.content.pictures import find_picture


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A bulletin as it is, or would be, told. ``draft``: nobody approved it yet, and every form says so."""

    payload: Mapping[str, Any]
    source: Source | None
    draft: bool

    @property
    def picture(self) -> Path | None:
        """The file of its picture; None without one. Old releases know no pictures."""
        shown = self.payload.get("picture")
        return find_picture(shown["name"]) if shown else None


def edition_of(bulletin: Bulletin) -> Edition:
    """The latest version of a bulletin."""
    latest: Bulletin = bulletin.get_latest_revision_as_object()
    draft = not bulletin.live or bulletin.has_unpublished_changes
    return Edition(payload=latest.payload(), source=latest.source and latest.source.shape(), draft=draft)
