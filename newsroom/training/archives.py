"""Registering, activating and finding model archives."""

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
from newsroom.training.models import ModelActivation, ModelArchive


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
    sha256 = _keep(archive)
    row = ModelArchive.objects.filter(sha256=sha256).first()
    if row is None:
        row = ModelArchive(sha256=sha256, report=report, registered_at=system_now(), registered_by=by)
        row.save()
    if ModelActivation.objects.exists():
        return row, False
    activate(row, by, "mô hình đi kèm, lần khởi động đầu tiên")
    return row, True


def activate(archive: ModelArchive, by: User, reason: str) -> None:
    """Makes an archive the current one."""
    ModelActivation(archive=archive, approved_at=system_now(), approved_by=by, reason=reason).save()


def _keep(archive: Path) -> str:
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
