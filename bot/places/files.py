"""Where the gazetteer's files are, as settings of the components that read them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.places.gazetteer import Gazetteer, load_gazetteer

DEFAULT_FILES: dict[str, Any] = {
    # units of the province: districts with their communes (paths from the project root)
    "units_file": "data/places/thanh_hoa_2021.json",
    # further names of these units, such as former ones
    "aliases_file": "data/places/thanh_hoa_aliases.json",
    # the other provinces, recognised as elsewhere
    "elsewhere_file": "data/places/other_provinces_2021.json",
}


def gazetteer_of(config: Mapping[str, Any]) -> Gazetteer:
    """The gazetteer that a component's configuration names."""
    return load_gazetteer(Path(config["units_file"]), Path(config["aliases_file"]), Path(config["elsewhere_file"]))
