"""Vietnamese word segmentation: spaCy's blank Vietnamese pipeline, with pyvi inside."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import spacy
from spacy.language import Language

# pyvi's model looks at the whole sentence and its time grows with the length; messages are at most 2,000 characters,
# and what is cut in pieces is only longer training or test input.
_PIECE = 2_000


class Word(NamedTuple):
    """A word and its half-open span in the text; a Vietnamese word may hold spaces ("cách ly")."""

    text: str
    start: int
    end: int


def cut(text: str) -> list[Word]:
    """The words of an NFC text in order, without overlaps; ``text[word.start:word.end] == word.text`` for each.

    pyvi distinguishes capitals and accents, and cuts the same sentence differently without accents: words alone do
    not bring the two spellings together, so they stand beside syllables and characters among the features.
    """
    return [word for start in range(0, len(text), _PIECE) for word in _cut_piece(text[start : start + _PIECE], start)]


def _cut_piece(piece: str, offset: int) -> Iterator[Word]:
    if not piece.strip():
        return
    position = 0
    for token in _pipeline()(piece):
        found = piece.find(token.text, position) if token.text.strip() else -1
        if found >= 0:
            position = found + len(token.text)
            yield Word(token.text, offset + found, offset + position)


@cache
def _pipeline() -> Language:
    """One pipeline a process: pyvi's model takes a second to load. pyvi's own escapes are deprecated in its source."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        return spacy.blank("vi")
