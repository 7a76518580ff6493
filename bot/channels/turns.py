"""One turn of a conversation through Rasa's processor: parsed once, recorded whole or not at all, repeated from the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.bubbles import BubbleOutput, BubbleShapeError, effects_of, replies_of
from bot.channels.incoming import metadata_of, parse_request
from bot.judgement import TECHNICAL_INTENTS, judge
from bot.patches.action_failures import collected_failures
from contracts.keys import intent_of
from contracts.turn import TurnReply, TurnRequest

WAITING_SLOT = "cho_tra_cuu"
_LOCK_POLL_S = 0.02


class EngineNotReadyError(RuntimeError):
    """No model is loaded yet."""


class ActionFailedError(RuntimeError):
    """The action server failed, was away, or said something without meta data; nothing of the turn was recorded."""


@dataclass(frozen=True)
class TurnRunner:
    """Runs turns; ``place_names`` are labels by place path, for taps that carry a place."""

    place_names: Mapping[str, str]

    async def run(self, agent: Agent, request: TurnRequest) -> TurnReply:
        """The reply to a request; a repeated message id gets the recorded one.

        Raises:
            EngineNotReadyError, NothingSaidError, ActionFailedError: see the classes.
        """
        processor = agent.processor  # held on to: a model swap must not split the turn
        if not agent.is_ready() or processor is None:
            raise EngineNotReadyError("no model is loaded yet")
        async with agent.lock_store.lock(request.conversation_id, wait_time_in_seconds=_LOCK_POLL_S):
            tracker = await processor.get_tracker(request.conversation_id)
            recorded = _recorded_turn(list(tracker.events), request.message_id)
            if recorded:
                return _reply(*recorded)
            return await self._new_turn(processor, request, tracker)

    async def _new_turn(
        self, processor: MessageProcessor, request: TurnRequest, before: DialogueStateTracker
    ) -> TurnReply:
        output = BubbleOutput()
        model = processor.model_metadata.model_id
        notes = {"model": model, "pending": before.get_slot(WAITING_SLOT)}
        message = UserMessage(
            request.text,
            output,
            request.conversation_id,
            parse_data=parse_request(request, processor, self.place_names),
            input_channel=output.name(),
            message_id=request.message_id,
            metadata={**metadata_of(request), "engine": notes},
        )
        with collected_failures() as failures:
            # The steps of processor.handle_message, but saved only after the actions are known to have succeeded.
            tracker = await processor.log_message(message, should_save_tracker=False)
            uttered = tracker.get_last_event_for(UserUttered)
            tracker = await processor.run_action_extract_slots(output, tracker)
            await processor._run_prediction_loop(output, tracker)
        if failures:
            raise ActionFailedError(f"{type(failures[0]).__name__} while an action ran") from failures[0]
        try:
            reply = _reply(uttered, output.utterances)
        except BubbleShapeError as error:
            raise ActionFailedError(str(error)) from error
        await processor.save_tracker(tracker)
        return reply


def _recorded_turn(events: Sequence[Event], message_id: str) -> tuple[UserUttered, list[dict[str, Any]]] | None:
    """The resident's event with this message id and what was said until the next one."""
    uttered: UserUttered | None = None
    said: list[dict[str, Any]] = []
    for event in events:
        if isinstance(event, UserUttered):
            if uttered:
                break
            uttered = event if event.message_id == message_id else None
        elif uttered and isinstance(event, BotUttered):
            said.append(event.message())
    return (uttered, said) if uttered else None


def _reply(uttered: UserUttered, utterances: Sequence[Mapping[str, Any]]) -> TurnReply:
    """The same from the fresh turn and from the record, because both hold the same events."""
    messages = replies_of(utterances)
    notes = uttered.metadata["engine"]
    spoken = next((m.meta["answer"] for m in messages if intent_of(m.meta["answer"]) not in TECHNICAL_INTENTS), "")
    meta = judge(uttered.parse_data, notes["model"], notes["pending"], spoken)
    return TurnReply(messages=messages, meta=meta, effects=effects_of(utterances))
