"""A platform that signs and posts events as Zalo does, whatever is in them."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient

from connectors.channels.zalo.signature import mac
from connectors.core.ledger import LedgerDoor
from ledger.models import Entry, InboundEvent
from tests.support.zalo_road import APP_ID, OA_ID, OA_SECRET

USER = "7700000000000000011"


@dataclass
class Zalo:
    """Signs and posts as the platform does."""

    client: TestClient[web.Request, web.Application]
    first_term: str = APP_ID
    secret: str = OA_SECRET
    ledger: LedgerDoor = field(default_factory=LedgerDoor)

    async def post(self, raw: bytes, headers: dict[str, str] | None = None) -> int:
        async with self.client.post("/zalo/webhook", data=raw, headers=headers or {}) as response:
            await response.read()
            return response.status

    async def signed(self, raw: bytes, time: str, header_time: str = "") -> int:
        headers = {"X-ZEvent-Signature": f"mac={mac(self.first_term, raw, time, self.secret)}"}
        if header_time:
            headers["X-ZEvent-Timestamp"] = header_time
        return await self.post(raw, headers)

    async def event(self, **fields: Any) -> int:
        body = text_event(**fields)
        return await self.signed(json.dumps(body).encode(), str(body["timestamp"]))

    async def worked_off(self) -> None:
        """Every stored event has had its effect."""
        async with asyncio.timeout(10):
            while await self.ledger(InboundEvent.objects.filter(body__isnull=False).exists):
                await asyncio.sleep(0.01)

    async def counted(self, outcome: str) -> bool:
        await self.worked_off()
        async with self.client.get("/metrics") as response:
            lines = (await response.text()).splitlines()
        return any("channel_events_total" in line and f'outcome="{outcome}"' in line for line in lines)

    async def texts(self) -> list[str | None]:
        await self.worked_off()
        return await self.ledger(
            lambda: list(Entry.objects.filter(author="resident").order_by("pk").values_list("text", flat=True))
        )


def ms(hours_ago: float = 0.0) -> str:
    """A time as Zalo writes it."""
    return str(int((time.time() - hours_ago * 3600) * 1000))


def text_event(text: Any = "F1 cách ly mấy ngày?", msg_id: Any = "m1", **fields: Any) -> dict[str, Any]:
    """A ``user_send_text`` as Zalo sends it."""
    return {
        "app_id": APP_ID,
        "event_name": "user_send_text",
        "sender": {"id": USER},
        "recipient": {"id": OA_ID},
        "message": {"msg_id": msg_id, "text": text},
        "timestamp": ms(),
        **fields,
    }
