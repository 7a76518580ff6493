"""The documents that releases cite."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.models import RevisionMixin

from contracts.release import Source
from contracts.text import clean_text
from newsroom.content.wording import agency_problems


class SourceDocument(RevisionMixin, models.Model):
    """An official document. It has a history but no workflow: a release keeps a copy, so the four eyes see it there."""

    slug = models.SlugField("mã ngắn", max_length=80, unique=True, help_text="Ví dụ: byt-10696-2021")
    number = models.CharField("số hiệu", max_length=120, blank=True, help_text="Như in trên văn bản: 10696/BYT-MT")
    title = models.CharField("trích yếu", max_length=400)
    issuer = models.CharField("cơ quan ban hành", max_length=200)
    date = models.DateField("ngày ban hành")
    url = models.URLField("địa chỉ chính thức", blank=True, help_text="Bắt đầu bằng https://, để trống nếu không có")

    class Meta:
        verbose_name = "văn bản nguồn"
        verbose_name_plural = "văn bản nguồn"
        ordering = ["-date", "number"]

    def __str__(self) -> str:
        return f"{self.number or self.title} ({self.issuer})"

    def clean(self) -> None:
        """Normalises the texts; refuses plain-http addresses and agency-only contacts."""
        self.number, self.title, self.issuer = (clean_text(text) for text in (self.number, self.title, self.issuer))
        if self.url and not self.url.startswith("https://"):
            raise ValidationError({"url": "Địa chỉ phải bắt đầu bằng https://."})
        if problems := agency_problems(self.number, self.title, self.issuer, self.url):
            raise ValidationError(problems)

    def shape(self) -> Source:
        """The copy that a release keeps."""
        return Source(number=self.number, title=self.title, issuer=self.issuer, date=self.date, url=self.url)

    def fill(self, body: dict[str, Any]) -> None:
        """Takes the fields of the content pack's form."""
        for name in ("number", "title", "issuer", "date", "url"):
            setattr(self, name, body.get(name) or "")
