"""Whether the process works, and whether it can do its job."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from contracts.keys import SENSITIVE_PREFIX
from newsroom.clock import content_now
from newsroom.releases.in_force import in_force_now
from newsroom.training.archives import archive_path, current_archive

OK = "ok"


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers."""
    return JsonResponse({"status": OK})


@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """200 or 503 with ``{ready, checks{name: "ok" | reason}}``."""
    checks = {name: check() for name, check in CHECKS.items()}
    ready = all(state == OK for state in checks.values())
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as problem:
        return f"database does not answer: {type(problem).__name__}"
    return OK


def _var_dir() -> str:
    folder = Path(settings.VAR_DIR)
    return OK if os.access(folder, os.W_OK) else f"VAR_DIR {folder} cannot be written; create it or correct its owner"


def _safety_texts() -> str:
    try:
        present = {release.key for release in in_force_now(content_now()) if release.kind == "safety"}
    except DatabaseError as problem:
        return f"releases cannot be read: {type(problem).__name__}; run manage.py migrate"
    missing = [key for key in sensitive_keys() if key not in present]
    return f"no safety text in force for {', '.join(missing)}; approve one" if missing else OK


def _model() -> str:
    try:
        archive = current_archive()
    except DatabaseError as problem:
        return f"models cannot be read: {type(problem).__name__}; run manage.py migrate"
    if archive is None:
        return "no model was registered; run manage.py register_model"
    return OK if archive_path(archive.sha256).exists() else f"archive {archive.sha256} is missing from VAR_DIR"


@cache
def sensitive_keys() -> tuple[str, ...]:
    """The keys that need a safety text."""
    taxonomy = yaml.safe_load((settings.ROOT / "data" / "taxonomy.yml").read_text("utf-8"))
    keys = (answer["key"] for answer in taxonomy["answers"])
    return tuple(key for key in keys if key.startswith(SENSITIVE_PREFIX))


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "var_dir": _var_dir,
    "safety_texts": _safety_texts,
    "model": _model,
}
