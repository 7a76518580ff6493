"""Figures from the three source systems: into a bulletin's draft only."""

from __future__ import annotations

import hmac
import json

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from newsroom.api.answers import JSON, error
from newsroom.bulletins.arriving import FiguresRefusedError, take_figures


@csrf_exempt  # tokens are sent by programs, never by a browser on its own
def figures(request: HttpRequest) -> HttpResponse:
    """``POST``; the token says which system sends, and with it which figures it may send."""
    system = _sender(request.headers.get("Authorization", ""))
    if system is None:
        return error(401, "unauthorized", "Send Authorization: Bearer with the token of your system")
    if request.method != "POST":
        return error(405, "method_not_allowed", "Use POST")
    try:
        saved = take_figures(system, json.loads(request.body))
    except RequestDataTooBig:
        return error(413, "too_large", f"Send at most {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes")
    except (json.JSONDecodeError, UnicodeDecodeError):
        return error(400, "not_json", "Send a JSON object in UTF-8")
    except FiguresRefusedError as refusal:
        return error(refusal.status, refusal.code, str(refusal))
    except ValidationError as problem:
        return error(422, "not_valid", "The figures were not saved", problems=problem.messages)
    return JsonResponse(saved, status=201, json_dumps_params=JSON)


def _sender(authorization: str) -> str | None:
    """The system whose token was given. All are compared, so that the time tells nothing."""
    given = authorization.encode()
    tokens = settings.FIGURES_TOKENS.items()
    fitting = [name for name, token in tokens if hmac.compare_digest(given, f"Bearer {token}".encode())]
    return fitting[0] if fitting else None
