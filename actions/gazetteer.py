"""The districts and communes of the province, by their paths of administrative codes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class DataFileError(Exception):
    """A file of ``data/`` is missing or has a wrong shape; restore it from the repository."""


@dataclass(frozen=True)
class Place:
    """An administrative unit: path of codes (``38/395/15499``) and its name as said in a sentence (``xã Xuân Hòa``)."""

    path: str
    name: str

    @property
    def is_district(self) -> bool:
        """Whether the path has exactly two levels, province and district."""
        return self.path.count("/") == 1


@dataclass(frozen=True)
class Gazetteer:
    """All units of one province; ``names`` maps a path to the unit's name."""

    province: Place
    names: Mapping[str, str]

    def districts(self) -> list[Place]:
        """The districts, those with the most communes first: there most residents live."""
        districts = [Place(path, name) for path, name in self.names.items() if path.count("/") == 1]
        communes = Counter(path.rpartition("/")[0] for path in self.names)
        return sorted(districts, key=lambda district: -communes[district.path])

    def place(self, path: str, name: str = "") -> Place:
        """The unit with this path, a commune with its district's name; ``name`` serves for a path not known here."""
        known = self.names.get(path)
        if known is None:
            return Place(path, name or path)
        district = self.names.get(path.rpartition("/")[0]) if path.count("/") == 2 else None
        return Place(path, known if district is None else f"{known}, {district}")

    def district_of(self, path: str) -> Place:
        """The district that a commune lies in; a district or province is its own answer."""
        return self.place("/".join(path.split("/")[:2]))


def load_gazetteer(path: Path) -> Gazetteer:
    """Reads ``{code, name, districts[{code, name, communes[{code, name}]}]}``.

    Raises:
        DataFileError: the file is missing or of another shape.
    """
    try:
        body = json.loads(path.read_text("utf-8"))
        province = Place(body["code"], _in_sentence(body["name"]))
        names = {province.path: province.name}
        for district in body["districts"]:
            district_path = f"{province.path}/{district['code']}"
            names[district_path] = _in_sentence(district["name"])
            communes = {f"{district_path}/{c['code']}": _in_sentence(c["name"]) for c in district["communes"]}
            names.update(communes)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataFileError(f"{path} is not a list of places ({error!r}); restore it from the repository") from error
    return Gazetteer(province, names)


def _in_sentence(name: str) -> str:
    """``Huyện Thọ Xuân`` → ``huyện Thọ Xuân``: the unit's word is a common noun."""
    return name[:1].lower() + name[1:]
