"""What other programs ask of the newsroom. No draft leaves by any of these."""

from __future__ import annotations

import json

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from contracts.release import release_to_json
from newsroom.api.answers import JSON, bearer, error, is_current, not_modified
from newsroom.api.drafts import DraftRefusedError, save_draft
from newsroom.clock import content_now
from newsroom.releases.models import Release
from newsroom.releases.snapshot import BuiltSnapshot, SnapshotMemory
from newsroom.training.archives import archive_path, current_archive

_memory = SnapshotMemory()


def current_snapshot() -> BuiltSnapshot:
    """The snapshot of this moment, from this process's memory when nothing changed."""
    return _memory.current(content_now())


@bearer("SNAPSHOT_TOKEN", "GET")
def snapshot(request: HttpRequest) -> HttpResponse:
    """Releases in force and those that begin within seven days."""
    built = current_snapshot()
    if is_current(request, built.etag):
        return not_modified(built.etag)
    return HttpResponse(built.body, content_type="application/json", headers={"ETag": f'"{built.etag}"'})


@bearer("SNAPSHOT_TOKEN", "GET")
def release(request: HttpRequest, release_id: str) -> HttpResponse:
    """One release, for ever."""
    row = Release.objects.filter(release_id=release_id).first()
    if row is None:
        return error(404, "not_found", "No release has this id")
    return JsonResponse(release_to_json(row.shape()), json_dumps_params=JSON)


@bearer("DRAFTS_TOKEN", "POST")
def drafts(request: HttpRequest) -> HttpResponse:
    """Creates a draft; never publishes."""
    try:
        body = json.loads(request.body)
        saved = save_draft(body)
    except RequestDataTooBig:
        return error(413, "too_large", f"Send at most {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes")
    except (json.JSONDecodeError, UnicodeDecodeError):
        return error(400, "not_json", "Send a JSON object in UTF-8")
    except DraftRefusedError as refusal:
        return error(refusal.status, refusal.code, str(refusal))
    except ValidationError as problem:
        return error(422, "not_valid", "The draft was not saved", problems=problem.messages)
    return JsonResponse(saved, status=201, json_dumps_params=JSON)


@bearer("MODEL_TOKEN", "GET")
def model(request: HttpRequest) -> HttpResponseBase:
    """The approved model archive, by Rasa's model-server protocol: without an ETag the engine never loads it."""
    archive = current_archive()
    if archive is None:
        return HttpResponse(status=204)
    if is_current(request, archive.sha256):
        return not_modified(archive.sha256)
    path = archive_path(archive.sha256)
    if not path.exists():
        return error(503, "model_missing", f"The archive {archive.sha256} is not in VAR_DIR; restore it from a backup")
    answer = FileResponse(path.open("rb"), content_type="application/gzip", filename=path.name, as_attachment=True)
    answer.headers["ETag"] = f'"{archive.sha256}"'
    answer.headers["filename"] = path.name  # Rasa keeps the archive under this name
    return answer
