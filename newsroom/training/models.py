"""Archives of trained models, and the list of activations: the last one is what the engines load."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from newsroom.releases.models import AppendOnly


class ModelArchive(AppendOnly):
    """One trained model. The file lies under ``VAR_DIR/newsroom/models/``, named by its hash."""

    sha256 = models.CharField("dấu vân tay", max_length=64, unique=True)
    report = models.JSONField("báo cáo huấn luyện")
    registered_at = models.DateTimeField("đăng ký lúc")
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người đăng ký")

    class Meta:
        verbose_name = "mô hình"
        verbose_name_plural = "mô hình"

    def __str__(self) -> str:
        return self.sha256[:12]


class ModelActivation(AppendOnly):
    """Somebody made an archive the current one."""

    archive = models.ForeignKey(ModelArchive, on_delete=models.PROTECT, related_name="activations")
    approved_at = models.DateTimeField("phê duyệt lúc")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người phê duyệt")
    reason = models.CharField("lý do", max_length=200)

    class Meta:
        verbose_name = "lần kích hoạt mô hình"
        verbose_name_plural = "các lần kích hoạt mô hình"

    def __str__(self) -> str:
        return f"{self.archive} {self.approved_at:%d/%m/%Y %H:%M}"
