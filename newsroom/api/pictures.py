"""Pictures of releases for the gateway, which shows them to residents. A draft's picture has no way through here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from newsroom.api.answers import bearer, error, is_current, not_modified
from newsroom.content.pictures import content_type, find_picture
from newsroom.releases.models import Release


@bearer("SNAPSHOT_TOKEN", "GET")
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """The file that a release names which was not retracted, whether it still is in force or not.

    The name is the file's own fingerprint, so it is its entity tag too.
    """
    found = find_picture(name) if _is_released(name) else None
    if found is None:
        return error(404, "not_found", "No release that was not retracted has this picture")
    if is_current(request, name):
        return not_modified(name)
    return HttpResponse(found.read_bytes(), content_type=content_type(found), headers={"ETag": f'"{name}"'})


def _is_released(name: str) -> bool:
    return Release.objects.filter(payload__picture__name=name, retraction=None).exists()
