"""What every API call passes first: the path, the token, the limit per minute (sheet §2.1, §2.2, §7)."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from datetime import UTC
from email.utils import format_datetime

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.api.envelope import ApiError, failure
from sandbox.platform import PLATFORM, Platform

API_PATHS = ("/v2.0/", "/v3.0/")


@web.middleware
async def api_gate(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers refusals in the API's envelope and adds the rate-limit headers."""
    if not request.path.startswith(API_PATHS):
        return await handler(request)
    platform = request.app[PLATFORM]
    if request.match_info.http_exception is not None:
        return failure(ApiError(404, "empty or invalid api"), status=404)
    if slow := platform.faults.strikes("latency"):
        await asyncio.sleep(slow.value / 1000)
    try:
        _check_token(platform, request)
        if not platform.limit.take():
            raise ApiError(-32, "API request limit per minute is exceeded")
        response = await handler(request)
    except ApiError as error:
        response = failure(error)
    except web.HTTPRequestEntityTooLarge:
        response = failure(ApiError(-201, "body is invalid: it is too large"))
    response.headers.update(platform.limit.headers())
    response.headers["Date"] = format_datetime(platform.clock.now().astimezone(UTC), usegmt=True)
    return response


def _check_token(platform: Platform, request: web.Request) -> None:
    """Only the bare header counts: ``Authorization: Bearer`` is no token here, as on the real platform."""
    token = request.headers.get("access_token", "")
    code = platform.tokens.judge(token)
    if code:
        raise ApiError(code, "Access token is invalid" if code == -216 else "Access token is expired or removed")
    proof = request.query.get("appsecret_proof")
    expected = hmac.new(platform.settings.app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
    if proof is not None and not hmac.compare_digest(proof.encode(), expected.encode()):
        raise ApiError(-242, "appsecret_proof is invalid")
