"""Registering, activating, finding model archives, and going back to an earlier one."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from contracts.clock import system_now
from newsroom.accounts.models import User
from newsroom.accounts.roles import is_approver
from newsroom.audit.models import Event
from newsroom.audit.record import record
from newsroom.training import truth
from newsroom.training.models import ModelActivation, ModelArchive, TrainingJob


class ReturnRefusedError(Exception):
    """Going back to an earlier model is not possible now; the message is Vietnamese, for staff."""


def archive_path(sha256: str) -> Path:
    """Where the archive with this hash lies."""
    return Path(settings.VAR_DIR) / "newsroom" / "models" / f"{sha256}.tar.gz"


def current_archive() -> ModelArchive | None:
    """The archive that the engines load: that of the last activation."""
    last = ModelActivation.objects.select_related("archive").order_by("-pk").first()
    return last.archive if last else None


@transaction.atomic
def register(archive: Path, report: dict[str, Any], by: User) -> tuple[ModelArchive, bool]:
    """Keeps an archive; makes it current only when no model was ever current. A start never replaces an approved one.

    Returns the archive and whether it was activated.
    """
    row = keep(archive, report, by)
    if ModelActivation.objects.exists():
        return row, False
    truth.keep(row.sha256)
    activate(row, by, "mô hình đi kèm, lần khởi động đầu tiên")
    return row, True


def keep(archive: Path, report: dict[str, Any], by: User) -> ModelArchive:
    """Keeps an archive without activating it; the same file twice is one archive."""
    sha256 = _copy(archive)
    row = ModelArchive.objects.filter(sha256=sha256).first()
    if row is None:
        row = ModelArchive(sha256=sha256, report=report, registered_at=system_now(), registered_by=by)
        row.save()
    return row


def activate(archive: ModelArchive, by: User, reason: str) -> None:
    """Makes an archive the current one."""
    ModelActivation(archive=archive, approved_at=system_now(), approved_by=by, reason=reason).save()


@transaction.atomic
def go_back(archive: ModelArchive, by: User, reason: str) -> bool:
    """Makes an earlier model the current one again, with its examples; False when its examples were not kept.

    Raises:
        ReturnRefusedError: not an approver, no reason, the file is gone, or a training runs that would replace it.
    """
    if not is_approver(by):
        raise ReturnRefusedError("Chỉ người phê duyệt được đổi mô hình.")
    if not reason.strip():
        raise ReturnRefusedError("Bạn cần ghi lý do.")
    if not archive_path(archive.sha256).exists():
        raise ReturnRefusedError("Tệp của mô hình này không còn. Hãy phục hồi từ bản sao lưu.")
    open_states = (TrainingJob.State.QUEUED, TrainingJob.State.RUNNING)
    if TrainingJob.objects.filter(purpose=TrainingJob.Purpose.APPROVED, state__in=open_states).exists():
        raise ReturnRefusedError("Đang có lần huấn luyện chưa xong. Hãy chờ hoặc hủy lần đó trước.")
    activate(archive, by, reason)
    with_examples = truth.take_back(archive.sha256)
    kept = "câu ví dụ cũng trở lại như khi đó" if with_examples else "câu ví dụ giữ như trước"
    record(Event.Area.TRAINING, "model_returned", archive, actor=by, detail=f"{reason} ({kept})")
    return with_examples


def _copy(archive: Path) -> str:
    """Copies the file under its hash; a half-written copy never gets the final name."""
    with archive.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    target = archive_path(sha256)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        shutil.copyfile(archive, draft)
        draft.replace(target)
    return sha256
