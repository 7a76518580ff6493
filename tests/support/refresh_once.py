"""``python -m tests.support.refresh_once <refused token>``: another gateway's process that refreshes the tokens."""

from __future__ import annotations

import asyncio
import os
import sys

import aiohttp
import django


async def refresh_once(refused: str) -> str:
    """The token that this process goes on with after one was refused."""
    from connectors.channels.zalo.oauth import OAuthClient
    from connectors.channels.zalo.sealing import Sealer
    from connectors.channels.zalo.tokens import TokenKeeper
    from connectors.core.config import read_settings
    from connectors.core.ledger import LedgerDoor
    from connectors.core.metrics import GatewayMetrics
    from contracts.clock import Clock

    settings = read_settings(os.environ).zalo
    assert settings is not None
    async with aiohttp.ClientSession() as session:
        oauth = OAuthClient(session, settings)
        keeper = TokenKeeper(LedgerDoor(), oauth, Sealer(settings.token_keys), Clock(), GatewayMetrics())
        return await keeper.renewed(settings.oa_id, refused)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "ledger.settings"
    django.setup()
    print(asyncio.run(refresh_once(sys.argv[1])))
