"""The prepared validator says what Rasa's own check says, and costs next to nothing."""

from __future__ import annotations

import time
from typing import Any

import pytest
from jsonschema import ValidationError, validate
from rasa.core.actions.action import RemoteAction

from bot.patches import apply_patches

GOOD: list[dict[str, Any]] = [
    {"events": [], "responses": []},
    {
        "events": [{"event": "slot", "timestamp": None, "name": "chu_de", "value": "5k/khau_trang"}],
        "responses": [{"text": "a"}],
    },
    {"events": [{"event": "bot", "text": "a"}, {"event": "slot", "name": "noi", "value": None}]},
    {},
]
BAD: list[Any] = [
    {"events": 3},
    {"responses": ["a"]},
    {"events": [{"event": "nonsense"}]},
    {"events": [{"event": "slot", "name": "noi", "timestamp": "hôm qua", "value": 1}]},
    {"events": [{"event": "slot", "value": 1}]},
    {"events": [{"event": {}}]},
    {"events": [{"event": "slot", "name": "noi", "value": 1}], "responses": "a"},
    [],
    None,
]


@pytest.fixture
def action() -> RemoteAction:
    apply_patches()
    return RemoteAction("action_answer", None)


@pytest.mark.parametrize("result", GOOD)
def test_it_accepts_a_result_when_rasa_does(action: RemoteAction, result: dict[str, Any]) -> None:
    validate(result, RemoteAction.action_response_format_spec())
    assert action._validate_action_result(result) is True


@pytest.mark.parametrize("result", BAD)
def test_it_refuses_a_result_when_rasa_does(action: RemoteAction, result: Any) -> None:
    with pytest.raises(ValidationError):
        validate(result, RemoteAction.action_response_format_spec())
    with pytest.raises(ValidationError, match="not valid"):
        action._validate_action_result(result)


def test_it_checks_the_schema_once_when_it_validates_often(action: RemoteAction) -> None:
    action._validate_action_result(GOOD[1])
    started = time.process_time()
    for _ in range(20):
        action._validate_action_result(GOOD[1])
    ours = time.process_time() - started
    started = time.process_time()
    for _ in range(20):
        validate(GOOD[1], RemoteAction.action_response_format_spec())
    assert ours * 5 < time.process_time() - started
