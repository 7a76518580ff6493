"""Base of the components that decide by rule and learn nothing."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message
from typing_extensions import Self


class RuleComponent(GraphComponent, IntentClassifier):
    """An intent classifier without training; ``decide`` handles one message."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Keeps the configuration."""
        self._config = config

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """Creates a new component (see parent class for full docstring)."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Decides each message."""
        for message in messages:
            self.decide(message)
        return messages

    def decide(self, message: Message) -> None:
        """Changes intent or ranking of one message, or leaves them."""
        raise NotImplementedError
