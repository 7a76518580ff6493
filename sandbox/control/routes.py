"""Paths of the control API."""

from __future__ import annotations

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.control import media, operations, residents
from sandbox.control.fields import ControlError
from sandbox.control.stream import stream


def routes() -> list[web.RouteDef]:
    """Everything under /sandbox, and the media addresses of events."""
    person = "/sandbox/residents/{user_id}"
    return [
        web.get("/sandbox/state", operations.state),
        web.get("/sandbox/events", stream),
        web.get("/sandbox/residents", residents.list_all),
        web.post("/sandbox/residents", residents.create),
        web.get(person, residents.show),
        web.post(f"{person}/actions", residents.act_as),
        web.get(f"{person}/messages", residents.transcript),
        web.post("/sandbox/oa/replies", residents.reply_by_hand),
        web.post("/sandbox/media", media.put_on_shelf),
        web.get("/sandbox/media/{media_id}", media.show),
        web.get("/cdn/{media_id}", media.cdn),
        web.post("/sandbox/tokens", operations.issue_tokens),
        web.put("/sandbox/webhook", operations.save_webhook),
        web.post("/sandbox/webhook/subscribe", operations.subscribe),
        web.get("/sandbox/webhooks", operations.webhooks),
        web.get("/sandbox/faults", operations.show_faults),
        web.put("/sandbox/faults", operations.set_faults),
        web.put("/sandbox/limit", operations.set_limit),
        web.post("/sandbox/clock", operations.move_clock),
        web.post("/sandbox/reset", operations.reset),
    ]


@web.middleware
async def control_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """``{error: sentence}`` with the refusal's status."""
    try:
        return await handler(request)
    except ControlError as error:
        return web.json_response({"error": str(error)}, status=error.status)
