"""The rows of releases and what was done about them. Nothing changes or removes one: not the ORM, and not SQL (see migration 0002)."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from wagtail.models import Revision

from contracts.clock import VIETNAM
from contracts.release import Release as ReleaseShape
from contracts.release import Retraction as RetractionShape
from contracts.release import source_from_json
from newsroom.releases.lines import KIND_NAMES


class ImmutableRowError(Exception):
    """Releases, retractions and activations are never changed or deleted; publish a new one or retract."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """A query set that cannot change or remove rows."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise ImmutableRowError(f"{self.model.__name__} rows are immutable; add a new one")

    def delete(self) -> NoReturn:
        """Refused."""
        raise ImmutableRowError(f"{self.model.__name__} rows are immutable; add a new one")


class AppendOnly(models.Model):
    """A row that can be written once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Inserts; refuses to change an existing row."""
        if not self._state.adding:
            raise ImmutableRowError(f"{type(self).__name__} {self.pk} is immutable; add a new one")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise ImmutableRowError(f"{type(self).__name__} {self.pk} is immutable; it is never deleted")


class Release(AppendOnly):
    """Approved content as a resident may be told it; ``contracts.release`` explains the fields.

    ``sequence`` orders releases as they were committed. ``revision`` is what was approved; PROTECT keeps the editing
    history of everything that was ever released.
    """

    sequence = models.BigAutoField(primary_key=True)
    release_id = models.CharField("mã bản phát hành", max_length=40, unique=True)
    kind = models.CharField("loại", max_length=20)
    key = models.CharField("khóa", max_length=120)
    place = models.CharField("nơi áp dụng", max_length=40, blank=True)
    payload = models.JSONField("nội dung")
    source = models.JSONField("nguồn", null=True)
    authors = models.JSONField("người soạn")
    approver = models.CharField("người phê duyệt", max_length=150)
    approved_at = models.DateTimeField("phê duyệt lúc")
    valid_from = models.DateTimeField("hiệu lực từ")
    valid_to = models.DateTimeField("hiệu lực đến", null=True)
    supersedes = models.CharField("thay cho", max_length=40, null=True)
    urgent = models.BooleanField("khẩn", default=False)
    sha256 = models.CharField("dấu vân tay", max_length=64)
    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="release")

    class Meta:
        verbose_name = "bản phát hành"
        verbose_name_plural = "bản phát hành"
        indexes = [models.Index(fields=["kind", "key", "place"], name="release_slot")]

    def __str__(self) -> str:
        return f"{KIND_NAMES[self.kind]} {self.key} {self.place} ({self.release_id})"

    def shape(self) -> ReleaseShape:
        """This row as the other programs know it. Times are always given in Vietnamese time, for the fingerprint."""
        return ReleaseShape(
            id=self.release_id,
            kind=self.kind,
            key=self.key,
            place=self.place,
            payload=self.payload,
            source=None if self.source is None else source_from_json(self.source),
            authors=tuple(self.authors),
            approver=self.approver,
            approved_at=self.approved_at.astimezone(VIETNAM),
            valid_from=self.valid_from.astimezone(VIETNAM),
            valid_to=None if self.valid_to is None else self.valid_to.astimezone(VIETNAM),
            supersedes=self.supersedes,
            urgent=self.urgent,
            sha256=self.sha256,
        )


class Retraction(AppendOnly):
    """A release taken back from ``at`` on (content clock)."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="retraction")
    at = models.DateTimeField("thu hồi lúc")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người thu hồi")
    reason = models.TextField("lý do")

    class Meta:
        verbose_name = "lệnh thu hồi"
        verbose_name_plural = "lệnh thu hồi"

    def __str__(self) -> str:
        return f"thu hồi {self.release.key}"

    def shape(self) -> RetractionShape:
        """This row as the other programs know it."""
        return RetractionShape(
            release=self.release.release_id,
            at=self.at.astimezone(VIETNAM),
            by=self.by.username,
            reason=self.reason,
        )


class Correction(AppendOnly):
    """Somebody found a release wrong and began to correct it. What corrects it is the release that supersedes it."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="corrections")
    at = models.DateTimeField("bắt đầu đính chính lúc")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người đính chính")
    reason = models.TextField("lý do")

    class Meta:
        verbose_name = "việc đính chính"
        verbose_name_plural = "việc đính chính"

    def __str__(self) -> str:
        return f"đính chính {self.release.key}"


class SecondReview(AppendOnly):
    """A second person looked at what one approver did alone: an urgent release, or a retraction (content clock)."""

    class Subject(models.TextChoices):
        """What was done by one approver."""

        RELEASE = "release", "Phát hành khẩn"
        RETRACTION = "retraction", "Thu hồi"

    subject = models.CharField("việc đã làm", max_length=10, choices=Subject.choices)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="second_reviews")
    at = models.DateTimeField("xem xét lúc")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người xem xét")
    agrees = models.BooleanField("đồng ý")
    remark = models.TextField("nhận xét", blank=True)

    class Meta:
        verbose_name = "lần xem xét lại"
        verbose_name_plural = "các lần xem xét lại"
        constraints = [models.UniqueConstraint(fields=["subject", "release"], name="one_second_review")]

    def __str__(self) -> str:
        return f"xem xét {self.get_subject_display().lower()} {self.release.key}"
