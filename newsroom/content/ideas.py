"""Ideas that the answer of a key has to hold, as the taxonomy lists them."""

from __future__ import annotations

from functools import cache

import yaml
from django.conf import settings

from vitext.fold import fold


def ideas_lacking(key: str, text: str) -> list[tuple[str, ...]]:
    """What the taxonomy asks of an answer and the text does not say, accents and case aside; a tuple is "either"."""
    folded = fold(text)
    return [words for words in _ideas().get(key, ()) if not any(word in folded for word in words)]


@cache
def _ideas() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Key → ideas; ``a|b`` in the file is either word."""
    taxonomy = yaml.safe_load((settings.ROOT / "data" / "taxonomy.yml").read_text("utf-8"))
    return {
        str(answer["key"]): tuple(tuple(str(idea).split("|")) for idea in answer.get("must", ()))
        for answer in taxonomy["answers"]
    }
