"""What the small model of the tests is trained on, and what its training left."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
# Few enough to train in seconds, many enough for look-ups, chat, sensitive and technical intents.
INTENTS = (
    "cach_ly.f1",
    "tiem_chung.diem_tiem",
    "5k.khau_trang",
    "ban_tin.so_ca",
    "tro_chuyen.ngoai_pham_vi",
    "tro_chuyen.chua_co_cau_tra_loi",
    "tro_chuyen.giup_do",
    "nhay_cam.cap_cuu",
    "nhay_cam.tu_van_ca_nhan",
)
STORIES_NEED = (
    "lien_he.duong_day_nong",
    "lien_he.co_quan_y_te",
    "tin_don.kiem_chung",
    "tin_don.bao_tin",
)
QUESTIONS = [
    {"text": "tôi là F1 thì phải cách ly bao nhiêu ngày", "answer": "cach_ly/f1"},
    {"text": "Mẹ tôi khó thở, tím môi rồi", "answer": "nhay_cam/cap_cuu"},
]


@dataclass(frozen=True)
class Trained:
    """What one run of ``python -m bot.train`` left: archive, report, and its lines on standard output."""

    archive: Path
    report: dict[str, Any]
    lines: list[dict[str, Any]]


def write_training_data(folder: Path, intents: tuple[str, ...] = INTENTS + STORIES_NEED) -> None:
    """A data folder as ``bot.train`` takes it: the shipped examples of some intents, two questions."""
    blocks = []
    for path in sorted((ROOT / "data/nlu").glob("*.yml")):
        blocks += [block for block in yaml.safe_load(path.read_text("utf-8"))["nlu"] if block["intent"] in intents]
    (folder / "nlu").mkdir(parents=True)
    (folder / "nlu" / "some.yml").write_text(
        yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True), "utf-8"
    )
    (folder / "tests").mkdir()
    (folder / "tests" / "questions.yml").write_text(yaml.safe_dump(QUESTIONS, allow_unicode=True), "utf-8")
