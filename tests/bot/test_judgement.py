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


def test_it_keeps_certainty_for_rules_and_taps_when_the_classifier_is_very_sure() -> None:
    parsed = {"intent": {"name": "5k.khau_trang", "confidence": 0.99999}, "intent_ranking": []}
    assert judge(parsed, "m1").confidence == 0.9999
    parsed["intent"] = {"name": "5k.khau_trang", "confidence": 1.0}
    assert judge(parsed, "m1").confidence == 1.0
