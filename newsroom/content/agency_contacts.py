"""Finds contacts that are for agencies only, however they are spelled."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LIST = Path(__file__).with_name("agency_only.yml")
# What people put between digits: spaces of any kind, dots, dashes, brackets, slashes.
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s.,\-–—‑()/_+]+(?=\d)")


def agency_contacts_in(text: str) -> list[str]:
    """The agency-only contacts that a text holds, as the list spells them."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    digits = _BETWEEN_DIGITS.sub("", plain)
    squeezed = re.sub(r"\s+", "", plain)
    phones, texts = _listed()
    return [phone for phone in phones if phone.removeprefix("0") in digits] + [t for t in texts if t in squeezed]


def texts_in(value: Any) -> Iterator[str]:
    """All texts inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)


@cache
def _listed() -> tuple[tuple[str, ...], tuple[str, ...]]:
    entries = yaml.safe_load(LIST.read_text("utf-8"))
    return (
        tuple(entry["digits"] for entry in entries["phones"]),
        tuple(entry["text"].casefold() for entry in entries["texts"]),
    )
