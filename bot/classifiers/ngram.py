"""Rasa intent classifier on n-grams."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.classifiers.linear import LinearModel
from bot.classifiers.linear_training import Example, train_linear_model
from bot.classifiers.ranking import set_ranking
from bot.extractors.place import PLACES
from bot.featurizers.sentence import Sentence, make_sentence
from bot.places.files import DEFAULT_FILES, gazetteer_of
from bot.places.finder import PlaceFinder
from contracts.text import clean_text


class NgramIntentClassifier(GraphComponent, IntentClassifier):
    """Ranks all intents of the training data."""

    @staticmethod
    def supported_languages() -> list[str] | None:
        """Supported languages (see parent class for full docstring)."""
        return ["vi"]

    @staticmethod
    def required_packages() -> list[str]:
        """Any extra python dependencies required for this component to run."""
        return ["sklearn", "spacy"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns default config (see parent class for full docstring)."""
        return dict(DEFAULT_FILES)  # places are masked in the examples as the extractor finds them in messages

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: LinearModel | None = None
    ) -> None:
        """A classifier without ``model`` can only be trained."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NgramIntentClassifier:
        """Creates a new component (see parent class for full docstring)."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NgramIntentClassifier:
        """Loads the trained component (see parent class for full docstring)."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on all examples with an intent and keeps the model."""
        finder = PlaceFinder(gazetteer_of(self._config))
        examples = [
            Example(_sentence(clean_text(message.get(TEXT)), finder), message.get(INTENT), _voice(message))
            for message in training_data.intent_examples
            if message.get(TEXT) and message.get(INTENT)
        ]
        self._model = train_linear_model(examples)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Writes ``intent`` and ``intent_ranking`` of each message.

        Raises:
            RuntimeError: the component was neither trained nor loaded.
        """
        if self._model is None:
            raise RuntimeError("the intent classifier has no model; train it first")
        for message in messages:
            sentence = make_sentence(message.get(TEXT, ""), message.get(PLACES, []))
            set_ranking(message, self._model.ranking(sentence))
        return messages


def _sentence(text: str, finder: PlaceFinder) -> Sentence:
    return make_sentence(text, finder.find(text))


def _voice(message: Message) -> str:
    """Who wrote an example: ``metadata: {voice: c}`` of its intent's block in the training file, "" without."""
    of_block = (message.get(METADATA) or {}).get(METADATA_INTENT)
    return str(of_block.get("voice", "")) if isinstance(of_block, dict) else ""
