"""Connecting an Official Account from the command line."""

from __future__ import annotations

import ipaddress
import sys
from urllib.parse import parse_qs, urlsplit

import aiohttp

from connectors.channels.zalo.client import ACCOUNT, ZaloClient
from connectors.channels.zalo.consent import verifier_for
from connectors.channels.zalo.oauth import OAuthClient, OAuthError, permission_url
from connectors.channels.zalo.sealing import Sealer
from connectors.channels.zalo.skew import ZaloTime
from connectors.channels.zalo.tokens import CHANNEL, TokenKeeper
from connectors.core.ledger import LedgerDoor
from connectors.core.metrics import GatewayMetrics
from connectors.core.sending import SendError
from connectors.core.zalo_settings import ZaloSettings
from contracts.clock import Clock
from ledger.credentials import consent_address, make_link

CALL_S = 10.0


class ConsentError(Exception):
    """The platform on this machine did not lead back with a code; the message says why."""


async def connect(settings: ZaloSettings) -> int:
    """Exit code: 0 connected or link shown, 1 not connected."""
    clock, metrics, ledger = Clock(), GatewayMetrics(), LedgerDoor(2)
    async with aiohttp.ClientSession() as session:
        oauth = OAuthClient(session, settings)
        keeper = TokenKeeper(ledger, oauth, Sealer(settings.token_keys), clock, metrics)
        client = ZaloClient(session, settings.api_url, CALL_S, keeper, clock, metrics, ZaloTime())
        try:
            if await _works(client, settings.oa_id):
                print(f"zalo: OA {settings.oa_id} is connected")
                return 0
            if not _on_this_machine(settings.oauth_url):
                return await _show_link(settings, ledger, clock)
            verifier = verifier_for(settings)
            code = await _consent(session, settings, verifier)
            await keeper.connect(settings.oa_id, await oauth.exchange(code, verifier))
        except (SendError, OAuthError) as error:
            print(f"zalo: not connected: {error.reason}", file=sys.stderr)
            return 1
        except (ConsentError, aiohttp.ClientError, TimeoutError) as error:
            print(f"zalo: not connected: {error or type(error).__name__}", file=sys.stderr)
            return 1
        finally:
            await keeper.close()
            ledger.close()
    print(f"zalo: OA {settings.oa_id} is connected now")
    return 0


async def _works(client: ZaloClient, account: str) -> bool:
    """Whether the stored pair still opens the API (a refresh is tried on the way)."""
    try:
        await client.get(account, ACCOUNT)
    except SendError as error:
        if error.reason == "zalo unreachable":
            raise
        return False
    return True


async def _show_link(settings: ZaloSettings, ledger: LedgerDoor, clock: Clock) -> int:
    link = await ledger(make_link, CHANNEL, clock.real_now())
    print("zalo: open this link within a day, signed in to Zalo as an admin of the OA:")
    print(consent_address(settings.callback_url, link))
    return 0


async def _consent(session: aiohttp.ClientSession, settings: ZaloSettings, verifier: str) -> str:
    """Presses "Đồng ý" on the sandbox's page and reads the code from where it leads; the callback is not called."""
    page = urlsplit(permission_url(settings, "connect", verifier))
    fields = {name: values[0] for name, values in parse_qs(page.query).items()}
    address = f"{page.scheme}://{page.netloc}{page.path}"
    timeout = aiohttp.ClientTimeout(total=CALL_S)
    async with session.post(address, data=fields, allow_redirects=False, timeout=timeout) as response:
        answer = parse_qs(urlsplit(response.headers.get("Location", "")).query)
    codes, accounts, states = (answer.get(name, [""])[0] for name in ("code", "oa_id", "state"))
    if not codes or states != "connect":
        raise ConsentError(f"{address} answered {response.status} without a code; check app id and callback")
    if accounts != settings.oa_id:
        raise ConsentError(f"the consent is of another OA; set ZALO_OA_ID to the sandbox's, not {settings.oa_id}")
    return codes


def _on_this_machine(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
