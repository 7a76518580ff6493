"""What an approval would change, as readable pieces of text."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsroom.releases.lines import Line

_PIECES = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """Some text and whether it stays (``same``), comes (``added``) or goes (``removed``)."""

    state: str
    text: str


@dataclass(frozen=True)
class FieldChange:
    """One labelled field with its pieces."""

    label: str
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether anything comes or goes."""
        return any(piece.state != "same" for piece in self.pieces)


def changes(before: Sequence[Line], after: Sequence[Line]) -> list[FieldChange]:
    """Field by field, in the order of ``after``; fields that vanished come last."""
    old, new = _by_label(before), _by_label(after)
    labels = [*new, *(label for label in old if label not in new)]
    return [FieldChange(label, tuple(_compare(old.get(label, ""), new.get(label, "")))) for label in labels]


def _by_label(lines: Sequence[Line]) -> dict[str, str]:
    return {line.label: line.text for line in lines}


def _compare(before: str, after: str) -> Iterator[Piece]:
    """Word by word: Vietnamese words are short, so this reads better than whole lines."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for operation, i, j, k, m in matcher.get_opcodes():
        if operation == "equal":
            yield Piece("same", "".join(old[i:j]))
            continue
        if j > i:
            yield Piece("removed", "".join(old[i:j]))
        if m > k:
            yield Piece("added", "".join(new[k:m]))
