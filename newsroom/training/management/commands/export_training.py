"""``manage.py export_training``: the training data as files, for a commit; what nobody edited keeps its bytes."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from newsroom.audit.models import Event
from newsroom.audit.record import record
from newsroom.training.files import adopted_files


class Command(BaseCommand):
    """Writes what the models learn from and are measured with, changes that still wait left out."""

    help = "Write data/nlu/*.yml and tests/nlu/*.yml from the database; unedited lines keep their bytes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--out FOLDER``."""
        parser.add_argument("--out", type=Path, default=Path("."), help="folder that gets data/nlu and tests/nlu")

    def handle(self, *args: Any, out: Path, **options: Any) -> None:
        """Writes; prints how many files differ from those that were there."""
        changed = 0
        for name, body in adopted_files().items():
            path = out / name
            changed += not path.exists() or path.read_bytes() != body.encode()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body.encode())
        record(Event.Area.EXPORT, "export", detail="Câu ví dụ và câu kiểm tra, từ máy chủ")
        self.stdout.write(f"{changed} files changed")
