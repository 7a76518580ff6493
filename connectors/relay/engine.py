"""Client of the engine's loopback channel: one turn, one repetition where that is safe, a typed failure otherwise."""

from __future__ import annotations

import asyncio
import json

import aiohttp

from contracts.turn import TurnReply, TurnRequest, TurnShapeError, reply_from_json, request_to_json


class EngineError(Exception):
    """The engine gave no usable reply; ``reason`` is a short word for logs and metrics."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class EngineClient:
    """Speaks ``POST /webhooks/loopback/turn``; one instance per engine address."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str, timeout_s: float) -> None:
        self._session = session
        self._url = f"{url}/webhooks/loopback"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._timeout_s = timeout_s

    async def turn(self, request: TurnRequest) -> TurnReply:
        """The engine's reply to one message.

        Tried once more only on a refused connection or a 5xx; both tries share the timeout.

        Raises:
            EngineError: refused, failed, too slow, or of a wrong shape.
        """
        try:
            async with asyncio.timeout(self._timeout_s):
                try:
                    return await self._ask(request)
                except EngineError as error:
                    if error.reason not in {"refused", "failed"}:
                        raise
                    return await self._ask(request)
        except TimeoutError as error:
            raise EngineError("timeout") from error

    async def erase(self, conversation_id: str) -> None:
        """Deletes the engine's tracker of a conversation.

        Raises:
            EngineError: the engine is away or refused.
        """
        try:
            async with (
                asyncio.timeout(self._timeout_s),
                self._session.delete(f"{self._url}/conversations/{conversation_id}", headers=self._headers) as response,
            ):
                if response.status not in {200, 204, 404}:
                    raise EngineError("failed")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise EngineError("refused") from error

    async def is_ready(self) -> bool:
        """Whether the engine has a model."""
        try:
            async with (
                asyncio.timeout(2),
                self._session.get(f"{self._url}/health", headers=self._headers) as response,
            ):
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def _ask(self, request: TurnRequest) -> TurnReply:
        try:
            async with self._session.post(
                f"{self._url}/turn", json=request_to_json(request), headers=self._headers
            ) as response:
                if response.status >= 500:
                    raise EngineError("failed")
                if response.status != 200:
                    raise EngineError(f"status_{response.status}")
                return reply_from_json(json.loads(await response.read()))
        except aiohttp.ClientConnectorError as error:
            raise EngineError("refused") from error
        except aiohttp.ClientError as error:
            raise EngineError("broken") from error
        except (json.JSONDecodeError, UnicodeDecodeError, TurnShapeError) as error:
            raise EngineError("shape") from error
