"""How a release reads for a resident."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from contracts.reply import release_buttons, with_source
from contracts.snapshot import snapshot_from_json

RELEASE = snapshot_from_json(
    json.loads((Path(__file__).parent / "golden" / "snapshot.json").read_text("utf-8"))
).releases[0]


def test_it_names_document_issuer_and_date() -> None:
    assert with_source("Bảy ngày.", RELEASE) == "Bảy ngày.\n\nNguồn: 10696/BYT-MT, Bộ Y tế, ngày 16/12/2021."


def test_it_adds_no_source_to_small_talk() -> None:
    assert with_source("Chào bạn.", replace(RELEASE, key="tro_chuyen/chao")) == "Chào bạn."


def test_it_turns_an_answer_button_into_a_payload() -> None:
    buttons = [{"title": "Điểm tiêm", "answer": "tiem_chung/diem_tiem"}, {"title": "Gọi 115", "phone": "115"}]
    first, second = release_buttons(replace(RELEASE, payload={**RELEASE.payload, "buttons": buttons}))

    assert first.payload is not None
    assert first.payload.answer == "tiem_chung/diem_tiem"
    assert second.phone == "115"
