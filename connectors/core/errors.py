"""Errors of the public API: a code for programs, a Vietnamese sentence for people; nothing else leaves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from connectors.core.ledger_watch import is_trouble, trouble_of

log = structlog.get_logger()

_TEXTS = {
    400: ("bad_request", "Yêu cầu không đọc được. Bạn tải lại trang rồi thử lại giúp."),
    404: ("not_found", "Không có trang này."),
    405: ("method_not_allowed", "Cách gọi này không được hỗ trợ."),
    413: ("too_large", "Nội dung gửi lên quá lớn. Bạn gửi ngắn lại giúp."),
    500: ("internal", "Hệ thống đang gặp lỗi. Bạn thử lại sau ít phút giúp."),
}
NOT_NOW = "Hệ thống chưa nhận được tin nhắn. Bạn thử lại sau ít phút giúp. Khẩn cấp, bạn gọi 115."


class NotReadyError(Exception):
    """The gateway has no approved safety texts yet, so it must not accept a resident's message."""


class ApiError(Exception):
    """An answer other than 2xx: HTTP status, code, Vietnamese message, and seconds to wait where that helps."""

    def __init__(self, status: int, code: str, message: str, retry_after: int | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after


def error_response(status: int, code: str, message: str, retry_after: int | None = None) -> web.Response:
    """JSON ``{error, message}``."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return web.json_response({"error": code, "message": message}, status=status, headers=headers)


@web.middleware
async def json_errors(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Turns every failure into JSON: 503 when the ledger is away; an unexpected one into a log line and a 500."""
    try:
        return await handler(request)
    except ApiError as error:
        log.info("request refused", path=_route(request), status=error.status, error=error.code)
        return error_response(error.status, error.code, error.message, error.retry_after)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        code, message = _TEXTS.get(error.status, _TEXTS[400])
        return error_response(error.status, code, message)
    except (ConnectionResetError, TimeoutError):
        raise
    except Exception as error:  # the outermost loop of a request: whatever happens, the resident gets a sentence
        if is_trouble(error):
            log.error("request not served", path=_route(request), ledger=trouble_of(error))
            return error_response(503, "not_ready", NOT_NOW, retry_after=5)
        log.exception("request failed", path=_route(request))
        return error_response(500, *_TEXTS[500])


def _route(request: web.Request) -> str:
    """The route's pattern, not the path: a path may hold what somebody typed."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "unknown"
