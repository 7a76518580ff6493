"""The daily bulletin: figures with commentary, as-of time and source; bare numbers are refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.fields import StreamField

from contracts.clock import VIETNAM
from newsroom.content.blocks import DistrictFigureBlock, district_payload, stream_json
from newsroom.content.kinds.base import ApprovedContent
from newsroom.content.reading import moment, number, records, text

FIGURES = (
    "new_cases",
    "community_cases",
    "isolated_cases",
    "recovered",
    "deaths",
    "total_cases",
    "total_recovered",
    "total_deaths",
    "tests",
    "doses",
    "total_doses",
)
LEAST_COMMENTARY = 20  # characters; shorter is a label, not an explanation


def figure(label: str) -> models.PositiveIntegerField[int | None, int | None]:
    """A figure that may be missing."""
    return models.PositiveIntegerField(label, null=True, blank=True)


class Bulletin(ApprovedContent):
    """One day's situation. All bulletins share one slot, so a newer one replaces the older one."""

    kind = "bulletin"
    key = "ban_tin"

    number = models.CharField("số hoặc tên bản tin", max_length=120, unique=True)
    as_of = models.DateTimeField("số liệu tính đến")
    new_cases = figure("ca mắc mới")
    community_cases = figure("trong đó: ca cộng đồng")
    isolated_cases = figure("trong đó: ca đã cách ly")
    recovered = figure("khỏi bệnh trong ngày")
    deaths = figure("tử vong trong ngày")
    total_cases = figure("cộng dồn: ca mắc")
    total_recovered = figure("cộng dồn: khỏi bệnh")
    total_deaths = figure("cộng dồn: tử vong")
    tests = figure("xét nghiệm trong ngày")
    doses = figure("mũi tiêm trong ngày")
    total_doses = figure("cộng dồn: mũi tiêm")
    districts = StreamField([("district", DistrictFigureBlock())], blank=True, verbose_name="số ca theo huyện")
    commentary = models.TextField("diễn giải", help_text="Con số nói lên điều gì. Không phát hành số liệu trần.")
    advice = models.TextField("khuyến cáo", blank=True)

    class Meta:
        verbose_name = "bản tin"
        verbose_name_plural = "bản tin"
        ordering = ["-as_of"]

    def __str__(self) -> str:
        return self.number

    def payload(self) -> dict[str, Any]:
        """``{number, as_of, figures{}, districts[], commentary, advice}``; figures without a value are left out."""
        figures = {name: getattr(self, name) for name in FIGURES}
        return {
            "number": self.number,
            "as_of": self.as_of.astimezone(VIETNAM).isoformat() if self.as_of else "",
            "figures": {name: value for name, value in figures.items() if value is not None},
            "districts": [district_payload(block.value) for block in self.districts],
            "commentary": self.commentary,
            "advice": self.advice,
        }

    def fill_content(self, body: Mapping[str, Any]) -> None:
        """Takes ``{number, as_of, figures, districts, commentary, advice}``."""
        figures = body.get("figures") or {}
        if not isinstance(figures, Mapping) or not set(figures) <= set(FIGURES):
            raise ValidationError(f"“figures” chỉ gồm: {', '.join(FIGURES)}. Không nhận: {figures}.")
        for name in FIGURES:
            setattr(self, name, number(figures, name))
        self.number = text(body, "number")
        if (as_of := moment(body.get("as_of"))) is None:
            raise ValidationError({"as_of": "Bản tin cần thời điểm của số liệu."})
        self.as_of = as_of
        self.districts = stream_json("district", ({**d} for d in records(body, "districts")))
        self.commentary, self.advice = text(body, "commentary"), text(body, "advice")

    def missing_for_approval(self) -> dict[str, str]:
        """Figures need an explanation, and an explanation needs figures."""
        missing = super().missing_for_approval()
        if len(self.commentary) < LEAST_COMMENTARY:
            missing["commentary"] = "Bản tin cần diễn giải, không phát hành số liệu trần."
        if not self.payload()["figures"]:
            missing["new_cases"] = "Bản tin cần ít nhất một số liệu."
        return missing
