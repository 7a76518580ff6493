"""A picture of some content, for staff: released or not. Residents get released ones from the gateway."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from wagtail.admin.auth import require_admin_access

from newsroom.content.pictures import content_type, find_picture


@require_admin_access
@require_GET
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """The file of a name that stands in a draft or a release."""
    found = find_picture(name)
    if found is None:
        raise Http404
    return HttpResponse(found.read_bytes(), content_type=content_type(found))
