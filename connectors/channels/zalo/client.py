"""Calls of openapi.zalo.me: token in the header ``access_token``, one refresh when it is refused, the limit per minute kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp
import structlog

from connectors.channels.zalo.codes import SERVER_SETTLE_S, Remedy, error_of, remedy_of, seconds_to_next_minute
from connectors.channels.zalo.tokens import CHANNEL, TokenKeeper
from connectors.core.metrics import GatewayMetrics
from connectors.core.sending import SendError
from contracts.clock import Clock

log = structlog.get_logger()
SEND = "/v3.0/oa/message/cs"
CONVERSATION = "/v2.0/oa/conversation"
ACCOUNT = "/v2.0/oa/getoa"
_UNAUTHORIZED = -216


@dataclass(frozen=True)
class _Answer:
    """``error`` and ``data`` of Zalo's envelope."""

    code: int
    data: Any


class ZaloClient:
    """One per process. Every failure comes as ``SendError``."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: str,
        timeout_s: float,
        keeper: TokenKeeper,
        clock: Clock,
        metrics: GatewayMetrics,
    ) -> None:
        self._session = session
        self._url = url
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)
        self._keeper = keeper
        self._clock = clock
        self._metrics = metrics
        self._closed_until: dict[str, datetime] = {}

    async def post(self, account: str, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """``data`` of the answer to a JSON body.

        Raises:
            SendError: see ``SendError``.
        """
        return _object(await self._call(account, "POST", path, json=dict(body)))

    async def get(self, account: str, path: str, query: Mapping[str, Any] | None = None) -> Any:
        """``data`` of the answer; Zalo wants the query as JSON in one parameter.

        Raises:
            SendError: see ``SendError``.
        """
        given = {} if query is None else {"params": {"data": json.dumps(query, ensure_ascii=False)}}
        return await self._call(account, "GET", path, **given)

    async def _call(self, account: str, method: str, path: str, **given: Any) -> Any:
        self._check_gate(account)
        token = await self._keeper.token(account)
        answer = await self._ask(account, token, method, path, **given)
        if remedy_of(answer.code)[0] is Remedy.REFRESH:
            token = await self._keeper.renewed(account, token)
            answer = await self._ask(account, token, method, path, **given)
        if answer.code == 0:
            return answer.data
        remedy, words = remedy_of(answer.code)
        if remedy is Remedy.NEXT_MINUTE:
            self._close_gate(account)
        if remedy in (Remedy.PERSON, Remedy.REFRESH):
            self._metrics.channel_alerts.labels(CHANNEL, words).inc()
            log.error("zalo needs attention", oa=account, code=answer.code, meaning=words)
        raise error_of(answer.code, self._clock.real_now())

    async def _ask(self, account: str, token: str, method: str, path: str, **given: Any) -> _Answer:
        try:
            async with self._session.request(
                method, f"{self._url}{path}", headers={"access_token": token}, timeout=self._timeout, **given
            ) as response:
                raw = await response.read()
                status, remain = response.status, response.headers.get("X-RateLimit-Remain")
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise SendError("zalo unreachable") from error
        except TimeoutError as error:
            raise SendError("zalo did not answer in time", uncertain=True) from error
        except aiohttp.ClientError as error:
            raise SendError(f"zalo broke off: {type(error).__name__}", uncertain=True) from error
        if remain == "0":
            self._close_gate(account)
        return _answer(status, raw)

    def _check_gate(self, account: str) -> None:
        until, now = self._closed_until.get(account), self._clock.real_now()
        if until is not None and now < until:
            raise SendError("limit per minute", retry_after=seconds_to_next_minute(now))

    def _close_gate(self, account: str) -> None:
        now = self._clock.real_now()
        self._closed_until[account] = now.replace(second=59, microsecond=999_999)


def _answer(status: int, raw: bytes) -> _Answer:
    """Failures come with HTTP 200, some with 4xx and the same body; a 5xx says nothing about what was done."""
    if status >= 500:
        raise SendError(f"zalo http {status}", uncertain=True, retry_after=SERVER_SETTLE_S)
    try:
        body = json.loads(raw)
    except ValueError:
        body = None
    code = body.get("error") if isinstance(body, dict) else None
    if isinstance(body, dict) and isinstance(code, int) and not isinstance(code, bool):
        if status == 401 and code == 0:
            code = _UNAUTHORIZED
        return _Answer(code, body.get("data"))
    if status == 401:
        return _Answer(_UNAUTHORIZED, None)
    if status != 200:
        raise SendError(f"zalo http {status}", permanent=True)
    raise SendError("zalo answered without an envelope", uncertain=True)


def _object(data: Any) -> Mapping[str, Any]:
    return data if isinstance(data, dict) else {}
