"""The examples and test questions behind a model, kept beside its archive, so that going back takes both back."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings

from newsroom.training.models import HeldOutQuestion, TrainingExample

_EXAMPLE, _QUESTION = ("key", "text", "voice", "origin"), ("key", "text", "spelling", "origin")


def keep(sha256: str) -> None:
    """Writes what the tables hold now as the data of this model."""
    body = {
        "examples": list(TrainingExample.objects.values_list(*_EXAMPLE)),
        "questions": list(HeldOutQuestion.objects.values_list(*_QUESTION)),
    }
    path = _path(sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_bytes(gzip.compress(json.dumps(body, ensure_ascii=False).encode(), mtime=0))
    draft.replace(path)


def take_back(sha256: str) -> bool:
    """Gives the tables what this model was trained with, inside the caller's transaction; False when it was not kept."""
    path = _path(sha256)
    if not path.exists():
        return False
    body: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    TrainingExample.objects.all().delete()
    HeldOutQuestion.objects.all().delete()
    TrainingExample.objects.bulk_create(
        TrainingExample(**dict(zip(_EXAMPLE, row, strict=True))) for row in body["examples"]
    )
    HeldOutQuestion.objects.bulk_create(
        HeldOutQuestion(**dict(zip(_QUESTION, row, strict=True))) for row in body["questions"]
    )
    return True


def _path(sha256: str) -> Path:
    return Path(settings.VAR_DIR) / "newsroom" / "models" / f"{sha256}.data.json.gz"
