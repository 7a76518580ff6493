"""Permission page, codes, and tokens that live once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import aiohttp
from yarl import URL

from sandbox.tokens import challenge_of

if TYPE_CHECKING:
    from tests.sandbox.conftest import Receiver, Sandbox, Start

APP_ID = "2900000000000000001"
APP_SECRET = "app-secret-of-the-tests"
VERIFIER = "v" * 43


async def _permission(sandbox: Sandbox, receiver: Receiver, **changes: str) -> dict[str, str]:
    """Opens the page, presses the button, follows no redirect; the query of the callback."""
    asked = {"app_id": APP_ID, "redirect_uri": f"{receiver.origin}/zalo/callback", "state": "s-1", **changes}
    async with sandbox.http.get(f"{sandbox.origin}/v4/oa/permission", params=asked) as page:
        html = await page.text()
    assert "Đồng ý" in html
    form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', html))
    url = f"{sandbox.origin}/v4/oa/permission"
    async with sandbox.http.post(url, data=form, allow_redirects=False) as answer:
        assert answer.status == 302
        location = answer.headers["Location"]
    assert location.startswith(asked["redirect_uri"])
    return dict(URL(location).query)


async def _tokens(sandbox: Sandbox, secret: str = APP_SECRET, **form: str) -> dict[str, Any]:
    url = f"{sandbox.origin}/v4/oa/access_token"
    body = {"app_id": APP_ID, **form}
    async with sandbox.http.post(url, data=body, headers={"secret_key": secret}) as answer:
        assert answer.status == 200
        parsed: dict[str, Any] = await answer.json()
        return parsed


async def _exchange(sandbox: Sandbox, code: str, **form: str) -> dict[str, Any]:
    return await _tokens(sandbox, grant_type="authorization_code", code=code, **form)


async def _refresh(sandbox: Sandbox, token: str) -> dict[str, Any]:
    return await _tokens(sandbox, grant_type="refresh_token", refresh_token=token)


async def test_it_leads_back_with_code_oa_id_and_state_when_the_admin_agrees(
    sandbox: Sandbox, receiver: Receiver
) -> None:
    query = await _permission(sandbox, receiver)
    assert query["oa_id"] == "4400000000000000099"
    assert query["state"] == "s-1"
    pair = await _exchange(sandbox, query["code"])
    assert pair["expires_in"] == "90000"
    assert pair["access_token"] != pair["refresh_token"]


async def test_it_refuses_a_code_when_it_is_used_again(sandbox: Sandbox, receiver: Receiver) -> None:
    code = (await _permission(sandbox, receiver))["code"]
    await _exchange(sandbox, code)
    assert -15000 < (await _exchange(sandbox, code))["error"] <= -14000


async def test_it_refuses_a_code_when_ten_minutes_are_over(sandbox: Sandbox, receiver: Receiver) -> None:
    code = (await _permission(sandbox, receiver))["code"]
    await sandbox.control("POST", "/clock", {"advance_s": 600})
    assert (await _exchange(sandbox, code))["error"] <= -14000


async def test_it_demands_the_right_verifier_when_a_challenge_was_given(sandbox: Sandbox, receiver: Receiver) -> None:
    for verifier, accepted in ((VERIFIER, True), ("x" * 43, False), ("", False)):
        query = await _permission(sandbox, receiver, code_challenge=challenge_of(VERIFIER))
        answer = await _exchange(sandbox, query["code"], code_verifier=verifier)
        assert ("access_token" in answer) is accepted


async def test_it_makes_challenges_as_rfc_7636_does() -> None:
    """The example of RFC 7636, appendix B."""
    assert challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


async def test_it_refuses_a_foreign_callback_when_permission_is_asked(sandbox: Sandbox) -> None:
    asked = {"app_id": APP_ID, "redirect_uri": "https://example.org/callback"}
    async with sandbox.http.get(f"{sandbox.origin}/v4/oa/permission", params=asked) as answer:
        assert (await answer.json())["error"] == -14003


async def test_it_demands_the_registered_callback_to_the_letter_when_there_is_one(
    start: Start, receiver: Receiver
) -> None:
    sandbox = await start(SANDBOX_CALLBACK_URL=f"{receiver.origin}/zalo/callback")
    asked = {"app_id": APP_ID, "redirect_uri": f"{receiver.origin}/zalo/callback/"}
    async with sandbox.http.get(f"{sandbox.origin}/v4/oa/permission", params=asked) as answer:
        assert (await answer.json())["error"] == -14003


async def test_it_kills_both_old_tokens_when_a_pair_is_refreshed(sandbox: Sandbox) -> None:
    old = await sandbox.control("POST", "/tokens", {})
    new = await _refresh(sandbox, old["refresh_token"])
    sandbox.access_token = old["access_token"]
    assert (await sandbox.api("GET", "/v2.0/oa/getoa"))["error"] == -220
    sandbox.access_token = new["access_token"]
    assert (await sandbox.api("GET", "/v2.0/oa/getoa"))["error"] == 0
    assert (await _refresh(sandbox, old["refresh_token"]))["error"] == -14020
    assert "access_token" in await _refresh(sandbox, new["refresh_token"])


async def test_it_ends_access_after_25_hours_and_the_chain_after_three_months(sandbox: Sandbox) -> None:
    pair = await sandbox.control("POST", "/tokens", {})
    sandbox.access_token = pair["access_token"]
    await sandbox.control("POST", "/clock", {"advance_s": 89_999})
    assert (await sandbox.api("GET", "/v2.0/oa/getoa"))["error"] == 0
    await sandbox.control("POST", "/clock", {"advance_s": 1})
    assert (await sandbox.api("GET", "/v2.0/oa/getoa"))["error"] == -216
    await sandbox.control("POST", "/clock", {"advance_s": 91 * 24 * 3600})
    assert (await _refresh(sandbox, pair["refresh_token"]))["error"] == -14020


async def test_it_answers_200_with_an_error_when_app_or_secret_are_wrong(sandbox: Sandbox) -> None:
    pair = await sandbox.control("POST", "/tokens", {})
    form = {"grant_type": "refresh_token", "refresh_token": pair["refresh_token"]}
    assert (await _tokens(sandbox, secret="wrong", **form))["error"] <= -14000
    assert (await _tokens(sandbox, app_id="1", **form))["error"] == -14002
    assert (await _tokens(sandbox, grant_type="password"))["error"] <= -14000
    assert "access_token" in await _tokens(sandbox, **form)


async def test_it_uses_the_refresh_token_up_when_the_reply_is_lost(sandbox: Sandbox) -> None:
    pair = await sandbox.control("POST", "/tokens", {})
    await sandbox.fault("lost_token_reply", count=1)
    lost = False
    try:
        await _refresh(sandbox, pair["refresh_token"])
    except aiohttp.ServerDisconnectedError:
        lost = True
    assert lost
    assert (await _refresh(sandbox, pair["refresh_token"]))["error"] == -14020


async def test_it_keeps_tokens_when_it_is_started_again(start: Start) -> None:
    first = await start()
    await first.authorise()
    again = await start()
    again.access_token = first.access_token
    assert (await again.api("GET", "/v2.0/oa/getoa"))["data"]["oaid"] == "4400000000000000099"
