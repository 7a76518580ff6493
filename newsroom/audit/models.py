"""The row of an event. Nothing changes or removes one: not the ORM, and not SQL (see migration 0002)."""

from __future__ import annotations

from django.db import models

from newsroom.releases.models import AppendOnly


class Event(AppendOnly):
    """Somebody did something. Texts, no foreign keys: an event outlives the account and whatever it was about.

    ``at`` is the machine's time; ``actor`` a user name, "" for the software itself.
    """

    class Area(models.TextChoices):
        """What it concerns."""

        CONTENT = "content", "Nội dung"
        RELEASE = "release", "Phát hành"
        TRAINING = "training", "Huấn luyện"
        ACCOUNT = "account", "Tài khoản và vai trò"
        LOGIN = "login", "Đăng nhập"
        EXPORT = "export", "Xuất dữ liệu"

    at = models.DateTimeField("lúc", db_index=True)
    area = models.CharField("mảng", max_length=10, choices=Area.choices)
    action = models.CharField("việc", max_length=80)
    actor = models.CharField("tài khoản", max_length=150, blank=True, db_index=True)
    actor_name = models.CharField("người làm", max_length=200, blank=True)
    subject_kind = models.CharField("loại đối tượng", max_length=100, blank=True)
    subject = models.CharField("đối tượng", max_length=300, blank=True)
    subject_id = models.CharField("mã đối tượng", max_length=64, blank=True)
    detail = models.TextField("chi tiết", blank=True)

    class Meta:
        verbose_name = "sự kiện"
        verbose_name_plural = "nhật ký"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"
