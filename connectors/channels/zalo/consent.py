"""The way to the first token pair: a one-time link leads to Zalo's page, Zalo leads back with a code."""

from __future__ import annotations

from html import escape

import structlog
from aiohttp import web

from connectors.channels.zalo.oauth import OAuthClient, OAuthError, new_verifier, permission_url
from connectors.channels.zalo.sealing import Sealer, SealError
from connectors.channels.zalo.tokens import CHANNEL, TokenKeeper
from connectors.core.channel import Gateway
from connectors.core.zalo_settings import ZaloSettings
from ledger.credentials import close_link, open_link

log = structlog.get_logger()
PAGE = (
    '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>Kết nối Zalo</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
)
NEW_LINK = "Bạn nhờ quản trị viên tạo liên kết mới."


class ConsentPages:
    """``/zalo/consent`` and ``/zalo/callback``."""

    def __init__(
        self, gateway: Gateway, settings: ZaloSettings, oauth: OAuthClient, keeper: TokenKeeper, sealer: Sealer
    ) -> None:
        self._gateway = gateway
        self._settings = settings
        self._oauth = oauth
        self._keeper = keeper
        self._sealer = sealer

    def add_routes(self, app: web.Application) -> None:
        """Both pages; the callback's path is the one that Zalo knows."""
        app.router.add_get("/zalo/consent", self.consent)
        app.router.add_get("/zalo/callback", self.callback)

    async def consent(self, request: web.Request) -> web.Response:
        """302 to Zalo's page for a link that is good, else 404."""
        verifier = verifier_for(self._settings)
        sealed = self._sealer.seal(verifier) if verifier else ""
        link, now = request.query.get("link", ""), self._gateway.clock.real_now()
        state = await self._gateway.ledger(open_link, CHANNEL, link[:200], sealed, now)
        if state is None:
            return _page(404, "Liên kết không dùng được", f"Liên kết đã dùng hoặc đã quá hạn. {NEW_LINK}")
        raise web.HTTPFound(permission_url(self._settings, state, verifier))

    async def callback(self, request: web.Request) -> web.Response:
        """Zalo's answer: state and OA are checked, the code becomes the first pair."""
        query, now = request.query, self._gateway.clock.real_now()
        consent = await self._gateway.ledger(close_link, CHANNEL, query.get("state", "")[:200], now)
        if consent is None:
            return _page(404, "Không kết nối được", f"Yêu cầu này không phải do hệ thống tạo, hoặc đã dùng. {NEW_LINK}")
        account, code = query.get("oa_id", ""), query.get("code", "")
        if account not in self._settings.oa_secrets:
            log.warning("consent of a foreign oa")
            return _page(403, "Không kết nối được", "Official Account này chưa được khai báo trong cấu hình.")
        if not code:
            return _page(400, "Không kết nối được", f"Zalo không gửi mã cấp quyền. {NEW_LINK}")
        try:
            verifier = self._sealer.open(consent.verifier) if consent.verifier else ""
            await self._keeper.connect(account, await self._oauth.exchange(code, verifier))
        except (OAuthError, SealError) as error:
            reason = error.reason if isinstance(error, OAuthError) else "sealed with another key"
            log.error("consent failed", oa=account, reason=reason)
            return _page(502, "Không kết nối được", f"Zalo từ chối ({reason}). {NEW_LINK}")
        return _page(200, "Đã kết nối", "Official Account đã kết nối với Tin Cậy. Bạn có thể đóng trang này.")


def verifier_for(settings: ZaloSettings) -> str:
    """The PKCE verifier of a new consent; empty without PKCE."""
    return {"request": new_verifier(), "static": settings.pkce_verifier, "none": ""}[settings.pkce]


def _page(status: int, title: str, text: str) -> web.Response:
    return web.Response(
        text=PAGE.format(title=escape(title), text=escape(text)),
        content_type="text/html",
        status=status,
        headers={"Cache-Control": "no-store"},
    )
