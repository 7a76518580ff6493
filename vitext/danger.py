"""The priority-1 rules: whether a message, as typed, speaks of danger to life or limb now.

The gateway asks this on every inbound message and the engine asks it again; recall comes first, but a question in
general ("dấu hiệu khó thở thì gọi số nào") is no danger. The rules are data in `vitext.rules`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from typing import NamedTuple

from vitext.measurements import measured
from vitext.message import Message, read_message
from vitext.phrases import Hit, PhraseBook
from vitext.rules import (
    at_home,
    calls,
    circulation,
    consciousness,
    emergency,
    failing,
    farewell,
    hints,
    last_things,
    means,
    reaction,
    self_harm,
    violence,
)
from vitext.rules.rule import Needs, Rule
from vitext.rules.words import CLASSES, COMPOUNDS
from vitext.situation import Situation

_MEASURED = tuple(
    Rule(name, emergency.KEY, ())
    for name in ("oxygen_measured", "breaths_counted", "beats_counted", "pressure_measured")
)
# Where several dangers are in one message the first rule here decides which safety text is sent.
RULES: tuple[Rule, ...] = (
    *self_harm.RULES,
    *means.RULES,
    *farewell.RULES,
    *last_things.RULES,
    *reaction.RULES,
    *emergency.RULES,
    *consciousness.RULES,
    *failing.RULES,
    *circulation.RULES,
    *_MEASURED,
    *violence.RULES,
    *at_home.RULES,
    *hints.RULES,
    *calls.RULES,
)
_BY_NAME = {rule.name: rule for rule in RULES}
_RANK = {rule.name: rank for rank, rule in enumerate(RULES)}
_PHRASES = PhraseBook([(rule.name, phrase) for rule in RULES for phrase in rule.phrases], CLASSES)
_WORDS_BEFORE = PhraseBook([(rule.name, rule.not_after) for rule in RULES if rule.not_after], CLASSES)
_WORDS_AFTER = PhraseBook([(rule.name, phrase) for rule in RULES for phrase in rule.not_before], CLASSES)
_COMPOUNDS = PhraseBook([("compound", phrase) for phrase in COMPOUNDS], CLASSES)
_GLUED = _PHRASES.glued()
# Words between two hints that make a danger only together: in a long story they often belong to different things.
REACH = 20


class Danger(NamedTuple):
    """A danger found: a taxonomy key (``nhay_cam/…``) and the name of the rule that found it."""

    key: str
    rule: str


def find_danger(text: str) -> Danger | None:
    """The gravest danger that ``text`` speaks of, or None; any text is allowed, time is linear in its length."""
    message = read_message(text, _GLUED)
    hits = [*_outside_compounds(_PHRASES.find(message), message), *measured(message)]
    hits = _without_lone_hints([hit for hit in hits if not _has_other_meaning(hit, message)])
    if not hits:
        return None
    situation = Situation(message)
    # What is denied, or said of an animal, is no company for another hint.
    hits = _without_lone_hints([hit for hit in hits if not (_is_hint(hit) and _is_no_company(hit, situation))])
    dangers = (_danger(hit, situation) for hit in hits)
    return min(filter(None, dangers), key=lambda danger: _RANK[danger.rule], default=None)


def _danger(hit: Hit, situation: Situation) -> Danger | None:
    rule = _BY_NAME[hit.name]
    if not _counts(hit, rule, situation):
        return None
    is_reaction = rule.key == emergency.KEY and situation.injected
    return Danger(reaction.KEY if is_reaction else rule.key, rule.name)


def _counts(hit: Hit, rule: Rule, situation: Situation) -> bool:
    if situation.is_told(hit) or situation.is_of_no_person(hit) or (rule.phrases and situation.is_negated(hit)):
        return False
    if rule.unless and situation.is_explained(hit, rule.unless):
        return False
    if rule.needs is Needs.INJECTION and not situation.injected:
        return False
    if rule.needs is Needs.ALONE and not situation.is_whole_message(hit):
        return False
    if rule.needs is Needs.SOMEBODY and not situation.concerns_somebody(hit):
        return rule.key == self_harm.KEY and situation.is_wished(hit)
    if rule.key == self_harm.KEY:
        return True
    if rule.key == violence.KEY:
        return not situation.asks_about_law(hit)
    return not situation.is_general(hit)


def _outside_compounds(hits: list[Hit], message: Message) -> list[Hit]:
    inside = {index for compound in _COMPOUNDS.find(message) for index in range(compound.start, compound.end)}
    return [hit for hit in hits if hit.start not in inside and hit.end - 1 not in inside] if inside else hits


def _without_lone_hints(hits: list[Hit]) -> list[Hit]:
    """The hits without those hints beside which none of their companions stands."""
    starts: dict[str, list[int]] = {}
    ends: dict[str, list[int]] = {}
    for hit in filter(_is_hint, hits):
        insort(starts.setdefault(hit.name, []), hit.start)
        insort(ends.setdefault(hit.name, []), hit.end)

    def is_alone(hit: Hit) -> bool:
        present = _BY_NAME[hit.name].companions & starts.keys()
        return not any(
            _is_between(ends[name], hit.start - REACH, hit.start) or _is_between(starts[name], hit.end, hit.end + REACH)
            for name in present
        )

    return [hit for hit in hits if not (_is_hint(hit) and is_alone(hit))]


def _is_between(places: list[int], low: int, high: int) -> bool:
    """Whether one of the sorted places is from ``low`` to ``high``."""
    return bisect_left(places, low) < bisect_right(places, high)


def _is_no_company(hit: Hit, situation: Situation) -> bool:
    return situation.is_negated(hit) or situation.is_of_no_person(hit)


def _is_hint(hit: Hit) -> bool:
    return _BY_NAME[hit.name].needs is Needs.COMPANION


def _has_other_meaning(hit: Hit, message: Message) -> bool:
    """Whether a neighbour of the phrase makes it mean something harmless ("nghiên cứu với", "đánh giá")."""
    return hit.name in _WORDS_BEFORE.beside(message, hit.start, hit.start - 1) or hit.name in _WORDS_AFTER.beside(
        message, hit.end - 1, hit.end
    )
