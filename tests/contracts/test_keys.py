"""Keys and intents map onto each other for the whole taxonomy."""

from __future__ import annotations

import re
from pathlib import Path

from contracts.keys import intent_of, key_of

TAXONOMY = Path(__file__).resolve().parents[2] / "data" / "taxonomy.yml"


def test_it_maps_every_key_there_and_back() -> None:
    keys = re.findall(r"\{key: ([^,]+),", TAXONOMY.read_text("utf-8"))

    assert len(keys) == 123
    assert [key_of(intent_of(key)) for key in keys] == keys
    assert not any("/" in intent_of(key) for key in keys)
