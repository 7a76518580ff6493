"""Permission and tokens of oauth.zaloapp.com, version 4 (sheet §4)."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode, urlsplit

import structlog
from aiohttp import web

from sandbox.api.messages import hang_up
from sandbox.platform import PLATFORM, Platform
from sandbox.tokens import TokenPair

log = structlog.get_logger()

# -14002, -14003 and -14020 are known. The sheet names no code for the rest: these numbers are the sandbox's own, and a
# client must not depend on them (it shall take every -14xxx but for network trouble as final).
INVALID_APP = (-14002, "Invalid app id")
INVALID_REDIRECT = (-14003, "Invalid redirect URI")
INVALID_SECRET = (-14004, "Invalid secret key")
INVALID_CODE = (-14005, "Invalid authorization code")
INVALID_VERIFIER = (-14006, "Invalid code verifier")
INVALID_GRANT = (-14007, "Invalid grant type")
INVALID_REFRESH = (-14020, "Invalid refresh token")

PAGE = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Cấp quyền cho ứng dụng</title><link rel="icon" href="/page/avatar.svg">
<link rel="stylesheet" href="/page/permission.css"></head>
<body><main><p class="note">Zalo mô phỏng</p><h1>Cấp quyền cho ứng dụng</h1>
<p>Ứng dụng <b>{app_id}</b> xin quyền gửi tin và nhận tin thay cho Official Account <b>{oa_name}</b>.</p>
<ul><li>Gửi tin nhắn tư vấn</li><li>Quản lý thông tin người dùng</li><li>Nhận sự kiện qua webhook</li></ul>
<form method="post" action="/v4/oa/permission">{fields}<button>Đồng ý</button></form></main></body></html>"""


def routes() -> list[web.RouteDef]:
    """Paths of the OAuth host."""
    return [
        web.get("/v4/oa/permission", show_permission),
        web.post("/v4/oa/permission", grant_permission),
        web.post("/v4/oa/access_token", hand_out_tokens),
    ]


async def show_permission(request: web.Request) -> web.StreamResponse:
    """The page with the button "Đồng ý", or an error when app or callback are wrong."""
    platform = request.app[PLATFORM]
    asked = {name: request.query.get(name, "") for name in ("app_id", "redirect_uri", "code_challenge", "state")}
    if problem := _problem(platform, asked["app_id"], asked["redirect_uri"]):
        return _refuse(*problem)
    fields = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in asked.items())
    page = PAGE.format(app_id=escape(asked["app_id"]), oa_name=escape(platform.settings.oa_name), fields=fields)
    # A form's redirect is under form-action too, so the callback's origin must be named.
    policy = (
        f"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' {_origin(asked['redirect_uri'])}"
    )
    return web.Response(text=page, content_type="text/html", headers={"Content-Security-Policy": policy})


async def grant_permission(request: web.Request) -> web.StreamResponse:
    """The admin agreed: back to the callback with ``code``, ``oa_id`` and the caller's ``state``."""
    platform = request.app[PLATFORM]
    form = {name: str(value) for name, value in (await request.post()).items()}
    redirect_uri = form.get("redirect_uri", "")
    if problem := _problem(platform, form.get("app_id", ""), redirect_uri):
        return _refuse(*problem)
    query = {"code": platform.tokens.grant(form.get("code_challenge", "")), "oa_id": platform.settings.oa_id}
    if form.get("state"):
        query["state"] = form["state"]
    joint = "&" if urlsplit(redirect_uri).query else "?"
    raise web.HTTPFound(f"{redirect_uri}{joint}{urlencode(query)}")


async def hand_out_tokens(request: web.Request) -> web.StreamResponse:
    """Exchange of a code and refresh: a form body, the app's secret in the header ``secret_key``."""
    platform = request.app[PLATFORM]
    if request.content_type != "application/x-www-form-urlencoded":
        return _refuse(*INVALID_GRANT)
    form = {name: str(value) for name, value in (await request.post()).items()}
    if form.get("app_id") != platform.settings.app_id:
        return _refuse(*INVALID_APP)
    if request.headers.get("secret_key") != platform.settings.app_secret:
        return _refuse(*INVALID_SECRET)
    answer = _pair(platform, form)
    if not isinstance(answer, TokenPair):
        return _refuse(*answer)
    platform.feed.publish("platform")
    if form["grant_type"] == "refresh_token" and platform.faults.strikes("lost_token_reply"):
        await hang_up(request, 0)
    return web.json_response(answer.to_json())


def _pair(platform: Platform, form: dict[str, str]) -> TokenPair | tuple[int, str]:
    match form.get("grant_type"):
        case "authorization_code":
            outcome = platform.tokens.redeem(form.get("code", ""), form.get("code_verifier", ""))
            if isinstance(outcome, TokenPair):
                return outcome
            return INVALID_CODE if outcome == "code" else INVALID_VERIFIER
        case "refresh_token":
            return platform.tokens.refresh(form.get("refresh_token", "")) or INVALID_REFRESH
        case _:
            return INVALID_GRANT


def _problem(platform: Platform, app_id: str, redirect_uri: str) -> tuple[int, str] | None:
    """The callback must be the registered one, or, when none is, stand on the verified domain: that of the webhook."""
    if app_id != platform.settings.app_id:
        return INVALID_APP
    registered = platform.settings.callback_url
    if registered:
        return None if redirect_uri == registered else INVALID_REDIRECT
    return None if _origin(redirect_uri) == _origin(platform.webhooks.url) else INVALID_REDIRECT


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{parts.hostname}{port}"
    except ValueError:
        return ""


def _refuse(code: int, reason: str) -> web.Response:
    """Failures come with HTTP 200 (sheet §4.3)."""
    log.info("oauth_refused", code=code, reason=reason)
    shown = {"error_name": reason, "error_reason": reason, "error_description": reason, "ref_doc": ""}
    return web.json_response({"error": code, **shown})
