"""The way in: what a danger rule hits is in the ledger before everything that can wait."""

from __future__ import annotations

import asyncio
import math
import threading
from pathlib import Path

from connectors.core.follower import Follower
from connectors.core.ledger import LedgerDoor
from connectors.core.metrics import GatewayMetrics
from connectors.relay.intake import RelayIntake
from connectors.snapshot.texts import GatewayTexts
from contracts.snapshot import SnapshotCopy
from ledger.conversations import find_or_open
from ledger.inbound import ResidentMessage
from tests.connectors.conftest import DEMO
from tests.support.content_pack import shipped_snapshot


async def test_danger_does_not_stand_back_for_other_urgent_jobs() -> None:
    texts = GatewayTexts(SnapshotCopy(Path("unused"), shipped_snapshot()), DEMO)
    door, gate = LedgerDoor(2, stand_back_s=math.inf), threading.Event()
    intake = RelayIntake(door, texts, Follower(door), lambda _: None, DEMO, GatewayMetrics())
    conversation = await door(find_or_open, "zalo", "1:2", DEMO.real_now())
    begun = threading.Event()
    urgent = asyncio.create_task(door.urgent(lambda: begun.set() or gate.wait()))
    await asyncio.to_thread(begun.wait)  # else both might share a transaction

    message = ResidentMessage(external_id="m1", text="mẹ tôi khó thở tím môi")
    try:
        async with asyncio.timeout(10):
            received = await intake.receive("zalo", conversation.pk, message, awaited=False)
    finally:
        gate.set()
        await urgent
        door.close()

    assert received.new
