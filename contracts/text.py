"""How foreign text enters the product, the same at every border: NFC, no control characters, no lone surrogates."""

from __future__ import annotations

import unicodedata

MAX_MESSAGE_CHARS = 2000
_KEPT_CONTROLS = {"\n", "\t"}
# Joiners and marks that carry no meaning in Vietnamese but split words and hide text: zero-width space, joiners,
# direction marks, word joiner, byte-order mark. U+200D stays inside emoji sequences only by chance of the font.
_INVISIBLE = {"\u200b", "\u200c", "\u200e", "\u200f", "\u2060", "\ufeff", "\u00ad"}


def clean_text(raw: str) -> str:
    """The text as the product keeps it: NFC, line ends ``\\n``, without control, invisible, surrogate characters.

    Ð (U+00D0, Icelandic) and ɖ/Ɖ look like đ/Đ and come from some keyboards; they become the Vietnamese letter.
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    # Looking at each character took half the time of filling a new installation.
    if not text.replace("\n", "").replace("\t", "").isprintable():
        text = "".join(character for character in text if _is_kept(character))
    text = text.translate({0x00D0: "Đ", 0x0189: "Đ", 0x0256: "đ"})
    return unicodedata.normalize("NFC", text).strip()


def has_words(text: str) -> bool:
    """Whether there is at least one letter or digit: emoji and punctuation alone are no question."""
    return any(character.isalnum() for character in text)


def _is_kept(character: str) -> bool:
    if character in _KEPT_CONTROLS:
        return True
    if character in _INVISIBLE:
        return False
    return unicodedata.category(character) not in {"Cc", "Cs", "Cn"}
