"""What a failed action tells: its name and the kind of error, never the tracker, which holds the resident's words."""

from __future__ import annotations

import traceback
from contextvars import ContextVar
from typing import Any

import structlog
from rasa_sdk.executor import ActionExecutor
from sanic.exceptions import SanicException
from sanic.handlers import ErrorHandler
from sanic.request import Request
from sanic.response import HTTPResponse, json

log = structlog.get_logger(__name__)

_running_action: ContextVar[str] = ContextVar("running_action", default="")


class NamedExecutor(ActionExecutor):  # type: ignore[misc] # rasa_sdk ships no types
    """The SDK's executor; remembers which action runs in this task, and asks for no domain, which no action reads."""

    async def run(self, action_call: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """See parent class for the full docstring."""
        _running_action.set(str(action_call.get("next_action") or ""))
        return await super().run(action_call, *args, **kwargs)

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:
        """See parent class. The engine may leave the domain out (``selective_domain``) without a second request."""
        return payload.get("domain") or {}


async def forget_action(_: Request) -> None:
    """Request middleware: a connection's requests share one task, so the name of the last one is still there."""
    _running_action.set("")


class PrivateErrors(ErrorHandler):
    """Answers every exception with ``{error, action_name}``; the SDK's own handler sends the whole request back."""

    def response(self, request: Request, exception: BaseException) -> HTTPResponse:
        """500, or the status of an HTTP error; logs where it happened without the texts involved."""
        status = exception.status_code if isinstance(exception, SanicException) else 500
        kind, action = type(exception).__name__, _running_action.get()
        if status >= 500:
            # Frames without the exception's message: a message may quote what the resident wrote.
            frames = "".join(traceback.format_tb(exception.__traceback__))
            log.error("action_failed", action=action, error=kind, frames=frames)
        return json({"error": kind, "action_name": action}, status=status)
