"""How a bulletin reads: the assistant's reply and every other form of it say the same figures in the same words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contracts.clock import VIETNAM
from contracts.media import picture_line, picture_of
from contracts.reply import vietnamese_time

# In the order of a bulletin; the names are those of docs/content.md.
FIGURES: Mapping[str, str] = {
    "new_cases": "Ca mắc mới",
    "community_cases": "Ca mắc trong cộng đồng",
    "isolated_cases": "Ca mắc đã cách ly từ trước",
    "in_care": "Ca đang điều trị",
    "recovered": "Ca khỏi bệnh",
    "deaths": "Ca tử vong",
    "total_cases": "Tổng số ca mắc",
    "total_recovered": "Tổng số ca khỏi bệnh",
    "total_deaths": "Tổng số ca tử vong",
    "tests": "Số mẫu xét nghiệm",
    "doses": "Mũi vắc xin đã tiêm",
    "total_doses": "Tổng số mũi vắc xin đã tiêm",
    "reactions": "Trường hợp phản ứng nặng sau tiêm",
}


def whole(number: int) -> str:
    """``12.345``: Vietnamese groups thousands with a dot."""
    return f"{number:,}".replace(",", ".")


def bulletin_as_of(payload: Mapping[str, Any]) -> datetime:
    """The cut-off time of a bulletin's figures, in Vietnamese time."""
    return datetime.fromisoformat(str(payload["as_of"])).astimezone(VIETNAM)


def bulletin_title(payload: Mapping[str, Any]) -> str:
    """``Bản tin 12/BC``; a number that says so itself stays as it is."""
    number = str(payload["number"])
    return number if number.startswith("Bản tin") else f"Bản tin {number}"


def figure_lines(payload: Mapping[str, Any]) -> list[str]:
    """``Ca mắc mới: 184`` for each figure that is given."""
    figures = payload["figures"]
    return [f"{label}: {whole(figures[name])}" for name, label in FIGURES.items() if name in figures]


def cases_text(payload: Mapping[str, Any]) -> str:
    """The figures under their cut-off time, without which no figure is told."""
    cut_off = f"Số liệu tính đến {vietnamese_time(bulletin_as_of(payload))}"
    lines = figure_lines(payload)
    return "\n".join([f"{cut_off}:", *lines]) if lines else f"{cut_off}."


def bulletin_text(payload: Mapping[str, Any]) -> str:
    """The whole bulletin without its source: title, figures, what they mean, what to do, what to see, what else to read."""
    picture = picture_of(payload)
    seen = [picture_line(picture)] if picture else []
    more = [f"{item['title']}: {item['url']}" for item in payload.get("attachments", ())]
    parts = ("\n".join([bulletin_title(payload), cases_text(payload)]), payload["commentary"], payload["advice"])
    return "\n\n".join([*(str(part) for part in parts if part), *seen, *(["\n".join(more)] if more else [])])
