"""What a danger rule consists of."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Needs(Enum):
    """What must be in the message besides the phrase."""

    NOTHING = "nothing"  # the phrase speaks for itself, unless the message asks in general
    SOMEBODY = "somebody"  # also a person whom it happens to, or a sign that it happens now
    COMPANION = "companion"  # a hint: counts beside a phrase of one of the rules named in ``companions``
    ALONE = "alone"  # nothing: the phrase is all that is written, longer it would mean something else
    INJECTION = "injection"  # also a vaccination; harmless without one


class Rule(NamedTuple):
    """One rule: its name (for logs and tests), the taxonomy key, its phrases in the language of `vitext.phrases`.

    ``not_after`` (words, one element) and ``not_before`` (phrases): beside these the rule's phrases mean something else.
    ``unless`` names a circumstance (`vitext.rules.circumstances.MARKS`) that explains the phrase harmlessly where it
    stands in the same sentence. ``companions`` names the rules whose phrases make a hint count (`Needs.COMPANION`).
    """

    name: str
    key: str
    phrases: tuple[str, ...]
    needs: Needs = Needs.NOTHING
    not_after: str = ""
    not_before: tuple[str, ...] = ()
    unless: str = ""
    companions: frozenset[str] = frozenset()
