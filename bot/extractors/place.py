"""Rasa entity extractor for the places of the province."""

from __future__ import annotations

import json
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.places.files import DEFAULT_FILES, gazetteer_of
from bot.places.finder import Place, PlaceFinder
from bot.places.gazetteer import Gazetteer, gazetteer_from_json, gazetteer_to_json

PLACE_ENTITY = "dia_danh"
UNKNOWN_PLACE_ENTITY = "dia_danh_la"
# Property of a message for the components that follow; it stays inside the pipeline.
PLACES = "places"
_STORED = "gazetteer.json"


class PlaceExtractor(GraphComponent):
    """Writes entities ``dia_danh`` (with ``candidates``) and ``dia_danh_la`` (a place that the province does not have).

    The gazetteer of the training is kept in the model, so that model and patterns always belong together.
    """

    @staticmethod
    def supported_languages() -> list[str] | None:
        """Supported languages (see parent class for full docstring)."""
        return ["vi"]

    @staticmethod
    def required_packages() -> list[str]:
        """Any extra python dependencies required for this component to run."""
        return ["spacy"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns default config (see parent class for full docstring)."""
        return dict(DEFAULT_FILES)

    def __init__(self, model_storage: ModelStorage, resource: Resource, gazetteer: Gazetteer) -> None:
        """Builds the matcher, about 50 ms."""
        self._model_storage = model_storage
        self._resource = resource
        self._gazetteer = gazetteer
        self._finder = PlaceFinder(gazetteer)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PlaceExtractor:
        """Creates a new component (see parent class for full docstring)."""
        return cls(model_storage, resource, gazetteer_of(config))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> PlaceExtractor:
        """Loads the gazetteer of the training (see parent class for full docstring)."""
        with model_storage.read_from(resource) as folder:
            body = json.loads((folder / _STORED).read_text("utf-8"))
        return cls(model_storage, resource, gazetteer_from_json(body))

    def train(self, training_data: TrainingData) -> Resource:
        """Nothing to learn: keeps the gazetteer."""
        with self._model_storage.write_to(self._resource) as folder:
            body = json.dumps(gazetteer_to_json(self._gazetteer), ensure_ascii=False)
            (folder / _STORED).write_text(body, "utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities of each message."""
        for message in messages:
            text = message.get(TEXT, "")
            places = self._finder.find(text)
            message.set(PLACES, places)
            entities = [_entity(place, text) for place in places]
            message.set(ENTITIES, [*message.get(ENTITIES, []), *entities], add_to_output=True)
        return messages


def _entity(place: Place, text: str) -> dict[str, Any]:
    entity: dict[str, Any] = {
        "entity": PLACE_ENTITY if place.units else UNKNOWN_PLACE_ENTITY,
        "start": place.start,
        "end": place.end,
        "value": text[place.start : place.end],
        "extractor": PlaceExtractor.__name__,
    }
    if place.units:
        entity["candidates"] = [{"place": unit.place, "name": unit.label} for unit in place.units]
    return entity
