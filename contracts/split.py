"""Long texts in several messages, cut where a reader pauses."""

from __future__ import annotations

import re
import unicodedata

LIMIT = 2000
# Where a text may be cut, the best first: paragraph, line, sentence, word.
_BORDERS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…:;])\s+"), re.compile(r"\s+"))
_FULL_ENOUGH = 0.4  # a border before this share of the limit makes too many short messages


def length(text: str) -> int:
    """Length as UTF-16 units: never less than characters, whichever of both Zalo counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split_text(text: str, limit: int = LIMIT) -> list[str]:
    """Pieces of at most ``limit`` in NFC, at least one; nothing but white space at the cuts is lost."""
    rest = unicodedata.normalize("NFC", text).strip()
    pieces = []
    while length(rest) > limit:
        end, start = _cut(rest, limit)
        pieces.append(rest[:end].rstrip())
        rest = rest[start:].lstrip()
    return [*pieces, rest] if rest or not pieces else pieces


def _cut(text: str, limit: int) -> tuple[int, int]:
    """End of the first piece and start of the next."""
    room = _fitting(text, limit)
    for share in (_FULL_ENOUGH, 0.0):
        for border in _BORDERS:
            cuts = [found for found in border.finditer(text, 0, room + 1) if found.start() > share * room]
            if cuts:
                return cuts[-1].start(), cuts[-1].end()
    return room, room


def _fitting(text: str, limit: int) -> int:
    """How many characters from the start fit, without parting a mark from its letter."""
    room = min(len(text), limit)
    while length(text[:room]) > limit:
        room -= 1
    end = room
    while end > 1 and end < len(text) and (unicodedata.combining(text[end]) or text[end] in "\u200d\ufe0f"):
        end -= 1
    return end if end > 1 else room
