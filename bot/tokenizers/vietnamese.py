"""Rasa tokenizer for Vietnamese."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.tokenizers.words import cut
from contracts.text import clean_text


class VietnameseTokenizer(Tokenizer):
    """Cuts messages into Vietnamese words with spaCy and pyvi.

    The text of a message is brought to the product's form first (NFC, no lone surrogates, Ð to Đ): pyvi shreds NFD.
    """

    @staticmethod
    def supported_languages() -> list[str] | None:
        """Supported languages (see parent class for full docstring)."""
        return ["vi"]

    @staticmethod
    def required_packages() -> list[str]:
        """Any extra python dependencies required for this component to run."""
        return ["spacy", "pyvi"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns default config (see parent class for full docstring)."""
        return {
            # intents are answer keys, never cut
            "intent_tokenization_flag": False,
            # no meaning without the flag above
            "intent_split_symbol": "_",
            # regular expression to cut words further; none
            "token_pattern": None,
            # no retrieval intents, hence no prefix
            "prefix_separator_symbol": None,
            # whether training examples are cut too; only a component that learns from words needs that
            "cut_examples": True,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> VietnameseTokenizer:
        """Creates a new component (see parent class for full docstring)."""
        cut("sẵn sàng")  # loads pyvi's model now, not in the first resident's turn
        return cls(config)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """See parent class; leaves the examples as they are when nobody learns from their words."""
        return super().process_training_data(training_data) if self._config["cut_examples"] else training_data

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Words of the attribute's text, which becomes clean in the message itself, so that spans fit it."""
        text = clean_text(message.get(attribute))
        message.set(attribute, text)
        return [Token(word.text, word.start, word.end) for word in cut(text)]
