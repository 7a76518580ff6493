"""What the assistant learns from, the jobs that train it, the models that came out, and which one the engines load."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from wagtail.models import Revision

from newsroom.releases.models import AppendOnly

SPELLINGS = ("full", "none", "teencode", "slips", "regional", "long")


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


class TrainingExample(models.Model):
    """One sentence that the model of the next training learns from. ``voice`` names the kind of writer, "" if unknown.

    ``origin`` is the file that it was seeded from (``5k``), or "" for what was approved in the newsroom.
    """

    key = models.CharField("khóa", max_length=120, db_index=True)
    text = models.CharField("câu ví dụ", max_length=300)
    voice = models.CharField("giọng", max_length=40, blank=True)
    origin = models.CharField("nguồn gốc", max_length=80, blank=True)

    class Meta:
        verbose_name = "câu ví dụ"
        verbose_name_plural = "câu ví dụ"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["key", "text"], name="one_example_per_key")]

    def __str__(self) -> str:
        return self.text


class HeldOutQuestion(models.Model):
    """One question that measures a model and is never learnt. ``spelling`` and ``origin`` as in ``tests/nlu``."""

    key = models.CharField("khóa", max_length=120, db_index=True)
    text = models.CharField("câu kiểm tra", max_length=600)
    spelling = models.CharField("cách viết", max_length=12, choices=[(name, name) for name in SPELLINGS])
    origin = models.CharField("nguồn gốc", max_length=80, blank=True)

    class Meta:
        verbose_name = "câu kiểm tra"
        verbose_name_plural = "câu kiểm tra"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class SeedFile(models.Model):
    """A file of examples as it was when the database was seeded, so that an export keeps what nobody edited."""

    name = models.CharField("tệp", max_length=80, unique=True)
    body = models.TextField("nội dung")

    class Meta:
        verbose_name = "tệp câu ví dụ"
        verbose_name_plural = "tệp câu ví dụ"

    def __str__(self) -> str:
        return self.name


class ExampleChange(models.Model):
    """Approved new examples or test questions of one key. They become the truth when a model with them passes the gate.

    ``examples`` and ``questions`` are the whole lists. ``reason`` says why it was refused.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", "chờ huấn luyện"
        ADOPTED = "adopted", "đã vào mô hình"
        REFUSED = "refused", "không qua cổng kiểm tra"
        REPLACED = "replaced", "đã được thay bằng bản mới hơn"

    key = models.CharField("khóa", max_length=120, db_index=True)
    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="example_change")
    examples = models.JSONField("câu ví dụ")
    questions = models.JSONField("câu kiểm tra")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người phê duyệt")
    approved_at = models.DateTimeField("phê duyệt lúc")
    state = models.CharField("tình trạng", max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.TextField("lý do không nhận", blank=True)
    archive = models.ForeignKey(ModelArchive, on_delete=models.PROTECT, null=True, related_name="changes")

    class Meta:
        verbose_name = "thay đổi câu ví dụ"
        verbose_name_plural = "thay đổi câu ví dụ"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.key


class TrainingJob(models.Model):
    """One training, waiting, running or over. At most one runs; its worker renews the lease while it lives."""

    class Purpose(models.TextChoices):
        """Why it trains."""

        APPROVED = "approved", "thay đổi đã phê duyệt"
        TRY_OUT = "try_out", "thử nghiệm bản nháp"

    class State(models.TextChoices):
        """Where it stands. Refused: trained, but the gate said no."""

        QUEUED = "queued", "đang chờ"
        RUNNING = "running", "đang huấn luyện"
        DONE = "done", "xong"
        REFUSED = "refused", "không qua cổng kiểm tra"
        FAILED = "failed", "hỏng"
        CANCELLED = "cancelled", "đã hủy"

    purpose = models.CharField("mục đích", max_length=10, choices=Purpose.choices)
    state = models.CharField("tình trạng", max_length=10, choices=State.choices, default=State.QUEUED)
    # A try-out has the draft that it tries and the fingerprint of its sentences, which outlives the draft: submitting
    # saves a new one. An approved training without ``only`` takes all changes that wait.
    tried = models.CharField("dấu vân tay của bản thử", max_length=64, blank=True, db_index=True)
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, null=True, related_name="try_outs")
    only = models.ForeignKey(ExampleChange, on_delete=models.CASCADE, null=True, related_name="+")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người yêu cầu")
    requested_at = models.DateTimeField("yêu cầu lúc")
    started_at = models.DateTimeField("bắt đầu lúc", null=True)
    finished_at = models.DateTimeField("kết thúc lúc", null=True)
    worker = models.CharField("tiến trình", max_length=40, blank=True)
    lease_until = models.DateTimeField("giữ đến", null=True)
    attempts = models.PositiveSmallIntegerField("số lần bắt đầu", default=0)
    step = models.CharField("bước", max_length=20, blank=True)
    cancel = models.BooleanField("có yêu cầu hủy", default=False)
    report: Any = models.JSONField("báo cáo", null=True)
    message = models.TextField("thông báo", blank=True)

    class Meta:
        verbose_name = "lần huấn luyện"
        verbose_name_plural = "các lần huấn luyện"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="running"), name="one_training_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.pk}"
