"""A connected gateway beside a sandbox whose faults the tests switch on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.delivery.talk import Talk, talking
from tests.support.zalo_road import DEMO, Road, zalo_road


@pytest.fixture
async def road(engine: Any, tmp_path: Path) -> AsyncIterator[Road]:
    """Sandbox and gateway, connected."""
    async with zalo_road(tmp_path, engine.app(), DEMO) as road:
        await road.connect()
        yield road


@pytest.fixture
async def talk(road: Road) -> AsyncIterator[Talk]:
    """A resident who wrote already."""
    async with talking(road) as talk:
        yield talk
