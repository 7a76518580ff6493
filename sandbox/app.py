"""The sandbox's composition root: one web application from its parts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from aiohttp import web

from sandbox import oauth
from sandbox.api import routes as api
from sandbox.api.gate import api_gate
from sandbox.control import routes as control
from sandbox.media import MEGABYTE
from sandbox.platform import PLATFORM, Platform

PAGE = Path(__file__).with_name("page")
# The page loads nothing from elsewhere, runs no inline script, and cannot be framed.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def build_app(platform: Platform) -> web.Application:
    """The application; starting it opens the webhook client, stopping it closes everything."""
    app = web.Application(middlewares=[control.control_errors, api_gate], client_max_size=6 * MEGABYTE)
    app[PLATFORM] = platform
    app.add_routes([*api.routes(), *oauth.routes(), *control.routes(), web.get("/", phone_page)])
    app.router.add_static("/page", PAGE)
    app.on_response_prepare.append(_add_headers)
    app.on_shutdown.append(_end_streams)
    app.cleanup_ctx.append(_run_webhooks)
    return app


async def phone_page(request: web.Request) -> web.StreamResponse:
    """``GET /``: the page with the phones."""
    return web.FileResponse(PAGE / "index.html")


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    if request.path == "/" or request.path.startswith("/page/"):
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Cache-Control"] = "no-cache"


async def _end_streams(app: web.Application) -> None:
    app[PLATFORM].feed.close()


async def _run_webhooks(app: web.Application) -> AsyncIterator[None]:
    platform = app[PLATFORM]
    await platform.webhooks.start()
    yield
    await platform.webhooks.stop()
    platform.store.close()
