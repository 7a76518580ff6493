"""Files of places: what is read, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.places.files import DEFAULT_FILES, gazetteer_of
from bot.places.gazetteer import GazetteerError, gazetteer_from_json, gazetteer_to_json, load_gazetteer

UNITS, ALIASES, ELSEWHERE = (Path(name) for name in DEFAULT_FILES.values())


def test_it_holds_the_whole_province_when_it_is_the_shipped_one() -> None:
    gazetteer = gazetteer_of(DEFAULT_FILES)
    places = {unit.place: unit for _, unit in gazetteer.names}
    assert (len(places), len({p for p in places if p.count("/") == 1})) == (1 + 27 + 559, 27)
    assert places["38/395/15517"].label == "xã Xuân Hòa, huyện Thọ Xuân"
    assert places["38/395"].label == "huyện Thọ Xuân"
    assert {name.name for name in gazetteer.elsewhere} >= {"Hà Nội", "Sài Gòn", "Nghệ An"}


def test_it_returns_equal_when_it_went_through_json() -> None:
    gazetteer = gazetteer_of(DEFAULT_FILES)
    assert gazetteer_from_json(json.loads(json.dumps(gazetteer_to_json(gazetteer)))) == gazetteer


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"code": "38", "name": "Thanh Hóa", "districts": []}'])
def test_it_names_the_file_when_the_units_are_wrong(tmp_path: Path, content: str) -> None:
    broken = tmp_path / "units.json"
    broken.write_text(content, "utf-8")
    with pytest.raises(GazetteerError, match=r"units\.json"):
        load_gazetteer(broken, ALIASES, ELSEWHERE)


def test_it_names_the_file_when_an_alias_leads_nowhere(tmp_path: Path) -> None:
    broken = tmp_path / "aliases.json"
    broken.write_text('{"aliases": [{"name": "Tĩnh Gia", "place": "38/999"}]}', "utf-8")
    with pytest.raises(GazetteerError, match=r"aliases\.json"):
        load_gazetteer(UNITS, broken, ELSEWHERE)
