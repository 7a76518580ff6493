"""From a parse result to the meta data of a turn."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.judgement import judge, nothing_said
from contracts.turn import meta_to_json

CASES = json.loads((Path(__file__).parent / "judgements.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_it_judges_by_the_golden_file_when_parsed(case: dict[str, Any]) -> None:
    meta = judge(case["parsed"], "m1", case.get("pending"), case.get("spoken", ""))
    assert meta_to_json(meta) == case["meta"]


def test_it_offers_the_menu_when_nothing_is_said() -> None:
    meta = nothing_said("m1")
    assert (meta.answer, meta.asked_back, meta.candidates) == ("tro_chuyen/giup_do", True, ())
