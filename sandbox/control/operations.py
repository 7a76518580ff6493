"""The platform itself: state, webhook address and journal, tokens, faults, limit, clock, reset."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web

from sandbox.control.fields import ControlError, json_body, query_number, text, whole_number
from sandbox.faults import FaultSettingError
from sandbox.platform import PLATFORM, Platform

MAX_AHEAD_S = 10 * 365 * 24 * 3600
JOURNAL_PAGE = 200


async def state(request: web.Request) -> web.StreamResponse:
    """``GET /sandbox/state``."""
    return _state(request.app[PLATFORM])


async def issue_tokens(request: web.Request) -> web.StreamResponse:
    """``POST /sandbox/tokens`` → 201 a first pair, as the API Explorer of the console gives it."""
    await json_body(request)
    platform = request.app[PLATFORM]
    pair = platform.tokens.issue()
    platform.feed.publish("platform")
    return web.json_response(pair.to_json(), status=201)


async def save_webhook(request: web.Request) -> web.StreamResponse:
    """``PUT /sandbox/webhook {url}``: probed as the console does; 409 when the address does not answer 200."""
    platform = request.app[PLATFORM]
    url = text(await json_body(request), "url")
    if urlsplit(url).scheme not in ("http", "https"):
        raise ControlError("Địa chỉ webhook phải bắt đầu bằng http:// hoặc https://.")
    if not await platform.webhooks.save_url(url):
        raise ControlError("Không thể kết nối với webhook: địa chỉ phải trả lời 200 cho yêu cầu rỗng.", 409)
    return _state(platform)


async def subscribe(request: web.Request) -> web.StreamResponse:
    """``POST /sandbox/webhook/subscribe``: switches events on again after the ladder failed."""
    await json_body(request)
    platform = request.app[PLATFORM]
    platform.webhooks.subscribe()
    return _state(platform)


async def webhooks(request: web.Request) -> web.StreamResponse:
    """``GET /sandbox/webhooks[?after=ID]`` → ``{webhooks: […]}``: 200 after a number, or the last 200; oldest first."""
    journal = request.app[PLATFORM].journal
    if "after" in request.query:
        return web.json_response({"webhooks": journal.after(query_number(request, "after", 0, 2**53), JOURNAL_PAGE)})
    return web.json_response({"webhooks": journal.latest(JOURNAL_PAGE)})


async def show_faults(request: web.Request) -> web.StreamResponse:
    """``GET /sandbox/faults``."""
    return web.json_response(request.app[PLATFORM].faults.to_json())


async def set_faults(request: web.Request) -> web.StreamResponse:
    """``PUT /sandbox/faults {seed?, faults?: {name: {probability?, count?, value?}}}``; {"reset": true} turns all off."""
    platform, body = request.app[PLATFORM], await json_body(request)
    if not platform.faults.available:
        raise ControlError("Lỗi giả lập đang tắt (SANDBOX_FAULTS=no).", 403)
    if body.get("reset") is True:
        platform.faults.reset()
    if "seed" in body:
        platform.faults.reseed(whole_number(body, "seed"))
    changes = body.get("faults", {})
    if not isinstance(changes, dict) or not all(isinstance(change, dict) for change in changes.values()):
        raise ControlError("Trường 'faults' phải là đối tượng {tên: {probability, count, value}}.")
    try:
        for name, change in changes.items():
            platform.faults.set(name, change)
    except FaultSettingError as error:
        raise ControlError(str(error)) from error
    platform.feed.publish("faults")
    return web.json_response(platform.faults.to_json())


async def set_limit(request: web.Request) -> web.StreamResponse:
    """``PUT /sandbox/limit {per_minute}``."""
    platform = request.app[PLATFORM]
    per_minute = whole_number(await json_body(request), "per_minute")
    if not 1 <= per_minute <= 100_000:
        raise ControlError("Trường 'per_minute' phải từ 1 đến 100000.")
    platform.limit.per_minute = per_minute
    platform.feed.publish("platform")
    return _state(platform)


async def move_clock(request: web.Request) -> web.StreamResponse:
    """``POST /sandbox/clock {advance_s} | {offset_s}``: moves the platform's time; it never runs backwards by advance."""
    platform, body = request.app[PLATFORM], await json_body(request)
    if "advance_s" in body:
        ahead = platform.clock.offset_s + max(0, whole_number(body, "advance_s"))
    else:
        ahead = whole_number(body, "offset_s")
    if not 0 <= ahead <= MAX_AHEAD_S:
        raise ControlError(f"Đồng hồ chỉ đặt được trước từ 0 đến {MAX_AHEAD_S} giây.")
    platform.move_clock(ahead)
    return _state(platform)


async def reset(request: web.Request) -> web.StreamResponse:
    """``POST /sandbox/reset``: an empty platform."""
    await json_body(request)
    platform = request.app[PLATFORM]
    await platform.reset()
    return _state(platform)


def _state(platform: Platform) -> web.Response:
    webhook = {"url": platform.webhooks.url, "subscribed": platform.webhooks.subscribed}
    body = {
        "oa": {"id": platform.settings.oa_id, "name": platform.settings.oa_name},
        "app_id": platform.settings.app_id,
        "authorised": platform.tokens.authorised(),
        "webhook": webhook,
        "clock": {"now": str(platform.clock.now_ms()), "offset_s": platform.clock.offset_s},
        "limit": {"per_minute": platform.limit.per_minute},
        "speed": platform.settings.speed,
        "faults_available": platform.faults.available,
    }
    return web.json_response(body)
