"""What a danger rule consists of."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Needs(Enum):
    """What must be in the message besides the phrase."""

    NOTHING = "nothing"  # the phrase speaks for itself, unless the message asks in general
    SOMEBODY = "somebody"  # also a person whom it happens to, or a sign that it happens now
    INJECTION = "injection"  # also a vaccination; harmless without one


class Rule(NamedTuple):
    """One rule: its name (for logs and tests), the taxonomy key, its phrases in the language of `vitext.phrases`.

    ``not_after`` (words, one element) and ``not_before`` (phrases): beside these the rule's phrases mean something else.
    """

    name: str
    key: str
    phrases: tuple[str, ...]
    needs: Needs = Needs.NOTHING
    not_after: str = ""
    not_before: tuple[str, ...] = ()
