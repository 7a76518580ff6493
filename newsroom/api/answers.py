"""Answers of the API: tokens, JSON errors, entity tags."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def error(status: int, code: str, message: str, **more: Any) -> JsonResponse:
    """``{error, message}``."""
    return JsonResponse({"error": code, "message": message, **more}, status=status, json_dumps_params=JSON)


JSON = {"ensure_ascii": False}


def bearer(setting: str, method: str) -> Callable[[View[...]], View[...]]:
    """Lets a request through that has the one method and ``Authorization: Bearer`` with the token of a setting."""

    def decorate(view: View[...]) -> View[...]:
        @csrf_exempt  # tokens are sent by programs, never by a browser on its own
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            given = request.headers.get("Authorization", "")
            if not hmac.compare_digest(given.encode(), expected_header(setting)):
                return error(401, "unauthorized", "Send Authorization: Bearer with the right token")
            if request.method != method:
                return error(405, "method_not_allowed", f"Use {method}")
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def expected_header(setting: str) -> bytes:
    """The ``Authorization`` of somebody who has the token of a setting."""
    return f"Bearer {getattr(settings, setting)}".encode()


def is_current(request: HttpRequest, etag: str) -> bool:
    """Whether the asker's copy has this entity tag."""
    return has_tag(request.headers.get("If-None-Match", ""), etag)


def has_tag(known: str, etag: str) -> bool:
    """Whether an ``If-None-Match`` names this entity tag."""
    return any(tag.strip().removeprefix("W/").strip('"') == etag for tag in known.split(","))


def not_modified(etag: str) -> HttpResponse:
    """304 with the tag."""
    return HttpResponse(status=304, headers={"ETag": f'"{etag}"'})
