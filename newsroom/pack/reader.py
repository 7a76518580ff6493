"""Reading a content pack (``content/README.md``) from its folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

# File → kind of its entries. Bulletins stand in the order in which they were issued.
FILES = (
    ("system.yml", "system"),
    ("safety.yml", "safety"),
    ("menu.yml", "menu"),
    ("chat.yml", "faq"),
    ("services.yml", "service"),
    ("hotlines.yml", "hotline"),
    ("offices.yml", "office"),
    ("rules.yml", "rule"),
    ("fact_checks.yml", "fact_check"),
    ("sites.yml", "site"),
    ("bulletins.yml", "bulletin"),
)


class PackError(Exception):
    """A file or entry of the pack cannot be used; the message names file, entry and cause."""


@dataclass(frozen=True)
class Entry:
    """One entry of a pack; ``where`` is for messages."""

    kind: str
    body: dict[str, Any]
    where: str


def sources(folder: Path) -> list[Entry]:
    """The documents of ``sources.yml``."""
    return list(_entries(folder / "sources.yml", "source"))


def contents(folder: Path) -> Iterator[Entry]:
    """All other entries, in the order in which they are to be approved."""
    for path in sorted((folder / "faq").glob("*.yml")):
        yield from _entries(path, "faq")
    for name, kind in FILES:
        yield from _entries(folder / name, kind)


def _entries(path: Path, kind: str) -> Iterator[Entry]:
    try:
        bodies = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise PackError(f"{path} cannot be read ({error.strerror}); name the pack's folder with --content") from error
    except yaml.YAMLError as error:
        raise PackError(f"{path} is not YAML: {error}") from error
    if not isinstance(bodies, list):
        raise PackError(f"{path} holds {type(bodies).__name__}; it must hold a list of entries")
    for number, body in enumerate(bodies, start=1):
        if not isinstance(body, dict):
            raise PackError(f"{path}, entry {number} is {type(body).__name__}; it must be a mapping")
        yield Entry(kind, body, f"{path}, entry {number} ({body.get('key') or body.get('id')})")
