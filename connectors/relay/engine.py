"""Client of the engines' loopback channel: one turn, one repetition where that is safe, a typed failure otherwise."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from zlib import crc32

import aiohttp
import structlog

from contracts.turn import TurnReply, TurnRequest, TurnShapeError, reply_from_json, request_to_json

log = structlog.get_logger()
AWAY = ("refused", "not_ready")  # the message certainly did nothing there, whoever is next may have it


class EngineError(Exception):
    """The engine gave no usable reply; ``reason`` is a short word for logs and metrics."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class EngineClient:
    """Speaks ``POST /webhooks/loopback/turn``.

    Several engines share one tracker store. A conversation stays with one of them while it is up, because an engine keeps
    a conversation's turns, and its erasing, apart only among its own.
    """

    def __init__(self, session: aiohttp.ClientSession, urls: Sequence[str], token: str, timeout_s: float) -> None:
        self._session = session
        self._engines = [f"{url}/webhooks/loopback" for url in urls]
        self._headers = {"Authorization": f"Bearer {token}"}
        self._timeout_s = timeout_s

    async def turn(self, request: TurnRequest) -> TurnReply:
        """The engine's reply to one message.

        The next engine gets it on a refused connection, or when there is no model yet; the same one gets it once more on
        another 5xx, and the first when all were away. All tries share the timeout.

        Raises:
            EngineError: refused, failed, too slow, or of a wrong shape.
        """
        engines = self._engines_of(request.conversation_id)
        try:
            async with asyncio.timeout(self._timeout_s):
                for engine in engines:
                    try:
                        return await self._ask(engine, request)
                    except EngineError as error:
                        if error.reason == "failed":
                            return await self._ask(engine, request)
                        if error.reason not in AWAY:
                            raise
                        log.warning("engine away", engine=engine, reason=error.reason)
                return await self._ask(engines[0], request)
        except TimeoutError as error:
            raise EngineError("timeout") from error

    async def erase(self, conversation_id: str) -> None:
        """Deletes the tracker of a conversation, through its engine or, when that fails, the next.

        Raises:
            EngineError: every engine is away or failed.
        """
        *others, last = self._engines_of(conversation_id)
        for engine in others:
            try:
                return await self._erase(engine, conversation_id)
            except EngineError as error:
                log.warning("engine away", engine=engine, reason=error.reason)
        return await self._erase(last, conversation_id)

    def _engines_of(self, conversation_id: str) -> list[str]:
        """All engines, the conversation's own first, then in turn who goes on for it."""
        place = crc32(conversation_id.encode()) % len(self._engines)
        return self._engines[place:] + self._engines[:place]

    async def _erase(self, engine: str, conversation_id: str) -> None:
        try:
            async with (
                asyncio.timeout(self._timeout_s),
                self._session.delete(f"{engine}/conversations/{conversation_id}", headers=self._headers) as response,
            ):
                if response.status not in {200, 204, 404}:
                    raise EngineError("failed")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise EngineError("refused") from error

    async def _ask(self, engine: str, request: TurnRequest) -> TurnReply:
        try:
            async with self._session.post(
                f"{engine}/turn", json=request_to_json(request), headers=self._headers
            ) as response:
                if response.status >= 500:
                    raise EngineError("not_ready" if response.status == 503 else "failed")
                if response.status != 200:
                    raise EngineError(f"status_{response.status}")
                return reply_from_json(json.loads(await response.read()))
        except aiohttp.ClientConnectorError as error:
            raise EngineError("refused") from error
        except aiohttp.ClientError as error:
            raise EngineError("broken") from error
        except (json.JSONDecodeError, UnicodeDecodeError, TurnShapeError) as error:
            raise EngineError("shape") from error
