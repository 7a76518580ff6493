"""The parts of Wagtail that this newsroom does not use. Nobody finds a half-English page, or a way round approval, there."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import re_path

CLOSED = (
    "pages",  # residents see releases, not a tree of pages
    "choose-page",
    "choose-external-link",  # texts are plain
    "choose-email-link",
    "choose-phone-link",
    "choose-anchor-link",
    "api/main",
    "collections",
    "images",
    "documents",
    "groups",  # roles are made by newsroom/accounts/roles.py
    "workflows",  # the workflow by newsroom/approval/workflow.py
    "reports",  # about pages and other people's workflows; what staff did is in the newsroom's own log
    "failwhale",
    "test404",
)


def closed(request: HttpRequest) -> HttpResponse:
    """404 for everybody, superusers too."""
    raise Http404


closed_urls = [re_path(rf"^(?:{'|'.join(CLOSED)})(?:/|$)", closed)]
