"""Health offices: where the station, the district's centre, the hospital, the province's CDC is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.validators import RegexValidator
from django.db import models

from newsroom.content.kinds.answers import key_field
from newsroom.content.kinds.base import ApprovedContent
from newsroom.content.kinds.lookups import SLUG
from newsroom.content.kinds.record import one_per_slot
from newsroom.content.reading import text

TEXTS = ("key", "type", "name", "address", "phone", "hours", "note")


class HealthOffice(ApprovedContent):
    """One office. ``place`` is the unit that it serves, the province for the CDC."""

    kind = "office"

    class Type(models.TextChoices):
        """What residents call it."""

        STATION = "tram_y_te", "Trạm y tế"
        CENTRE = "trung_tam_y_te", "Trung tâm y tế"
        HOSPITAL = "benh_vien", "Bệnh viện"
        CDC = "cdc", "Trung tâm Kiểm soát bệnh tật"
        DEPARTMENT = "so_y_te", "Sở Y tế"

    key = key_field(SLUG, "trung-tam-y-te-tho-xuan")
    type = models.CharField("loại", max_length=20, choices=Type.choices)
    name = models.CharField("tên cơ quan", max_length=200)
    address = models.CharField("địa chỉ", max_length=300)
    phone = models.CharField(
        "số gọi",
        max_length=11,
        blank=True,
        validators=[RegexValidator(r"^\d{3,11}$", "Chỉ gồm 3 đến 11 chữ số.")],
        help_text="Chỉ số công khai. Để trống: trợ lý đưa số của tổng đài tỉnh.",
    )
    hours = models.CharField("giờ làm việc", max_length=200, blank=True)
    note = models.TextField("lưu ý", blank=True)
    demo = models.BooleanField("dữ liệu minh họa", default=False)

    class Meta:
        verbose_name = "cơ quan y tế"
        verbose_name_plural = "cơ quan y tế"
        ordering = ["place", "key"]
        constraints = [one_per_slot("one_office_per_slot")]

    def __str__(self) -> str:
        return self.name or self.key

    def payload(self) -> dict[str, Any]:
        """``{type, name, address, phone, hours, note, demo}``."""
        return {name: getattr(self, name) for name in (*TEXTS[1:], "demo")}

    def fill_content(self, body: Mapping[str, Any]) -> None:
        """Takes ``{key, type, name, address, phone, hours, note, demo}``."""
        for name in TEXTS:
            setattr(self, name, text(body, name))
        self.demo = bool(body.get("demo", False))

    def missing_for_approval(self) -> dict[str, str]:
        """An office without the unit that it serves would be found nowhere."""
        missing = super().missing_for_approval()
        if not self.place:
            missing["place"] = "Chọn xã, huyện hoặc tỉnh mà cơ quan phục vụ."
        return missing
