"""A file of a conversation: pictures are shown, everything else is saved by the browser, never run in the desk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from desk.access import Operator, for_operators
from ledger.media import FOLDER, MediaStore
from ledger.sent_files import owns_file


def media_store() -> MediaStore:
    """Where the installation keeps files."""
    installation: Any = settings  # VAR_DIR is the newsroom's own, unknown to Django's types
    return MediaStore(installation.VAR_DIR / FOLDER)


@require_GET
@for_operators
def file(request: HttpRequest, operator: Operator, conversation_id: str, file_name: str) -> HttpResponse:
    """The file, when a message of this very conversation holds it."""
    found = media_store().find(file_name) if owns_file(conversation_id, file_name) else None
    if found is None:
        raise Http404("no such file in this conversation")
    how = "inline" if found.is_picture else "attachment"
    headers = {"Content-Disposition": f'{how}; filename="{file_name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(found.path.read_bytes(), content_type=found.content_type, headers=headers)
