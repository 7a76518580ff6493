"""Records that the assistant looks up: vaccination sites, hotlines, quarantine rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from wagtail.fields import StreamField

from newsroom.content.blocks import SessionBlock, session_payload, stream_json
from newsroom.content.faces import Face
from newsroom.content.kinds.answers import key_field
from newsroom.content.kinds.base import ApprovedContent
from newsroom.content.kinds.record import one_per_slot
from newsroom.content.reading import degrees, items, number, records, text
from newsroom.places import place_name

SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"


class VaccinationSite(ApprovedContent):
    """Where one can be vaccinated. ``place`` is the unit in which it stands."""

    kind = "site"

    key = key_field(SLUG, "tram-y-te-tho-xuan")
    name = models.CharField("tên điểm tiêm", max_length=200)
    address = models.CharField("địa chỉ", max_length=300)
    lat = models.FloatField("vĩ độ", validators=[MinValueValidator(8.0), MaxValueValidator(24.0)])
    lng = models.FloatField("kinh độ", validators=[MinValueValidator(102.0), MaxValueValidator(115.0)])
    hours = models.CharField("giờ làm việc", max_length=200, blank=True)
    sessions = StreamField([("session", SessionBlock())], blank=True, verbose_name="lịch tiêm")
    note = models.TextField("lưu ý", blank=True)
    demo = models.BooleanField("dữ liệu minh họa", default=False)

    class Meta:
        verbose_name = "điểm tiêm"
        verbose_name_plural = "điểm tiêm"
        ordering = ["place", "key"]
        constraints = [one_per_slot("one_site_per_key", "key")]

    def __str__(self) -> str:
        return self.name or self.key

    def payload(self) -> dict[str, Any]:
        """``{name, address, place_name, lat, lng, hours, sessions[], note, demo}``."""
        return {
            "name": self.name,
            "address": self.address,
            "place_name": place_name(self.place),
            "lat": self.lat,
            "lng": self.lng,
            "hours": self.hours,
            "sessions": [session_payload(block.value) for block in self.sessions],
            "note": self.note,
            "demo": self.demo,
        }

    def fill_content(self, body: Mapping[str, Any]) -> None:
        """Takes ``{key, name, address, lat, lng, hours, sessions, note, demo}`` and ``place`` or ``district, commune``."""
        for name in ("key", "name", "address", "hours", "note"):
            setattr(self, name, text(body, name))
        if "district" in body:
            codes = ("38", text(body, "district"), text(body, "commune"))
            self.place = "/".join(code for code in codes if code)
        self.lat, self.lng = degrees(body, "lat"), degrees(body, "lng")
        self.demo = bool(body.get("demo", False))
        sessions = ({**s, "start": s.get("from"), "end": s.get("to")} for s in records(body, "sessions"))
        self.sessions = stream_json("session", sessions)

    def missing_for_approval(self) -> dict[str, str]:
        """A site without its district would be found nowhere."""
        missing = super().missing_for_approval()
        if self.place.count("/") < 1:
            missing["place"] = "Chọn huyện hoặc xã nơi có điểm tiêm."
        return missing


class Hotline(ApprovedContent):
    """A public telephone number."""

    kind = "hotline"

    key = key_field(SLUG, "tong-dai-1022")
    name = models.CharField("tên đường dây", max_length=200)
    phone = models.CharField(
        "số gọi", max_length=11, validators=[RegexValidator(r"^\d{3,11}$", "Chỉ gồm 3 đến 11 chữ số.")]
    )
    display = models.CharField("cách viết", max_length=120, help_text="Số như người dân nhìn thấy.")
    need = models.JSONField("nhu cầu", default=list, blank=True, help_text='Ví dụ: ["cap_cuu", "tu_van_covid"]')
    hours = models.CharField("giờ trực", max_length=200, blank=True)
    fee_note = models.CharField("cước phí", max_length=200, blank=True)
    note = models.TextField("lưu ý", blank=True)

    class Meta:
        verbose_name = "đường dây nóng"
        verbose_name_plural = "đường dây nóng"
        ordering = ["key"]
        constraints = [one_per_slot("one_hotline_per_slot")]

    def __str__(self) -> str:
        return self.name or self.key

    def payload(self) -> dict[str, Any]:
        """``{name, phone, display, need[], hours, fee_note, note}``."""
        names = ("name", "phone", "display", "need", "hours", "fee_note", "note")
        return {name: getattr(self, name) for name in names}

    def fill_content(self, body: Mapping[str, Any]) -> None:
        """Takes ``{key, name, phone, display, need, hours, fee_note, note}``."""
        for name in ("key", "name", "phone", "display", "hours", "fee_note", "note"):
            setattr(self, name, text(body, name))
        self.need = items(body, "need")

    def clean(self) -> None:
        """Needs are a list of slugs."""
        super().clean()
        if not isinstance(self.need, list) or not all(isinstance(need, str) for need in self.need):
            raise ValidationError({"need": 'Nhu cầu là danh sách, ví dụ ["cap_cuu"].'})


class QuarantineRule(ApprovedContent):
    """How long somebody has to stay isolated, by what they are and whether they are vaccinated."""

    kind = "rule"
    faces = (Face.ZALO, Face.CHAT)

    class Subject(models.TextChoices):
        """Who the rule is for."""

        F0 = "f0", "F0"
        F1 = "f1", "F1"
        F2 = "f2", "F2"
        RETURNING = "ve_tu_vung_dich", "Người về từ vùng dịch"
        ENTERING = "nhap_canh", "Người nhập cảnh"

    class Vaccinated(models.TextChoices):
        """Which state of vaccination the rule is for."""

        FULLY = "du_lieu", "Đã tiêm đủ liều"
        PARTLY = "chua_du", "Chưa tiêm đủ liều"
        NOT = "chua_tiem", "Chưa tiêm"
        RECOVERED = "khoi_benh", "Đã khỏi bệnh"
        ANYONE = "moi_nguoi", "Mọi người"

    key = key_field(SLUG, "f1-du-lieu")
    subject = models.CharField("đối tượng", max_length=20, choices=Subject.choices)
    vaccinated = models.CharField("tình trạng tiêm", max_length=20, choices=Vaccinated.choices)
    isolate_days = models.PositiveSmallIntegerField("số ngày cách ly", null=True, blank=True)
    monitor_days = models.PositiveSmallIntegerField("số ngày tự theo dõi", null=True, blank=True)
    tests = models.JSONField("xét nghiệm", default=list, blank=True, help_text='Ví dụ: ["Ngày thứ 7"]')
    text = models.TextField(
        "hướng dẫn", help_text="Dòng đầu nói gọn cả quy định: nó đứng riêng khi liệt kê các trường hợp."
    )

    class Meta:
        verbose_name = "quy định cách ly"
        verbose_name_plural = "quy định cách ly"
        ordering = ["key"]
        constraints = [one_per_slot("one_rule_per_slot")]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}, {self.get_vaccinated_display()}"

    def payload(self) -> dict[str, Any]:
        """``{subject, vaccinated, isolate_days, monitor_days, tests[], text}``; days null when no document names them."""
        names = ("subject", "vaccinated", "isolate_days", "monitor_days", "tests", "text")
        return {name: getattr(self, name) for name in names}

    def fill_content(self, body: Mapping[str, Any]) -> None:
        """Takes ``{key, subject, vaccinated, isolate_days, monitor_days, tests, text}``."""
        for name in ("key", "subject", "vaccinated", "text"):
            setattr(self, name, text(body, name))
        self.isolate_days, self.monitor_days = number(body, "isolate_days"), number(body, "monitor_days")
        self.tests = items(body, "tests")
