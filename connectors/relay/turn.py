"""One turn: from a resident's message to the replies and effects that end it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog

from connectors.relay.degraded import DegradedAnswers
from connectors.relay.engine import EngineClient, EngineError
from connectors.relay.screening import screen
from connectors.snapshot.texts import GatewayTexts
from contracts.clock import Clock
from contracts.turn import (
    Location,
    ReplyMessage,
    TurnReply,
    TurnRequest,
    button_to_json,
    payload_from_json,
)
from ledger.models import State
from ledger.replies import Reply
from ledger.turns import Work

log = structlog.get_logger()
CROWD = 64  # messages that may wait for a slot: about what the engine can take on within ADMISSION_S
ADMISSION_S = 4.0  # how long a message may wait for a free engine slot before the degraded answer goes out


@dataclass(frozen=True)
class Outcome:
    """What a turn says and causes, and how it came about (a label of the metrics)."""

    replies: list[Reply]
    effects: Sequence[Mapping[str, Any]]
    label: str


class Turns:
    """Produces outcomes; knows the engine, its substitute, and how many turns may run at once."""

    def __init__(
        self, engine: EngineClient, degraded: DegradedAnswers, texts: GatewayTexts, clock: Clock, slots: int
    ) -> None:
        self._engine = engine
        self._degraded = degraded
        self._texts = texts
        self._clock = clock
        self._slots = asyncio.Semaphore(slots)
        self._waiting = 0

    async def run(self, work: Work) -> Outcome:
        """The outcome for one message; never fails for the engine's sake."""
        screened = screen(work, self._texts)
        if screened is not None:
            return self._finish(work, Outcome([screened], [], "screened"))
        try:
            turn = await self._ask_engine(work)
        except EngineError as error:
            log.warning("degraded answer", conversation=work.conversation_id, entry=work.entry_id, reason=error.reason)
            tapped = (work.meta.get("payload") or {}).get("answer")
            question = "" if "location" in work.meta else work.text
            reply = self._degraded.answer(question, tapped)
            return self._finish(work, Outcome([reply], [], f"degraded_{error.reason}"))
        effects = [{"kind": effect.kind, **effect.data} for effect in turn.effects]
        return self._finish(work, Outcome(_replies(turn), effects, "answered"))

    def set_aside(self) -> Outcome:
        """For a message whose turn breaks every time: the menu and the hotlines, and a note that it went unanswered."""
        return Outcome([self._degraded.answer("")], [{"kind": "unanswered"}], "set_aside")

    async def _ask_engine(self, work: Work) -> TurnReply:
        if self._waiting >= CROWD:
            raise EngineError("crowded")
        age = (self._clock.real_now() - work.at).total_seconds()
        self._waiting += 1
        try:
            # A message found after a crash is old already; it still gets its chance at a free slot.
            async with asyncio.timeout(max(0.5, ADMISSION_S - age)):
                await self._slots.acquire()
        except TimeoutError as error:
            raise EngineError("crowded") from error
        finally:
            self._waiting -= 1
        try:
            return await self._engine.turn(_request(work))
        finally:
            self._slots.release()

    def _finish(self, work: Work, outcome: Outcome) -> Outcome:
        """Adds the queue line for who waits, and the demo notice to the first reply of a conversation."""
        replies = list(outcome.replies)
        if work.state == State.WAITING and replies:
            line = self._texts.system("cho_nguoi_truc", vi_tri=str(work.position or 1))[0]
            replies[-1] = _add(replies[-1], after=line)
        if work.first and replies:
            replies[0] = _add(replies[0], before=self._texts.demo_notice())
        return Outcome(replies, outcome.effects, outcome.label)


def seconds_since(moment: datetime, clock: Clock) -> float:
    """Age on the machine's clock."""
    return (clock.real_now() - moment).total_seconds()


def _add(reply: Reply, before: str = "", after: str = "") -> Reply:
    return replace(reply, text="\n\n".join(part for part in (before, reply.text, after) if part))


def _request(work: Work) -> TurnRequest:
    location, payload = work.meta.get("location"), work.meta.get("payload")
    return TurnRequest(
        conversation_id=work.conversation_id,
        message_id=str(work.entry_id),
        text=work.text,
        channel=work.channel,
        location=None if location is None else Location(lat=location["lat"], lng=location["lng"]),
        payload=None if payload is None else payload_from_json(payload),
    )


def _replies(turn: TurnReply) -> list[Reply]:
    handoff = next(
        ({"reason": e.data["reason"], "priority": e.data["priority"]} for e in turn.effects if e.kind == "handoff"),
        None,
    )
    meta = {
        "answer": turn.meta.answer,
        "confidence": turn.meta.confidence,
        "asked_back": turn.meta.asked_back,
        "model": turn.meta.model,
        "candidates": [{"answer": c.answer, "confidence": c.confidence} for c in turn.meta.candidates],
        "handoff": handoff,
    }
    return [_reply(message, meta) for message in turn.messages]


def _reply(message: ReplyMessage, meta: Mapping[str, Any]) -> Reply:
    release = message.meta.get("release")
    return Reply(
        text=message.text,
        buttons=[button_to_json(button) for button in message.buttons],
        image=message.image,
        meta={**meta, **message.meta},
        release="" if release is None else release["id"],
    )
