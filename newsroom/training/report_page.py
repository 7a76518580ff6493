"""A training report in the editor's words: sentences with titles of answers instead of keys and shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from newsroom.releases.models import Release

SPELLING_NAMES = {
    "full": "có dấu",
    "folded": "như trên, bỏ dấu",
    "none": "không dấu",
    "teencode": "viết tắt",
    "slips": "gõ lỗi",
    "regional": "tiếng địa phương",
    "long": "câu dài",
}
ALL = "tất cả"
OFFERED = "hỏi lại, đưa ra để chọn"
SENSITIVE = "nhận ra tin nhắn nhạy cảm"


@dataclass(frozen=True)
class Figure:
    """One line of the table: what is measured, of how many questions, and the shares right before and after."""

    name: str
    questions: str
    before: str
    after: str


@dataclass(frozen=True)
class Turned:
    """A test question whose answer changes; the answers are titles."""

    text: str
    spelling: str
    expected: str
    before: str
    after: str


@dataclass(frozen=True)
class ReportPage:
    """What the page shows."""

    figures: tuple[Figure, ...]
    fixed: tuple[Turned, ...]
    broken: tuple[Turned, ...]


def report_page(report: Mapping[str, Any], titles: Mapping[str, str] | None = None) -> ReportPage:
    """The page of a report; ``titles`` names keys that have no release yet."""
    turned = [*report["fixed"], *report["broken"]]
    keys = {change[name] for change in turned for name in ("expected", "before", "after")}
    names = {**titles_of(keys), **(titles or {})}
    return ReportPage(
        tuple(_figures(report)),
        tuple(_turned(change, names, "before") for change in report["fixed"]),
        tuple(_turned(change, names, "after") for change in report["broken"]),
    )


def titles_of(keys: Iterable[str]) -> dict[str, str]:
    """Key → title of its newest answer or safety text, for look-ups what the taxonomy says that people ask."""
    wanted = set(keys)
    asked = {key: asks for key, asks in _asks().items() if key in wanted}
    rows = Release.objects.filter(key__in=wanted, kind__in=("faq", "safety")).order_by("sequence")
    return asked | {key: payload["title"] for key, payload in rows.values_list("key", "payload")}


def percent(share: float | None) -> str:
    """``81,7 %``; a dash when nothing was counted."""
    return "–" if share is None else f"{share * 100:.1f} %".replace(".", ",")


def _figures(report: Mapping[str, Any]) -> Iterable[Figure]:
    before = report.get("before") or {}
    earlier = before.get("by_spelling", {})
    yield _figure(ALL, report["total"], before.get("total"))
    for spelling, counts in report["by_spelling"].items():
        if counts["questions"]:
            yield _figure(SPELLING_NAMES.get(spelling, spelling), counts, earlier.get(spelling))
    yield Figure(SENSITIVE, "", percent(before.get("sensitive_recall")), percent(report["sensitive_recall"]))


def _figure(name: str, counts: Mapping[str, Any], before: Mapping[str, Any] | None) -> Figure:
    return Figure(
        name, str(counts["questions"]), percent(before["share"] if before else None), percent(counts["share"])
    )


@cache
def _asks() -> dict[str, str]:
    taxonomy = yaml.safe_load((settings.ROOT / "data" / "taxonomy.yml").read_text("utf-8"))
    return {str(answer["key"]): str(answer["asks"]) for answer in taxonomy["answers"]}


def _turned(change: Mapping[str, str], titles: Mapping[str, str], wrong: str) -> Turned:
    """``wrong`` is the side that is not right: the expected key there means that it was only offered as a choice."""
    expected, before, after = (titles.get(change[name], change[name]) for name in ("expected", "before", "after"))
    if change[wrong] == change["expected"]:
        before, after = (
            f"{OFFERED}: {expected}" if side == wrong else title
            for side, title in (("before", before), ("after", after))
        )
    return Turned(change["text"], SPELLING_NAMES.get(change["spelling"], ""), expected, before, after)
