"""Patch: Rasa's RulePolicy compares a state with every rule, several times a turn; an index leaves the few that can match.

What decides is still Rasa's own comparison (``_is_rule_applicable``). The index only passes over the rules whose last
state asks for another intent or another previous action than the conversation's, which the comparison would refuse too.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

ANY = ""  # the rule asks for none, or for something that the index does not know


def _asked(state: dict[str, Any], part: str, name: str) -> str:
    value = state.get(part, {}).get(name)
    return value if isinstance(value, str) and value != SHOULD_NOT_BE_SET else ANY


class RuleIndex:
    """The keys of one of the policy's look-ups by the intent and the previous action of the rule's last state."""

    def __init__(self, lookup: dict[str, str]) -> None:
        self.lookup = lookup  # held, so that no other dict gets its identity
        self.size = len(lookup)
        self._keys: dict[tuple[str, str], list[str]] = defaultdict(list)
        for key in lookup:
            last = json.loads(key)[-1]
            self._keys[_asked(last, USER, INTENT), _asked(last, PREVIOUS_ACTION, ACTION_NAME)].append(key)

    def candidates(self, state: dict[str, Any]) -> set[str]:
        """Keys that a conversation in this state may match."""
        intent, action = _asked(state, USER, INTENT), _asked(state, PREVIOUS_ACTION, ACTION_NAME)
        places = {(intent, action), (intent, ANY), (ANY, action), (ANY, ANY)}
        if not state.get(PREVIOUS_ACTION):  # a conversation's start matches a rule's start, whatever its intent
            places = {place for place in self._keys if place[1] == ANY}
        return {key for place in places for key in self._keys.get(place, ())}


def possible_keys(self: RulePolicy, lookup: dict[str, str], states: Sequence[dict[str, Any]]) -> set[str]:
    """As Rasa's ``_get_possible_keys``: the rules that the states match, the last state first."""
    if not states:
        return set(lookup)
    indexes: dict[int, RuleIndex] = self.__dict__.setdefault("_rule_indexes", {})
    index = indexes.get(id(lookup))
    if index is None or index.size != len(lookup):
        index = indexes[id(lookup)] = RuleIndex(lookup)
    keys = index.candidates(states[-1])
    for turn, state in enumerate(reversed(states)):
        keys = {key for key in keys if self._is_rule_applicable(key, turn, state)}
    return keys


def apply() -> None:
    """Replaces the method on the class; the policy of every model has it."""
    RulePolicy._get_possible_keys = possible_keys
