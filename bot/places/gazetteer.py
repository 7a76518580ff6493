"""The administrative units that the assistant knows, and the other provinces that it must recognise as elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

COMMUNE_KINDS = ("xã", "phường", "thị trấn")
DISTRICT_KINDS = ("huyện", "thị xã", "thành phố")
PROVINCE_KIND = "tỉnh"
_KINDS = (PROVINCE_KIND, *DISTRICT_KINDS, *COMMUNE_KINDS)


class GazetteerError(ValueError):
    """A file of places lacks a field or holds a unit of an unknown kind; the message names the file."""


@dataclass(frozen=True)
class Unit:
    """An administrative unit: ``place`` is its path of codes (``38/395/15499``), ``parent`` the label of its district."""

    place: str
    kind: str
    name: str
    parent: str = ""

    @property
    def label(self) -> str:
        """``huyện Thọ Xuân``; a commune with its district, because commune names repeat."""
        own = f"{self.kind} {self.name}"
        return f"{own}, {self.parent}" if self.parent else own


@dataclass(frozen=True)
class Elsewhere:
    """Another province by one of its names; ``always`` is false for names that are also common words."""

    name: str
    always: bool


@dataclass(frozen=True)
class Gazetteer:
    """Units of the province with the names that lead to them, and the other provinces."""

    names: tuple[tuple[str, Unit], ...]
    elsewhere: tuple[Elsewhere, ...]


def load_gazetteer(units_file: Path, aliases_file: Path, elsewhere_file: Path) -> Gazetteer:
    """Reads the three files of ``data/places``.

    Raises:
        GazetteerError: a file is missing, is no JSON, or has a wrong shape.
    """
    units = _units(units_file)
    by_place = {unit.place: unit for unit in units}
    try:
        aliases = [(alias["name"], by_place[alias["place"]]) for alias in _read(aliases_file)["aliases"]]
        provinces = _read(elsewhere_file)["provinces"]
        elsewhere = tuple(
            Elsewhere(name, bool(province.get("always", True)))
            for province in provinces
            for name in (province["name"], *province["aliases"])
        )
    except (KeyError, TypeError) as error:
        raise GazetteerError(
            f"{aliases_file} or {elsewhere_file} lacks {error}; compare with the shipped files"
        ) from error
    return Gazetteer(tuple((unit.name, unit) for unit in units) + tuple(aliases), elsewhere)


def gazetteer_to_json(gazetteer: Gazetteer) -> dict[str, Any]:
    """JSON object for the model archive."""
    return {
        "names": [[name, asdict(unit)] for name, unit in gazetteer.names],
        "elsewhere": [asdict(name) for name in gazetteer.elsewhere],
    }


def gazetteer_from_json(body: Mapping[str, Any]) -> Gazetteer:
    """Parses what ``gazetteer_to_json`` wrote."""
    return Gazetteer(
        tuple((name, Unit(**unit)) for name, unit in body["names"]),
        tuple(Elsewhere(**name) for name in body["elsewhere"]),
    )


def _units(path: Path) -> list[Unit]:
    body = _read(path)
    try:
        province = _unit(str(body["code"]), body["name"], "")
        units = [province]
        for district in body["districts"]:
            unit = _unit(f"{province.place}/{district['code']}", district["name"], "")
            units.append(unit)
            for commune in district["communes"]:
                units.append(_unit(f"{unit.place}/{commune['code']}", commune["name"], unit.label))
    except (KeyError, TypeError, GazetteerError) as error:
        raise GazetteerError(f"{path} has a wrong shape: {error}; expected code, name, districts, communes") from error
    return units


def _unit(place: str, full_name: str, parent: str) -> Unit:
    for kind in _KINDS:
        if full_name.lower().startswith(f"{kind} "):
            return Unit(place, kind, full_name[len(kind) + 1 :], parent)
    raise GazetteerError(f"unit {place} is called {full_name!r}; begin its name with one of {', '.join(_KINDS)}")


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise GazetteerError(f"{path} cannot be read: {error}") from error
