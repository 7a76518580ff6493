"""Time travel for other programs: what was said on a key, at a moment or ever."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from contracts.release import most_specific, release_to_json, retraction_to_json
from newsroom.api.answers import JSON, bearer, error
from newsroom.releases.history import told_in
from newsroom.releases.in_force import told_at

DEFAULT_KIND = "faq"


@bearer("SNAPSHOT_TOKEN", "GET")
def history(request: HttpRequest) -> HttpResponse:
    """``?key=…[&kind=faq][&at=ISO time with zone][&place=38/395]``.

    With ``at`` ``{kind, key, place, at, release | null}``, the release that a resident of the place was told then; else
    ``{kind, key, releases[], retractions[]}``, everything that was ever said, oldest first.
    """
    key, kind = request.GET.get("key", ""), request.GET.get("kind", DEFAULT_KIND)
    if not key:
        return error(400, "key_missing", "Add ?key=, for example ?key=5k/khau_trang")
    if "at" not in request.GET:
        return _answer({"kind": kind, "key": key, **_ever(kind, key)})
    at = _moment(request.GET["at"])
    if at is None:
        message = "at must be an ISO time with a zone, for example 2021-12-31T09:00%2B07:00 (+ is written %2B)"
        return error(400, "at_not_a_time", message)
    place = request.GET.get("place", "")
    told = most_specific(told_at(at), kind, key, place)
    release = None if told is None else release_to_json(told)
    return _answer({"kind": kind, "key": key, "place": place, "at": at.isoformat(), "release": release})


def _ever(kind: str, key: str) -> dict[str, Any]:
    rows = told_in(kind, key)
    taken_back = [row.retraction.shape() for row in rows if hasattr(row, "retraction")]
    return {
        "releases": [release_to_json(row.shape()) for row in rows],
        "retractions": [retraction_to_json(retraction) for retraction in taken_back],
    }


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _answer(body: dict[str, Any]) -> JsonResponse:
    return JsonResponse(body, json_dumps_params=JSON)
