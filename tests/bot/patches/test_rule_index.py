"""The index leaves out no rule that Rasa's own comparison finds."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import SHOULD_NOT_BE_SET

from bot.patches.rule_index import RuleIndex, possible_keys

INTENTS = [None, "5k.khau_trang", "cach_ly.f1", SHOULD_NOT_BE_SET]
ACTIONS = [None, "action_listen", "action_answer"]
SLOTS = [None, "co", SHOULD_NOT_BE_SET]


def state(intent: str | None, action: str | None, slot: str | None) -> dict[str, Any]:
    """A state as Rasa writes it: what is not there has no entry."""
    made: dict[str, Any] = {}
    if intent:
        made["user"] = {"intent": intent}
    if action:
        made["prev_action"] = {"action_name": action}
    if slot:
        made["slots"] = {"chu_de": [1.0] if slot == "co" else slot}
    return made


STATES = [state(*parts) for parts in itertools.product(INTENTS, ACTIONS, SLOTS)]
RULES = [[last] for last in STATES] + [[first, last] for first in STATES[::5] for last in STATES[::2]]


@pytest.fixture(scope="module")
def policy() -> RulePolicy:
    """The class's methods without a model."""
    return RulePolicy.__new__(RulePolicy)


@pytest.fixture(scope="module")
def lookup() -> dict[str, str]:
    return {json.dumps(rule, sort_keys=True): "action_answer" for rule in RULES}


def compared_with_all(policy: RulePolicy, lookup: dict[str, str], states: list[dict[str, Any]]) -> set[str]:
    """What Rasa's own method finds, which compares with every rule."""
    keys = set(lookup)
    for turn, one in enumerate(reversed(states)):
        keys = {key for key in keys if policy._is_rule_applicable(key, turn, one)}
    return keys


def test_it_finds_what_a_comparison_with_every_rule_finds(policy: RulePolicy, lookup: dict[str, str]) -> None:
    conversations = [[last] for last in STATES] + [[first, last] for first in STATES[::7] for last in STATES]
    found = [possible_keys(policy, lookup, states) for states in conversations]
    assert found == [compared_with_all(policy, lookup, states) for states in conversations]
    assert any(found)


def test_it_compares_with_few_rules_when_the_conversation_has_an_intent() -> None:
    many = {json.dumps([state(f"nhom.y_{i}", "action_listen", None)]): "action_answer" for i in range(100)}
    index = RuleIndex(many)
    assert len(index.candidates(state("nhom.y_7", "action_listen", None))) == 1


def test_it_sees_a_rule_that_was_added_to_the_same_lookup(policy: RulePolicy) -> None:
    here = state("cach_ly.f1", "action_listen", None)
    growing: dict[str, str] = {json.dumps([state("5k.khau_trang", "action_listen", None)]): "a"}
    assert not possible_keys(policy, growing, [here])
    growing[json.dumps([here])] = "b"
    assert possible_keys(policy, growing, [here]) == {json.dumps([here])}


def test_it_finds_every_rule_when_there_is_no_state(policy: RulePolicy, lookup: dict[str, str]) -> None:
    assert possible_keys(policy, lookup, []) == set(lookup)
