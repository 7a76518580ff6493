"""The engine's only door: an input channel on loopback for the relay of the gateway.

``POST /webhooks/loopback/turn`` takes and gives the shapes of ``contracts.turn``. Errors are
``{"error": <code>, "message": …}``: 400 shape, 401 token, 422 nothing said, 502 an action failed, 503 no model yet,
504 too slow. Nothing of a failed turn is recorded, so that it may be repeated with the same message id.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from hmac import compare_digest
from typing import Any

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.channels.erasing import erase_conversation
from bot.channels.incoming import NothingSaidError
from bot.channels.turns import ActionFailedError, EngineNotReadyError, TurnRunner
from bot.patches import apply_patches
from bot.places.files import DEFAULT_FILES, gazetteer_of
from contracts.turn import TurnRequest, TurnShapeError, reply_to_json, request_from_json

log = structlog.get_logger(__name__)

TURN_TIMEOUT_S = 4.0
_MIN_TOKEN = 16


class ChannelSettingError(ValueError):
    """credentials.yml does not configure the channel well; the message says what to set."""


class LoopbackInput(InputChannel):
    """Input channel ``loopback``; ``credentials.yml`` gives ``token`` and may give ``turn_timeout_s``."""

    def __init__(self, token: str, turn_timeout_s: float = TURN_TIMEOUT_S) -> None:
        """Reads the place names once; patches Rasa, because every engine with this channel needs the patches."""
        if len(token) < _MIN_TOKEN or "$" in token:
            raise ChannelSettingError(
                f"token is shorter than {_MIN_TOKEN} characters; set ENGINE_TOKEN to a longer one"
            )
        apply_patches()
        self._token = token
        self._timeout_s = turn_timeout_s
        self._runner = TurnRunner({unit.place: unit.label for _, unit in gazetteer_of(DEFAULT_FILES).names})

    @classmethod
    def name(cls) -> str:
        """See parent class."""
        return "loopback"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> LoopbackInput:
        """The channel as credentials.yml configures it."""
        given = credentials or {}
        return cls(str(given.get("token", "")), float(given.get("turn_timeout_s", TURN_TIMEOUT_S)))

    def blueprint(self, on_new_message: Callable[..., Awaitable[Any]]) -> Blueprint:
        """Routes of the channel; ``on_new_message`` is not used, because it drops what the engine returns."""
        routes = Blueprint(self.name())

        # Functions of their own: Sanic writes attributes on handlers, which methods do not take.
        async def turn(request: Request) -> HTTPResponse:
            return await self._turn(request)

        async def erase(request: Request, conversation_id: str) -> HTTPResponse:
            return await self._erase(request, conversation_id)

        async def health(request: Request) -> HTTPResponse:
            return self._health(request)

        routes.add_route(turn, "/turn", methods=["POST"])
        routes.add_route(erase, "/conversations/<conversation_id:str>", methods=["DELETE"])
        routes.add_route(health, "/health", methods=["GET"])
        return routes

    async def _turn(self, request: Request) -> HTTPResponse:
        if not self._is_allowed(request):
            return _error(401, "unauthorized", "the bearer token is missing or wrong")
        try:
            turn = request_from_json(json.loads(request.body))
        except (ValueError, TypeError) as error:
            reason = str(error) if isinstance(error, TurnShapeError) else "the body is no JSON object"
            return _error(400, "bad_shape", reason)
        started = time.perf_counter()
        response = await self._answer(request.app.ctx.agent, turn)
        took = round((time.perf_counter() - started) * 1000)
        log.info("turn", conversation=turn.conversation_id, message=turn.message_id, status=response.status, ms=took)
        return response

    async def _answer(self, agent: Agent, turn: TurnRequest) -> HTTPResponse:
        try:
            reply = await asyncio.wait_for(self._runner.run(agent, turn), self._timeout_s)
        except EngineNotReadyError as error:
            return _error(503, "not_ready", str(error))
        except NothingSaidError as error:
            return _error(422, "nothing_said", str(error))
        except ActionFailedError as error:
            log.warning("action_failed", conversation=turn.conversation_id, message=turn.message_id, reason=str(error))
            return _error(502, "action_failed", str(error))
        except asyncio.TimeoutError:
            return _error(504, "timeout", f"the turn took longer than {self._timeout_s} s; nothing was recorded")
        return json_response(reply_to_json(reply), ensure_ascii=False)

    async def _erase(self, request: Request, conversation_id: str) -> HTTPResponse:
        if not self._is_allowed(request):
            return _error(401, "unauthorized", "the bearer token is missing or wrong")
        agent = request.app.ctx.agent
        async with agent.lock_store.lock(conversation_id, wait_time_in_seconds=0.05):
            erased = erase_conversation(agent.tracker_store, conversation_id)
        log.info("erased", conversation=conversation_id, events=erased)
        return HTTPResponse(status=204)

    def _health(self, request: Request) -> HTTPResponse:
        """Open: it tells ids only. 503 until a model is loaded."""
        agent: Agent | None = getattr(request.app.ctx, "agent", None)
        ready = agent is not None and agent.is_ready()
        body = {"ready": ready, "model": agent.model_id if agent and ready else None}
        body["etag"] = agent.fingerprint if agent and ready else None
        return json_response(body, status=200 if ready else 503)

    def _is_allowed(self, request: Request) -> bool:
        given = request.headers.get("authorization", "")
        return compare_digest(given.encode(), f"Bearer {self._token}".encode())


def _error(status: int, code: str, message: str) -> HTTPResponse:
    return json_response({"error": code, "message": message}, status=status, ensure_ascii=False)
