"""Whether somebody asks something, told by the words alone."""

from __future__ import annotations

from itertools import pairwise

from vitext.fold import syllables
from vitext.teencode import normalize_tokens
from vitext.vocabulary import word_set

_ASKING = word_set("gi nao sao ai may bao")
_WHERE_BEFORE = word_set("o di den noi goi tai cho hoi toi khai tiem xem")
_CLOSING = word_set("khong chua dau")
_PARTICLES = word_set("a ad vay nhi nhe ha ban em oi bac si anh chi voi the da")


def asks(text: str) -> bool:
    """Whether there is a question word in the text, or it ends like a question."""
    words = normalize_tokens(syllable.text for syllable in syllables(text))
    if not _ASKING.isdisjoint(words):
        return True
    if any(word == "dau" and before in _WHERE_BEFORE for before, word in pairwise(words)):
        return True
    while words and words[-1] in _PARTICLES:
        words.pop()
    return bool(words) and words[-1] in _CLOSING
