"""The portal page with the chat, the widget's files, and what the page must know about today."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from connectors.snapshot.texts import GatewayTexts
from contracts.clock import Clock
from contracts.reply import vietnamese_date

WIDGET = Path(__file__).resolve().parents[2] / "widget"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
}
URGENT_HOTLINES = ("115", "02371022", "19009095")


class PortalPages:
    """Static files from ``widget/`` and ``/chat/v1/info``. ``verifier`` is the code that proves the domain to Zalo."""

    def __init__(self, texts: GatewayTexts, clock: Clock, verifier: str = "") -> None:
        self._texts = texts
        self._clock = clock
        self._verifier = verifier

    def add_routes(self, app: web.Application) -> None:
        """``/``, ``/widget/<file>``, ``/chat/v1/info``."""
        app.router.add_get("/", self.portal)
        app.router.add_get("/widget/{name:[a-z0-9_-]+\\.(?:js|css|svg)}", self.file)
        app.router.add_get("/chat/v1/info", self.info)

    async def portal(self, _request: web.Request) -> web.StreamResponse:
        """The portal page, with Zalo's mark of the domain's owner where one is set."""
        headers = {"Cache-Control": "no-cache"}
        if not self._verifier:
            return web.FileResponse(WIDGET / "portal.html", headers=headers)
        mark = f'<meta name="zalo-platform-site-verification" content="{self._verifier}"></head>'
        page = (WIDGET / "portal.html").read_text("utf-8").replace("</head>", mark, 1)
        return web.Response(text=page, content_type="text/html", headers=headers)

    async def file(self, request: web.Request) -> web.FileResponse:
        """A file of the widget; the pattern of the route admits no path."""
        path = WIDGET / request.match_info["name"]
        if not path.is_file():
            raise web.HTTPNotFound
        headers = {"Cache-Control": "no-cache", "Content-Type": f"{_TYPES[path.suffix]}; charset=utf-8"}
        return web.FileResponse(path, headers=headers)

    async def info(self, _request: web.Request) -> web.Response:
        """``{demo, today, notice, hotlines[{name, display, phone}]}``; hotlines are released ones."""
        by_phone = {str(release.payload["phone"]): release.payload for release in self._texts.in_force("hotline")}
        hotlines = [
            {"name": by_phone[phone]["name"], "display": by_phone[phone]["display"], "phone": phone}
            for phone in URGENT_HOTLINES
            if phone in by_phone
        ]
        body = {
            "demo": self._clock.demo,
            "today": vietnamese_date(self._clock.content_now().date()),
            "notice": self._texts.demo_notice(),
            "hotlines": hotlines,
        }
        return web.json_response(body, headers={"Cache-Control": "no-store"})


async def add_security_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Signal handler: every answer of the public port carries the headers."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
