"""``POST /v3.0/oa/message/cs``: a consultation message to one resident."""

from __future__ import annotations

import asyncio

import structlog
from aiohttp import web

from sandbox.api.drafts import Draft, parse_draft
from sandbox.api.envelope import ApiError, failure, invalid, read_object, success
from sandbox.api.windows import Quota, check_window, take_quota
from sandbox.platform import PLATFORM, Platform
from sandbox.residents import Resident
from sandbox.transcript import Message, NewMessage

log = structlog.get_logger()


async def send(request: web.Request) -> web.StreamResponse:
    """Judges a message, puts it on the phone, echoes it as an event, and answers with its id."""
    platform = request.app[PLATFORM]
    if broken := platform.faults.strikes("server_error"):
        return web.Response(status=broken.value if 500 <= broken.value <= 599 else 503, text="upstream error")
    _strike(platform, "token_invalid", -216, "Access token is invalid")
    _strike(platform, "account_disabled", -204, "OA is disabled")
    _strike(platform, "rate_limited", -32, "API request limit per minute is exceeded")
    if request.content_type != "application/json":
        raise invalid("Content-Type")
    draft = await parse_draft(read_object(await request.read(), "body"), platform.media)
    resident = _recipient(platform, draft)
    check_window(platform, resident)
    quota = take_quota(platform, resident)
    message = deliver(platform, resident, draft_message(draft, quota))
    if lost := platform.faults.strikes("lost_reply"):
        await hang_up(request, lost.value)
    data = {"message_id": message.message_id, "user_id": resident.user_id, "sent_time": str(message.at_ms)}
    return success(data | ({"quota": quota} if quota else {}))


async def refuse_v2(request: web.Request) -> web.StreamResponse:
    """``POST /v2.0/oa/message``: the old chat was shut down (sheet §2.2)."""
    return failure(ApiError(-240, "This API is shut down; use v3.0/oa/message/cs"))


def draft_message(draft: Draft, quota: Quota | None) -> NewMessage:
    """The message as it goes on the phone."""
    return NewMessage(
        user_id=draft.user_id,
        author="oa",
        kind=draft.kind,
        text=draft.text,
        detail=draft.detail,
        quote_message_id=draft.quote_message_id,
        quota_type=quota["quota_type"] if quota else "charged",
    )


def deliver(platform: Platform, resident: Resident, new: NewMessage) -> Message:
    """On the phone, echoed, and with a receipt when the phone is on and the app itself sent it (sheet §1.6)."""
    with platform.store.transaction():
        message = platform.transcript.append(new)
        platform.webhooks.emit(resident.user_id, platform.events.echo(resident, message))
        if resident.online:
            for received in platform.transcript.mark_received(resident.user_id):
                if received.author == "oa":
                    event = platform.events.received(resident, received, platform.clock.now_ms())
                    platform.webhooks.emit(resident.user_id, event)
    return message


async def hang_up(request: web.Request, hold_s: int) -> None:
    """Keeps the caller waiting, then cuts the connection without an answer."""
    log.info("reply_withheld", path=request.path)
    await asyncio.sleep(hold_s)
    if request.transport is not None:
        request.transport.abort()


def _recipient(platform: Platform, draft: Draft) -> Resident:
    resident = platform.residents.find(draft.user_id)
    if resident is None:
        raise invalid("user_id")
    if draft.quote_message_id:
        known = platform.transcript.find(resident.user_id, draft.quote_message_id)
        if known is None or platform.faults.strikes("reject_quote"):
            raise invalid("quote_message_id")
    if draft.detail.get("buttons"):
        _strike(platform, "reject_buttons", -233, "Message type is not supported")
    return resident


def _strike(platform: Platform, fault: str, code: int, message: str) -> None:
    if platform.faults.strikes(fault):
        raise ApiError(code, message)
