"""The Zalo channel: the webhook's order of checks, sending, and the duties beside."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import structlog
from aiohttp import web
from django.db import DatabaseError

from connectors.channels.zalo.client import CONVERSATION, SEND, ZaloClient
from connectors.channels.zalo.consent import ConsentPages
from connectors.channels.zalo.events import Events
from connectors.channels.zalo.messages import comparable
from connectors.channels.zalo.oauth import OAuthClient
from connectors.channels.zalo.parts import parts_of
from connectors.channels.zalo.sealing import Sealer
from connectors.channels.zalo.tokens import CHANNEL, TokenKeeper
from connectors.channels.zalo.webhook import Webhook
from connectors.core.channel import Gateway
from connectors.core.sending import LookUp, OutgoingMessage, OutgoingPart, SendError, SendResult
from connectors.core.zalo_settings import ZaloSettings
from ledger.inbox import forget_events

log = structlog.get_logger()
FREE = timedelta(hours=48)
WINDOW = timedelta(days=7)
KEEP_FRESH_S = 60.0
FORGET_EVERY = 60  # rounds of KEEP_FRESH_S between two clearings of old events


class ZaloChannel:
    """Residents on Zalo. One instance serves every OA that has a secret in the settings."""

    name = CHANNEL

    def __init__(self, gateway: Gateway, settings: ZaloSettings) -> None:
        self._gateway = gateway
        self._settings = settings
        self.absence_is_proof = settings.absence_is_proof
        self._session = aiohttp.ClientSession()
        oauth, sealer = OAuthClient(self._session, settings), Sealer(settings.token_keys)
        self.keeper = TokenKeeper(gateway.ledger, oauth, sealer, gateway.clock, gateway.metrics)
        self._client = ZaloClient(
            self._session, settings.api_url, settings.send_timeout_s, self.keeper, gateway.clock, gateway.metrics
        )
        events = Events(gateway, settings.oa_secrets, self.parts)
        gateway.inbox.serve(CHANNEL, events.handle)
        self._webhook = Webhook(settings, events, gateway)
        self._consent = ConsentPages(gateway, settings, oauth, self.keeper, sealer)

    def add_routes(self, app: web.Application) -> None:
        """The webhook, the consent pages, and the file that proves the domain to Zalo."""
        app.router.add_post(self._settings.webhook_path, self._webhook.handle)
        app.router.add_get(self._settings.webhook_path, self._webhook.greet)
        self._consent.add_routes(app)
        if self._settings.verifier:
            app.router.add_get(f"/zalo_verifier{self._settings.verifier}.html", self.verifier)

    async def verifier(self, _request: web.Request) -> web.Response:
        """The page that Zalo looks for at the root of the domain."""
        code = self._settings.verifier
        page = (
            '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">'
            f'<meta name="zalo-platform-site-verification" content="{code}"></head><body>{code}</body></html>'
        )
        return web.Response(text=page, content_type="text/html")

    def parts(self, message: OutgoingMessage) -> Sequence[OutgoingPart]:
        """See ``CalledChannel.parts``."""
        return parts_of(message, self._settings.max_buttons, self._settings.button_template)

    async def send(self, message: OutgoingMessage, part: OutgoingPart) -> SendResult:
        """See ``CalledChannel.send``. A closed window is refused here, before it costs a call."""
        self._check_window(message)
        account, _, user_id = message.address.partition(":")
        body = {"recipient": {"user_id": user_id}, "message": part.body}
        data = await self._client.post(account, SEND, body)
        provider_id = data.get("message_id")
        if not isinstance(provider_id, str) or not provider_id:
            raise SendError("zalo accepted without a message id", uncertain=True)
        quota = _quota(data)
        if quota == "charged":
            # Zalo leaves the quota out when it charges; what is billed must not surprise anybody.
            log.info("charged message", conversation=message.conversation_id)
        return SendResult(provider_id=provider_id, quota=quota)

    async def find_sent(self, doubtful: LookUp) -> str | None:
        """See ``CalledChannel.find_sent``: the last ten messages of the conversation, newest first."""
        account, _, user_id = doubtful.address.partition(":")
        query = {"user_id": user_id, "offset": 0, "count": 10}
        items = await self._client.get(account, CONVERSATION, query)
        if not isinstance(items, list):
            raise SendError("zalo's record has no list")
        wanted = comparable(doubtful.text)
        for item in reversed([item for item in items if isinstance(item, dict)]):
            provider_id = str(item.get("message_id") or "")
            if item.get("src") != 0 or not provider_id or provider_id in doubtful.known:
                continue
            if comparable(str(item.get("message", ""))) == wanted and _time(item.get("time")) >= doubtful.since:
                return provider_id
        return None

    async def run(self) -> None:
        """Refreshes tokens at 80 % of their life, also when nobody writes; forgets old events."""
        if not self._settings.strict:
            log.error("signatures are only reported, nothing is processed unsigned", setting="ZALO_SIGNATURE_MODE")
        rounds = 0
        while True:
            for account in self._settings.oa_secrets:
                await self._keep_fresh(account)
            if rounds % FORGET_EVERY == 0:
                await self._forget_old()
            rounds += 1
            await asyncio.sleep(KEEP_FRESH_S)

    async def close(self) -> None:
        """See ``CalledChannel.close``."""
        await self.keeper.close()
        await self._session.close()

    async def _keep_fresh(self, account: str) -> None:
        try:
            await self.keeper.token(account)
        except SendError as error:
            log.warning("oa cannot send", oa=account, reason=error.reason)
        except DatabaseError as error:
            log.warning("tokens not readable", oa=account, error=type(error).__name__)

    async def _forget_old(self) -> None:
        try:
            await self._gateway.ledger(forget_events, self._gateway.clock.real_now())
        except DatabaseError as error:
            log.warning("old events not cleared", error=type(error).__name__)

    def _check_window(self, message: OutgoingMessage) -> None:
        if message.last_resident_at is None:
            return
        silent = self._gateway.clock.real_now() - message.last_resident_at
        if silent > WINDOW:
            raise SendError("window closed: the resident was silent for more than 7 days", permanent=True)
        if silent > FREE and not self._settings.charged_sends:
            raise SendError(
                "window closed: after 48 hours a message is charged, ZALO_CHARGED_SENDS is no", permanent=True
            )


def _quota(data: Any) -> str:
    quota = data.get("quota")
    if not isinstance(quota, dict):
        return "charged"
    return str(quota.get("quota_type") or "unknown")


def _time(value: object) -> datetime:
    """Milliseconds as Zalo has them, number or text; what is no time counts as long ago."""
    text = str(value)
    return datetime.fromtimestamp(int(text[:14]) / 1000, UTC) if text.isdecimal() else datetime.fromtimestamp(0, UTC)
