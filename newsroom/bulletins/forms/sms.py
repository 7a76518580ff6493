"""The bulletin as SMS without diacritics: with them a part would hold 70 characters instead of 160."""

from __future__ import annotations

import unicodedata

from contracts.bulletin import bulletin_as_of, bulletin_title, figure_lines
from contracts.reply import vietnamese_time
from newsroom.bulletins.forms.edition import Edition

PART = 160  # characters of the GSM 7-bit alphabet in one message (3GPP TS 23.038)
_NUMBERING = len("(99/99) ")
# What that alphabet and plain Vietnamese have in common; its extension ([]{}~^|\€) takes two places, so it is left out.
_ALPHABET = frozenset("@$_!\"#%&'()*+,-./:;<=>? ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
_REPLACED = str.maketrans({"đ": "d", "Đ": "D", "“": '"', "”": '"', "’": "'", "–": "-", "—": "-", "…": "...", "\n": " "})


def sms_parts(edition: Edition) -> list[str]:
    """Numbered parts of at most 160 characters each, cut between words."""
    payload = edition.payload
    head = f"{bulletin_title(payload)}. So lieu den {vietnamese_time(bulletin_as_of(payload))}: "
    source = f"Nguon: {edition.source.issuer}." if edition.source else ""
    texts = (head + "; ".join(figure_lines(payload)) + ".", payload["commentary"], payload["advice"], source)
    text = plain(" ".join(str(part) for part in texts if part))
    if len(text) <= PART:
        return [text]
    cut = _cut(text, PART - _NUMBERING)
    return [f"({number}/{len(cut)}) {part}" for number, part in enumerate(cut, start=1)]


def plain(text: str) -> str:
    """Without diacritics, in the alphabet that every telephone has; single spaces."""
    letters = unicodedata.normalize("NFD", text.translate(_REPLACED))
    return " ".join("".join(letter for letter in letters if letter in _ALPHABET).split())


def _cut(text: str, longest: int) -> list[str]:
    parts = [""]
    for word in text.split(" "):
        pieces = [word[start : start + longest] for start in range(0, len(word), longest)]
        for piece in pieces:
            joined = f"{parts[-1]} {piece}".strip()
            if len(joined) <= longest:
                parts[-1] = joined
            else:
                parts.append(piece)
    return parts
