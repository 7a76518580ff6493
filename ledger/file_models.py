"""Table of the files that residents send on channels with a provider behind them; part of ``ledger.models``."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class FileState(models.TextChoices):
    """What became of a file that a resident sent."""

    WAITING = "waiting", "Đang tải về"
    KEPT = "kept", "Đã lưu"
    REFUSED = "refused", "Không tải về"


class SentFile(models.Model):
    """A picture, voice message, video, file or sticker of one message, fetched from its provider in the background.

    ``url`` is the provider's address, empty once the file is kept or given up; ``name`` is what the resident's phone
    called it; ``stored`` is its name in the ``MediaStore``; ``reason`` says why it was not fetched. Whoever fetches it
    moves ``next_at`` ahead, so nobody else does meanwhile.
    """

    entry = models.ForeignKey("ledger.Entry", models.PROTECT, related_name="files")
    conversation = models.ForeignKey("ledger.Conversation", models.PROTECT, related_name="files")
    kind = models.CharField(max_length=16)
    url = models.TextField(default="")
    name = models.CharField(max_length=200, default="")
    state = models.CharField(max_length=8, choices=FileState.choices, default=FileState.WAITING)
    stored = models.CharField(max_length=64, default="", db_index=True)
    size = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=64, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="file_to_fetch", condition=models.Q(state="waiting"))
        ]
