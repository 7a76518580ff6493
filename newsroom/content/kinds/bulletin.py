"""The daily bulletin: figures with commentary, as-of time and source; bare numbers are refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.fields import StreamField

from contracts.bulletin import FIGURES, bulletin_as_of
from contracts.clock import VIETNAM
from contracts.reply import vietnamese_time
from newsroom.bulletins.figure_checks import impossible, surprising
from newsroom.clock import content_now
from newsroom.content.blocks import AttachmentBlock, DistrictFigureBlock, district_payload, stream_json
from newsroom.content.kinds.base import ApprovedContent
from newsroom.content.kinds.media import Pictured
from newsroom.content.kinds.record import one_per_slot
from newsroom.content.picture_field import PictureForm
from newsroom.content.reading import moment, number, records, text
from newsroom.places import province, validate_place
from newsroom.releases.in_force import effective_in_slot

LEAST_COMMENTARY = 20  # characters; shorter is a label, not an explanation


def figure(label: str) -> models.PositiveIntegerField[int | None, int | None]:
    """A figure that may be missing."""
    return models.PositiveIntegerField(label, null=True, blank=True)


class Bulletin(Pictured, ApprovedContent):
    """One day's situation. All bulletins share one slot, so a newer one replaces the older one."""

    kind = "bulletin"
    key = "ban_tin"

    number = models.CharField("số hoặc tên bản tin", max_length=120)
    as_of = models.DateTimeField("số liệu tính đến")
    new_cases = figure("ca mắc mới")
    community_cases = figure("trong đó: ca cộng đồng")
    isolated_cases = figure("trong đó: ca đã cách ly")
    in_care = figure("đang điều trị")
    recovered = figure("khỏi bệnh trong ngày")
    deaths = figure("tử vong trong ngày")
    total_cases = figure("cộng dồn: ca mắc")
    total_recovered = figure("cộng dồn: khỏi bệnh")
    total_deaths = figure("cộng dồn: tử vong")
    tests = figure("xét nghiệm trong ngày")
    doses = figure("mũi tiêm trong ngày")
    total_doses = figure("cộng dồn: mũi tiêm")
    reactions = figure("phản ứng nặng sau tiêm trong ngày")
    districts = StreamField([("district", DistrictFigureBlock())], blank=True, verbose_name="số ca theo huyện")
    commentary = models.TextField(
        "diễn giải", blank=True, help_text="Con số nói lên điều gì. Không phát hành số liệu trần."
    )
    advice = models.TextField("khuyến cáo", blank=True)
    attachments = StreamField([("attachment", AttachmentBlock())], blank=True, verbose_name="tệp kèm theo")
    figures_note = models.TextField(
        "xác nhận số liệu bất thường",
        blank=True,
        help_text="Bắt buộc khi số liệu giảm hoặc tăng vọt so với bản tin trước: đã kiểm tra với ai, vì sao. "
        "Không phát hành.",
    )

    place = models.CharField(
        "nơi áp dụng", max_length=40, default=province, validators=[validate_place], help_text="Thường là cả tỉnh."
    )

    base_form_class = PictureForm

    class Meta:
        verbose_name = "bản tin"
        verbose_name_plural = "bản tin"
        ordering = ["-as_of"]
        constraints = [one_per_slot("one_bulletin_per_number", "number")]

    def __str__(self) -> str:
        return self.number

    def payload(self) -> dict[str, Any]:
        """Shape in ``docs/content.md``; figures without a value are left out, internal fields have no place in it."""
        figures = {name: getattr(self, name) for name in FIGURES}
        return {
            "number": self.number,
            "as_of": self.as_of.astimezone(VIETNAM).isoformat() if self.as_of else "",
            "figures": {name: value for name, value in figures.items() if value is not None},
            "districts": [district_payload(block.value) for block in self.districts],
            "commentary": self.commentary,
            "advice": self.advice,
            "attachments": [{name: block.value[name] for name in ("title", "url")} for block in self.attachments],
            "picture": self.picture_payload(),
        }

    def fill_content(self, body: Mapping[str, Any]) -> None:
        """Takes ``{number, as_of, figures, districts, commentary, advice, attachments, figures_note}``."""
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
        self.attachments = stream_json("attachment", ({**a} for a in records(body, "attachments")))
        self.commentary, self.advice = text(body, "commentary"), text(body, "advice")
        self.figures_note = text(body, "figures_note")

    def clean(self) -> None:
        """Refuses what cannot be true, even in a draft."""
        super().clean()
        if self.as_of and (problems := impossible(self.payload())):
            raise ValidationError(problems)

    def missing_for_approval(self) -> dict[str, str]:
        """Figures need an explanation, an explanation needs figures, and a surprise needs a confirmation."""
        missing = {**super().missing_for_approval(), **self.missing_of_picture()}
        if len(self.commentary) < LEAST_COMMENTARY:
            missing["commentary"] = "Bản tin cần diễn giải, không phát hành số liệu trần."
        if not self.payload()["figures"]:
            missing["new_cases"] = "Bản tin cần ít nhất một số liệu."
        if self.as_of > content_now():
            missing["as_of"] = f"Thời điểm số liệu {vietnamese_time(self.as_of)} còn ở tương lai."
        if not self.figures_note and (surprises := self.surprises()):
            missing["figures_note"] = f"{' '.join(surprises)} Hãy kiểm tra lại rồi ghi xác nhận."
        return missing

    def surprises(self, names: Iterable[str] = FIGURES) -> list[str]:
        """What is hardly true of these figures beside the bulletin of this place that was released before."""
        rows = effective_in_slot(self.kind, self.key, self.place)
        standing = [row.payload for row in rows if not hasattr(row, "retraction")]
        earlier = [payload for payload in standing if bulletin_as_of(payload) < self.as_of]
        before = max(earlier, key=bulletin_as_of, default=None)
        payload = self.payload()
        figures = {name: payload["figures"][name] for name in names if name in payload["figures"]}
        return surprising({**payload, "figures": figures}, before)

    def review_notes(self) -> list[str]:
        """For the approver: each surprise, and the author's confirmation of them."""
        surprises = self.surprises()
        confirmed = [f"Người soạn xác nhận: {self.figures_note}"] if surprises else []
        return [*super().review_notes(), *surprises, *confirmed]
