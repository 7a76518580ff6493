"""Uploaded files and what was imported from them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from newsroom.releases.models import AppendOnly


class UploadedSheet(AppendOnly):
    """A file as it was uploaded, so that what was checked in the dry run is what is imported."""

    sheet = models.CharField("loại dữ liệu", max_length=30)
    name = models.CharField("tên tệp", max_length=200)
    body = models.BinaryField("nội dung")
    at = models.DateTimeField("tải lên lúc")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người tải lên")

    class Meta:
        verbose_name = "tệp tải lên"
        verbose_name_plural = "tệp tải lên"

    def __str__(self) -> str:
        return self.name


class ImportRun(AppendOnly):
    """One import, all of it or none: the drafts that it made wait for approval. ``revisions`` are their ids."""

    uploaded = models.OneToOneField(UploadedSheet, on_delete=models.PROTECT, related_name="run")
    at = models.DateTimeField("nhập lúc")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người nhập")
    added = models.PositiveIntegerField("thêm mới")
    changed = models.PositiveIntegerField("thay đổi")
    revisions = models.JSONField("các bản nháp")

    class Meta:
        verbose_name = "lần nhập tệp"
        verbose_name_plural = "các lần nhập tệp"

    def __str__(self) -> str:
        return f"{self.uploaded.name}: thêm {self.added}, thay đổi {self.changed}"
