"""The Zalo channel: the webhook's order of checks, sending, and the duties beside."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import aiohttp
import structlog
from aiohttp import web
from django.db import DatabaseError

from connectors.channels.zalo.client import ZaloClient
from connectors.channels.zalo.consent import ConsentPages
from connectors.channels.zalo.events import Events
from connectors.channels.zalo.oauth import OAuthClient
from connectors.channels.zalo.parts import parts_of
from connectors.channels.zalo.pictures import Pictures
from connectors.channels.zalo.record import Record
from connectors.channels.zalo.sealing import Sealer
from connectors.channels.zalo.sender import Sender
from connectors.channels.zalo.skew import ZaloTime
from connectors.channels.zalo.tokens import CHANNEL, TokenKeeper
from connectors.channels.zalo.webhook import Webhook
from connectors.core.channel import Gateway
from connectors.core.sending import LookUp, OutgoingMessage, OutgoingPart, SendError, SendResult
from connectors.core.zalo_settings import ZaloSettings
from connectors.snapshot.pictures import PictureFolder
from ledger.inbox import forget_events

log = structlog.get_logger()
KEEP_FRESH_S = 60.0
FORGET_EVERY = 60  # rounds of KEEP_FRESH_S between two clearings of old events


class ZaloChannel:
    """Residents on Zalo. One instance serves every OA that has a secret in the settings.

    ``released`` holds the pictures of approved answers.
    """

    name = CHANNEL

    def __init__(self, gateway: Gateway, settings: ZaloSettings, released: PictureFolder) -> None:
        self._gateway = gateway
        self._settings = settings
        self.absence_is_proof = settings.absence_is_proof
        self._session = aiohttp.ClientSession()
        oauth, sealer = OAuthClient(self._session, settings), Sealer(settings.token_keys)
        self.keeper = TokenKeeper(gateway.ledger, oauth, sealer, gateway.clock, gateway.metrics)
        time = ZaloTime()
        client = ZaloClient(
            self._session, settings.api_url, settings.send_timeout_s, self.keeper, gateway.clock, gateway.metrics, time
        )
        pictures = Pictures(client, self._session, gateway.ledger, gateway.media, released, gateway.clock)
        self._sender = Sender(client, pictures, gateway.clock, settings.charged_sends)
        self._record = Record(client, time)
        events = Events(gateway, settings, time, self.parts)
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
        settings = self._settings
        return parts_of(message, settings.max_buttons, settings.button_template, settings.form_image)

    async def send(self, message: OutgoingMessage, part: OutgoingPart) -> SendResult:
        """See ``CalledChannel.send``."""
        return await self._sender.send(message, part)

    async def find_sent(self, doubtful: LookUp) -> str | None:
        """See ``CalledChannel.find_sent``."""
        return await self._record.find_sent(doubtful)

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
        try:
            await self.keeper.close()
        finally:
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
