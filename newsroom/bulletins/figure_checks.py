"""Figures that contradict themselves, and figures that surprise beside the bulletin before. Messages are for editors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from contracts.bulletin import FIGURES, bulletin_as_of, whole

type Payload = Mapping[str, Any]

TOTAL_OF = {
    "total_cases": "new_cases",
    "total_recovered": "recovered",
    "total_deaths": "deaths",
    "total_doses": "doses",
}
# Our own thresholds: the province's series of December 2021 (83, 219, 348, 184 cases) passes, a typing slip of one
# digit does not; below the least difference small numbers jump by nature.
JUMP_FACTOR = 3
JUMP_LEAST = 100
ONE_DAY = timedelta(hours=24)
DAILY = (
    "new_cases",
    "community_cases",
    "isolated_cases",
    "in_care",
    "recovered",
    "deaths",
    "tests",
    "doses",
    "reactions",
)


def impossible(payload: Payload) -> list[str]:
    """What cannot be true within one bulletin; no confirmation helps."""
    return [*_parts_above_whole(payload["figures"]), *_wrong_districts(payload)]


def surprising(payload: Payload, before: Payload | None) -> list[str]:
    """What is hardly true beside the bulletin before; it needs a person's confirmation. Empty without one before."""
    if before is None:
        return []
    return [*_fallen_totals(payload, before), *_sums_that_differ(payload, before), *_jumps(payload, before)]


def _parts_above_whole(figures: Mapping[str, int]) -> Iterator[str]:
    new = figures.get("new_cases")
    parts = figures.get("community_cases", 0) + figures.get("isolated_cases", 0)
    if new is not None and parts > new:
        yield f"Ca cộng đồng và ca đã cách ly cộng lại {whole(parts)}, nhiều hơn {whole(new)} ca mắc mới."
    for part, total in ((part, total) for total, part in TOTAL_OF.items()):
        if part in figures and total in figures and figures[part] > figures[total]:
            yield f"“{FIGURES[part]}” {whole(figures[part])} lớn hơn “{FIGURES[total]}” {whole(figures[total])}."
    ended = figures.get("total_recovered", 0) + figures.get("total_deaths", 0)
    if "total_cases" in figures and ended > figures["total_cases"]:
        yield f"Tổng khỏi và tử vong {whole(ended)} lớn hơn tổng số ca mắc {whole(figures['total_cases'])}."


def _wrong_districts(payload: Payload) -> Iterator[str]:
    places = [district["place"] for district in payload["districts"]]
    for name in dict.fromkeys(d["name"] for d in payload["districts"] if places.count(d["place"]) > 1):
        yield f"Có hai dòng số liệu cho {name}."
    new = payload["figures"].get("new_cases")
    total = sum(district["new_cases"] or 0 for district in payload["districts"])
    if new is not None and total > new:
        yield f"Số ca các huyện cộng lại {whole(total)}, nhiều hơn {whole(new)} ca mắc mới của bản tin."


def _fallen_totals(payload: Payload, before: Payload) -> Iterator[str]:
    for name in TOTAL_OF:
        old, new = before["figures"].get(name), payload["figures"].get(name)
        if old is not None and new is not None and new < old:
            yield f"“{FIGURES[name]}” giảm từ {whole(old)} còn {whole(new)}. Số cộng dồn không thể giảm."


def _sums_that_differ(payload: Payload, before: Payload) -> Iterator[str]:
    """Only between bulletins of successive days: what lies between others is not known."""
    if bulletin_as_of(payload) - bulletin_as_of(before) != ONE_DAY:
        return
    for total, daily in TOTAL_OF.items():
        old, new, added = before["figures"].get(total), payload["figures"].get(total), payload["figures"].get(daily)
        if None not in (old, new, added) and new >= old and new - old != added:
            yield f"“{FIGURES[total]}” tăng {whole(new - old)}, nhưng “{FIGURES[daily]}” là {whole(added)}."


def _jumps(payload: Payload, before: Payload) -> Iterator[str]:
    for name in DAILY:
        old, new = before["figures"].get(name), payload["figures"].get(name)
        if old is None or new is None or abs(new - old) < JUMP_LEAST:
            continue
        if max(old, new) > JUMP_FACTOR * min(old, new):
            verb = "tăng" if new > old else "giảm"
            yield f"“{FIGURES[name]}” {verb} từ {whole(old)} thành {whole(new)}."
