"""Pages of what was said: on a question at a moment, and on one key over time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from wagtail.admin.auth import require_admin_access

from contracts.clock import VIETNAM
from contracts.release import Release as ReleaseShape
from contracts.reply import vietnamese_time
from newsroom.clock import content_now
from newsroom.places import place_choices, place_name
from newsroom.releases.history import first_told, said_at, told_in
from newsroom.releases.lines import KIND_NAMES, lines_of
from newsroom.releases.told import told

PER_PAGE = 20
ANYWHERE = "-"
BOX = "%Y-%m-%dT%H:%M"  # what the box for a moment takes, in Vietnamese time


@require_admin_access
@require_GET
def said(request: HttpRequest) -> HttpResponse:
    """``?luc=2021-12-31T09:00&tim=…&loai=faq&noi=38/395``: what residents were told then."""
    asked, words = request.GET.get("luc", ""), request.GET.get("tim", "").strip()
    kind, place = request.GET.get("loai", ""), request.GET.get("noi", ANYWHERE)
    at, problem = _moment(asked)
    releases = [] if problem else said_at(at, words, kind, None if place == ANYWHERE else place)
    page = Paginator(releases, PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "rows": [_row(release) for release in page],
        "at": vietnamese_time(at),
        "at_input": at.strftime(BOX),
        **_before_all(at),
        "problem": problem,
        "words": words,
        "kind": kind,
        "kinds": KIND_NAMES,
        "place": place,
        "places": [(ANYWHERE, "Không chọn nơi"), *place_choices()],
        "query": _without_page(request),
    }
    return render(request, "releases/said.html", context)


@require_admin_access
@require_GET
def of_key(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Everything that was ever said on a key, oldest first."""
    releases = told_in(kind, key)
    if not releases:
        raise Http404
    rows = [
        {**_row(row.shape()), "retraction": getattr(row, "retraction", None), "told": told(row.release_id)}
        for row in releases
    ]
    return render(request, "releases/of_key.html", {"rows": rows, "kind": KIND_NAMES.get(kind, kind), "key": key})


def _before_all(at: datetime) -> dict[str, Any]:
    """``nothing_yet``: nothing had been released at that moment; ``first``: from which minute on there are releases."""
    told = first_told()
    if told is not None and told <= at:
        return {"nothing_yet": False}
    first = None if told is None else (told + timedelta(minutes=1, microseconds=-1)).astimezone(VIETNAM)
    shown = {} if first is None else {"first": vietnamese_time(first), "first_input": first.strftime(BOX)}
    return {"nothing_yet": True, **shown}


def _row(release: ReleaseShape) -> dict[str, Any]:
    return {
        "release": release,
        "kind": KIND_NAMES[release.kind],
        "place": place_name(release.place),
        "lines": lines_of(release.payload, release.source),
        "approved_at": vietnamese_time(release.approved_at),
        "valid_from": vietnamese_time(release.valid_from),
        "valid_to": vietnamese_time(release.valid_to) if release.valid_to else "",
    }


def _moment(asked: str) -> tuple[datetime, str]:
    """The moment asked for in Vietnamese time, now when none is; and what is wrong with it."""
    if not asked:
        return content_now(), ""
    try:
        return datetime.fromisoformat(asked).replace(tzinfo=VIETNAM), ""
    except ValueError:
        return content_now(), f"“{asked}” không phải là thời điểm. Ví dụ: 2021-12-31T09:00."


def _without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("trang", None)
    return query.urlencode()
