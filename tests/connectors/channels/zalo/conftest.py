"""A gateway with the Zalo channel beside a real sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.zalo_road import DEMO, Road, zalo_road
from tests.support.zalo_webhook import Zalo


@pytest.fixture
async def unconnected(engine: Any, tmp_path: Path) -> AsyncIterator[Road]:
    """Sandbox and gateway before anybody gave consent."""
    async with zalo_road(tmp_path, engine.app(), DEMO) as road:
        yield road


@pytest.fixture
async def road(unconnected: Road) -> Road:
    """Sandbox and gateway, connected."""
    await unconnected.connect()
    return unconnected


@pytest.fixture
async def zalo(road: Road) -> AsyncIterator[Zalo]:
    """Whoever posts to the webhook by hand."""
    platform = Zalo(road.client)
    yield platform
    platform.ledger.close()
