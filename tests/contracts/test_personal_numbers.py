"""Telephone numbers and citizen ids are masked, hotlines and other figures are not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from contracts.personal_numbers import without_personal_numbers

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("gọi tôi 0912345678 nhé", "gọi tôi 09xxxxxxxx nhé"),
        ("sđt: 0912 345 678.", "sđt: 09xx xxx xxx."),
        ("0912.345.678", "09xx.xxx.xxx"),
        ("+84912345678", "+84xxxxxxxxx"),
        ("84 912 345 678", "84 xxx xxx xxx"),
        ("máy bàn 02373852264", "máy bàn 02xxxxxxxxx"),
        ("cccd 038095001234", "cccd 03xxxxxxxxxx"),
        ("cccd 038 095 001 234", "cccd 03x xxx xxx xxx"),
        ("cmnd 173456789", "cmnd 17xxxxxxx"),
        ("hai số 0912345678, 0387654321", "hai số 09xxxxxxxx, 03xxxxxxxx"),
    ],
)
def test_it_masks_a_number_when_it_leads_to_a_person(text: str, masked: str) -> None:
    assert without_personal_numbers(text) == masked
    assert without_personal_numbers(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        "gọi 1022 hay 19009095, 1900 9095, 1800.1119, 115",
        "đường dây nóng 0237 1022",
        "tiêm mũi 2 ngày 24/12/2021, 2 mũi cách 28 ngày",
        "phạt 500.000.000 đồng, 123.456.789 đồng",
        "f0 5k 2021 1234567",
        "tôi là 000000000000, sđt 0000 000 000",
    ],
)
def test_it_leaves_a_number_when_it_leads_to_nobody(text: str) -> None:
    assert without_personal_numbers(text) == text


def test_it_leaves_the_shipped_examples_when_they_name_hotlines() -> None:
    """What stands there was written for training; a number that were masked would be one of a person."""
    for path in sorted((ROOT / "data/nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            assert without_personal_numbers(block["examples"]) == block["examples"]
