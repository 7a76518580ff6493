"""Sends one part to a resident: window, picture, call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import structlog

from connectors.channels.zalo.client import SEND, ZaloClient
from connectors.channels.zalo.codes import EXPIRED_ATTACHMENT, ZaloError
from connectors.channels.zalo.parts import PICTURE, with_picture
from connectors.channels.zalo.pictures import PictureError, Pictures
from connectors.channels.zalo.tokens import CHANNEL
from connectors.core.sending import OutgoingMessage, OutgoingPart, SendError, SendResult
from contracts.clock import Clock
from ledger.windows import Window, window_of

log = structlog.get_logger()


class Sender:
    """One per process; ``charged_sends``: whether messages go out that Zalo charges."""

    def __init__(self, client: ZaloClient, pictures: Pictures, clock: Clock, charged_sends: bool) -> None:
        self._client = client
        self._pictures = pictures
        self._clock = clock
        self._charged_sends = charged_sends

    async def send(self, message: OutgoingMessage, part: OutgoingPart) -> SendResult:
        """See ``CalledChannel.send``. A closed window is refused here, before it costs a call."""
        self._check_window(message)
        if not part.image:
            return await self._post(message, part.body)
        try:
            return await self._with_picture(message, part)
        except PictureError as error:
            log.warning("picture left out", conversation=message.conversation_id, reason=str(error))
            if not part.text:
                raise SendError(f"picture cannot be sent: {error}", permanent=True) from error
            return replace(await self._post(message, part.body), left_out=PICTURE)

    async def _with_picture(self, message: OutgoingMessage, part: OutgoingPart) -> SendResult:
        account = message.address.partition(":")[0]
        attachment_id = await self._pictures.attachment(account, part.image, message.urgent)
        try:
            return await self._post(message, with_picture(part, attachment_id))
        except ZaloError as error:
            if error.code != EXPIRED_ATTACHMENT:
                raise
        await self._pictures.forget(account, attachment_id)
        attachment_id = await self._pictures.attachment(account, part.image, message.urgent)
        return await self._post(message, with_picture(part, attachment_id))

    async def _post(self, message: OutgoingMessage, body: Mapping[str, Any]) -> SendResult:
        account, _, user_id = message.address.partition(":")
        request = {"recipient": {"user_id": user_id}, "message": dict(body)}
        data = await self._client.post(account, SEND, request, message.urgent)
        provider_id = data.get("message_id")
        if not isinstance(provider_id, str) or not provider_id:
            raise SendError("zalo accepted without a message id", uncertain=True)
        quota = _quota(data)
        if quota == "charged":
            # Zalo leaves the quota out when it charges; what is billed must not surprise anybody.
            log.info("charged message", conversation=message.conversation_id)
        return SendResult(provider_id=provider_id, quota=quota)

    def _check_window(self, message: OutgoingMessage) -> None:
        window = window_of(CHANNEL, message.last_resident_at, self._clock.real_now()).window
        if window is Window.CLOSED:
            raise SendError("window closed: the resident was silent for more than 7 days", permanent=True)
        if window is Window.CHARGED and not self._charged_sends:
            raise SendError(
                "window charged: the resident was silent for more than 48 hours, ZALO_CHARGED_SENDS is no",
                permanent=True,
            )


def _quota(data: Mapping[str, Any]) -> str:
    quota = data.get("quota")
    if not isinstance(quota, dict):
        return "charged"
    return str(quota.get("quota_type") or "unknown")
