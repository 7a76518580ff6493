"""The extractor as Rasa uses it: entities, and the gazetteer in the model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.extractors.place import PlaceExtractor

CONTEXT = ExecutionContext(GraphSchema({}))


def entities(extractor: PlaceExtractor, text: str) -> Any:
    return extractor.process([Message({TEXT: text})])[0].get(ENTITIES)


@pytest.fixture
def storage(tmp_path: Path) -> LocalModelStorage:
    return LocalModelStorage(tmp_path)


def test_it_writes_candidates_when_the_commune_name_repeats(storage: LocalModelStorage) -> None:
    extractor = PlaceExtractor.create(PlaceExtractor.get_default_config(), storage, Resource("place"), CONTEXT)
    assert entities(extractor, "tôi ở xã Xuân Hòa") == [
        {
            "entity": "dia_danh",
            "start": 6,
            "end": 17,
            "value": "xã Xuân Hòa",
            "extractor": "PlaceExtractor",
            "candidates": [
                {"place": "38/395/15517", "name": "xã Xuân Hòa, huyện Thọ Xuân"},
                {"place": "38/402/16180", "name": "xã Xuân Hòa, huyện Như Xuân"},
            ],
        }
    ]


def test_it_writes_an_unknown_place_when_it_is_elsewhere(storage: LocalModelStorage) -> None:
    extractor = PlaceExtractor.create(PlaceExtractor.get_default_config(), storage, Resource("place"), CONTEXT)
    assert entities(extractor, "ở Hà Nội về") == [
        {"entity": "dia_danh_la", "start": 2, "end": 8, "value": "Hà Nội", "extractor": "PlaceExtractor"}
    ]


def test_it_finds_the_same_when_it_was_loaded_from_the_model(storage: LocalModelStorage) -> None:
    config = PlaceExtractor.get_default_config()
    trained = PlaceExtractor.create(config, storage, Resource("place"), CONTEXT)
    resource = trained.train(TrainingData())
    # A loaded component must not need the files: the settings name files that do not exist.
    loaded = PlaceExtractor.load(dict.fromkeys(config, "nowhere"), storage, resource, CONTEXT)
    for text in ("điểm tiêm ở Thọ Xuân", "từ Hà Nội về", "không có gì"):
        assert entities(loaded, text) == entities(trained, text)
