"""Calls of openapi.zalo.me: token in the header ``access_token``, one refresh when it is refused, the limit kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
import structlog

from connectors.channels.zalo.call_limit import CallLimit
from connectors.channels.zalo.codes import PAUSE_S, SERVER_SETTLE_S, Remedy, error_of, remedy_of
from connectors.channels.zalo.skew import ZaloTime
from connectors.channels.zalo.tokens import CHANNEL, TokenKeeper
from connectors.core.metrics import GatewayMetrics
from connectors.core.sending import SendError
from contracts.clock import Clock

log = structlog.get_logger()
SEND = "/v3.0/oa/message/cs"
CONVERSATION = "/v2.0/oa/conversation"
ACCOUNT = "/v2.0/oa/getoa"
UPLOAD = "/v2.0/oa/upload/image"
CONNECT_SHARE = 0.75  # of the time for a call; name, connection and TLS come first
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
        time: ZaloTime,
    ) -> None:
        self._session = session
        self._url = url
        # What does not even connect must fail earlier: a name that nobody resolves would end as "may have arrived".
        self._timeout = aiohttp.ClientTimeout(total=timeout_s, connect=timeout_s * CONNECT_SHARE)
        self._keeper = keeper
        self._clock = clock
        self._metrics = metrics
        self._time = time
        self._limit = CallLimit(clock)
        self._paused: dict[tuple[str, str], tuple[datetime, int]] = {}

    async def post(self, account: str, path: str, body: Mapping[str, Any], urgent: bool = False) -> Mapping[str, Any]:
        """``data`` of the answer to a JSON body; ``urgent`` calls may use the reserve of a minute.

        Raises:
            SendError: see ``SendError``.
        """
        return _object(await self._call(account, "POST", path, lambda: {"json": dict(body)}, urgent))

    async def upload(self, account: str, content: bytes, urgent: bool = False) -> str:
        """Gives Zalo a JPEG or PNG of at most 1 MB; its ``attachment_id``. Repeating it is harmless.

        Raises:
            SendError: see ``SendError``, never uncertain.
        """

        def form() -> dict[str, Any]:
            data = aiohttp.FormData()
            data.add_field("file", content, filename="anh.png" if content.startswith(b"\x89PNG") else "anh.jpg")
            return {"data": data}

        try:
            data = _object(await self._call(account, "POST", UPLOAD, form, urgent))
        except SendError as error:
            if not error.uncertain:
                raise
            raise SendError(f"upload: {error.reason}", retry_after=error.retry_after) from error
        attachment_id = data.get("attachment_id")
        if not isinstance(attachment_id, str) or not attachment_id:
            raise SendError("upload: zalo gave no attachment_id", permanent=True)
        return attachment_id

    async def get(self, account: str, path: str, query: Mapping[str, Any] | None = None) -> Any:
        """``data`` of the answer; Zalo wants the query as JSON in one parameter.

        Raises:
            SendError: see ``SendError``.
        """
        given = {} if query is None else {"params": {"data": json.dumps(query, ensure_ascii=False)}}
        return await self._call(account, "GET", path, lambda: given, urgent=True)

    async def _call(
        self, account: str, method: str, path: str, given: Callable[[], dict[str, Any]], urgent: bool
    ) -> Any:
        self._check_pause(account, path)
        token = await self._keeper.token(account)
        answer = await self._ask(account, token, method, path, given, urgent)
        if remedy_of(answer.code)[0] is Remedy.REFRESH:
            token = await self._keeper.renewed(account, token)
            answer = await self._ask(account, token, method, path, given, urgent)
        if answer.code == 0:
            return answer.data
        self._note(account, path, answer.code)
        raise error_of(answer.code, self._clock.real_now())

    async def _ask(
        self, account: str, token: str, method: str, path: str, given: Callable[[], dict[str, Any]], urgent: bool
    ) -> _Answer:
        minute = self._limit.take(account, urgent)
        headers: Mapping[str, str] = {}
        try:
            async with self._session.request(
                method, f"{self._url}{path}", headers={"access_token": token}, timeout=self._timeout, **given()
            ) as response:
                headers = response.headers
                self._note_time(headers.get("Date", ""))
                return _answer(response.status, await response.read())
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise SendError("zalo unreachable") from error
        except TimeoutError as error:
            raise SendError("zalo did not answer in time", uncertain=True) from error
        except aiohttp.ClientError as error:
            raise SendError(f"zalo broke off: {type(error).__name__}", uncertain=True) from error
        finally:
            self._limit.give_back(account, minute, headers)

    def _note_time(self, date: str) -> None:
        """Every answer tells Zalo's clock, so it is known before anything in an answer is compared with ours."""
        try:
            at = parsedate_to_datetime(date)
        except ValueError:
            return
        if at.tzinfo is not None:
            self._time.note(at, self._clock.real_now())

    def _check_pause(self, account: str, path: str) -> None:
        until, code = self._paused.get((account, path), (None, 0))
        now = self._clock.real_now()
        if until is not None and now < until:
            raise error_of(code, now)

    def _note(self, account: str, path: str, code: int) -> None:
        """What a refusal means for the calls after it, and for people."""
        remedy, words = remedy_of(code)
        if remedy is Remedy.NEXT_MINUTE:
            self._limit.close(account)
        if remedy is Remedy.PAUSE:
            self._paused[account, path] = (self._clock.real_now() + timedelta(seconds=PAUSE_S), code)
        if remedy in (Remedy.PAUSE, Remedy.PERSON, Remedy.REFRESH):
            self._metrics.channel_alerts.labels(CHANNEL, words).inc()
            log.error("zalo needs attention", oa=account, code=code, meaning=words)


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
