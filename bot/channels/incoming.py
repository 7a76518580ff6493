"""What a turn request becomes before Rasa sees it: parse data for each question in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from rasa.core.processor import MessageProcessor
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, TEXT

from bot.channels.awaited import as_awaited
from bot.channels.before import Before
from bot.classifiers.place_only import PLACE_INTENT
from bot.conversation.choices import typed_choice
from bot.conversation.reading import questions_in
from bot.extractors.place import PLACE_ENTITY
from bot.judgement import LOCATION_INTENT
from bot.understanding import parse, pipeline_span
from contracts.keys import NO_ANSWER_YET, intent_of
from contracts.text import clean_text, has_words
from contracts.turn import Payload, TurnRequest, request_to_json


class NothingSaidError(ValueError):
    """A message without a letter or digit, without a tap and without a location; the gateway answers such itself."""


def parse_request(
    request: TurnRequest, processor: MessageProcessor, place_names: Mapping[str, str], before: Before
) -> list[dict[str, Any]]:
    """Parse data of the questions in a request: a tap and a location mean what they mean, a text what the pipeline finds.

    Raises:
        NothingSaidError: see the class.
    """
    text = _text(request)
    payload = request.payload or typed_choice(text, before.shown)
    if payload is not None:
        return [_of_tap(text, payload, processor.domain.intents, place_names)]
    if request.location is not None:
        return [_certain(LOCATION_INTENT, text)]
    if not has_words(text):
        raise NothingSaidError("the text holds no letter or digit")
    schema = processor.model_metadata.predict_schema
    needs = {name: node.needs for name, node in schema.nodes.items()}
    span = pipeline_span(needs, processor.model_metadata.nlu_target)

    def pipeline(texts: Sequence[str]) -> list[dict[str, Any]]:
        return parse(processor.graph_runner, span, texts)

    (alone,) = pipeline([text])
    parsed = as_awaited(alone, before.waiting)
    if before.waiting and (parsed != alone or parsed[INTENT][INTENT_NAME_KEY] == PLACE_INTENT):
        return [parsed]
    return questions_in(pipeline, parsed, before.context)


def metadata_of(request: TurnRequest) -> dict[str, Any]:
    """The turn's metadata for the tracker, ``{channel, location?, payload?}``."""
    metadata: dict[str, Any] = request_to_json(request)["metadata"]
    return metadata


def _text(request: TurnRequest) -> str:
    return clean_text(request.text)


def _of_tap(text: str, payload: Payload, intents: Collection[str], place_names: Mapping[str, str]) -> dict[str, Any]:
    """A key without examples has no intent yet; the honest reply to it is that there is no answer yet."""
    intent = intent_of(payload.answer)
    parsed = _certain(intent if intent in intents else intent_of(NO_ANSWER_YET), text)
    parsed["entities"] = [_entity(name, value, place_names) for name, value in payload.slots.items()]
    return parsed


def _entity(slot: str, value: str, place_names: Mapping[str, str]) -> dict[str, Any]:
    entity: dict[str, Any] = {"entity": slot, "start": 0, "end": 0, "value": value}
    if slot == PLACE_ENTITY:
        name = place_names.get(value, value)
        entity.update(value=name, candidates=[{"place": value, "name": name}])
    return entity


def _certain(intent: str, text: str) -> dict[str, Any]:
    decided = {"name": intent, "confidence": 1.0}
    return {TEXT: text, "intent": decided, "entities": [], "intent_ranking": [decided]}
