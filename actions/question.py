"""A resident's message as the engine understood it, read from the tracker that comes with an action call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from actions.gazetteer import Gazetteer, Place
from contracts.keys import key_of
from contracts.release import covers
from contracts.turn import Location, location_from_json

PLACE_ENTITY = "dia_danh"
FOREIGN_PLACE_ENTITY = "dia_danh_la"
PENDING_SLOT = "cho_tra_cuu"
PLACE_SLOT = "dia_danh"
TOPIC_SLOT = "chu_de"


@dataclass(frozen=True, kw_only=True)
class PlaceReading:
    """Which place a message names: one, several that it may mean, or a name that is none of the province's."""

    place: Place | None = None
    choices: tuple[Place, ...] = ()
    shared_name: str = ""
    foreign_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One message. ``ranking`` holds the keys that it may mean, best first; ``pending`` the look-up that waits for a place."""

    key: str
    text: str
    ranking: tuple[str, ...]
    reading: PlaceReading
    location: Location | None
    pending: str
    last_place: str

    @property
    def place(self) -> str:
        """Path of the place that the message names, "" when it names none."""
        return "" if self.reading.place is None else self.reading.place.path


def read_question(message: Mapping[str, Any], slots: Mapping[str, Any], gazetteer: Gazetteer) -> Question:
    """The question in a tracker's ``latest_message`` and slots.

    Raises:
        KeyError, TurnShapeError: the message has no intent, or a location that is none.
    """
    location = (message.get("metadata") or {}).get("location")
    ranking = (key_of(str(entry["name"])) for entry in message.get("intent_ranking") or ())
    return Question(
        key=key_of(str(message["intent"]["name"])),
        text=str(message.get("text") or ""),
        # Technical intents (dia_danh, hoi_lai, ...) are no answer keys: those have a group.
        ranking=tuple(key for key in ranking if "/" in key),
        reading=read_places(message.get("entities") or (), gazetteer),
        location=None if location is None else location_from_json(location),
        pending=str(slots.get(PENDING_SLOT) or ""),
        last_place=str(slots.get(PLACE_SLOT) or ""),
    )


def read_places(entities: Iterable[Mapping[str, Any]], gazetteer: Gazetteer) -> PlaceReading:
    """Settles which place is meant: a district before a commune of its name, a commune by the district named with it."""
    entities = list(entities)
    mentions = [
        (str(entity["value"]), _district_first(_candidates(entity, gazetteer)))
        for entity in entities
        if entity["entity"] == PLACE_ENTITY and entity.get("candidates")
    ]
    settled = [places[0] for _, places in mentions if len(places) == 1]
    for name, places in mentions:
        if len(places) > 1:
            inside = [place for place in places if any(covers(other.path, place.path) for other in settled)]
            if len(inside) != 1:
                return PlaceReading(choices=tuple(places), shared_name=name)
            settled.append(inside[0])
    narrowest = _narrowest(settled)
    if narrowest:
        return PlaceReading(place=narrowest[0]) if len(narrowest) == 1 else PlaceReading(choices=tuple(narrowest))
    foreign = [str(entity["value"]) for entity in entities if entity["entity"] == FOREIGN_PLACE_ENTITY]
    return PlaceReading(foreign_name=foreign[0] if foreign else "")


def _candidates(entity: Mapping[str, Any], gazetteer: Gazetteer) -> list[Place]:
    return [gazetteer.place(str(c["place"]), str(c.get("name", ""))) for c in entity["candidates"]]


def _district_first(places: list[Place]) -> list[Place]:
    districts = [place for place in places if place.is_district]
    return districts if len(districts) == 1 else places


def _narrowest(places: list[Place]) -> list[Place]:
    """Distinct places without those that only say where another one lies."""
    distinct = list(dict.fromkeys(places))
    return [p for p in distinct if not any(covers(p.path, other.path) for other in distinct if other != p)]
