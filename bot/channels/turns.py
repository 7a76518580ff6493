"""One turn of a conversation through Rasa's processor: parsed once, recorded whole or not at all, repeated from the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT

from bot.channels.before import WAITING_SLOT, before_message
from bot.channels.bubbles import BubbleOutput, BubbleShapeError, effects_of, replies_of
from bot.channels.incoming import metadata_of, parse_request
from bot.judgement import TECHNICAL_INTENTS, judge
from bot.patches.action_failures import collected_failures
from contracts.keys import intent_of
from contracts.turn import TurnReply, TurnRequest

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
            uttered, said = _recorded_turn(list(tracker.events), request.message_id)
            return _reply(uttered, said) if uttered else await self._new_turn(processor, tracker, request)

    async def _new_turn(
        self, processor: MessageProcessor, tracker: DialogueStateTracker, request: TurnRequest
    ) -> TurnReply:
        output, metadata = BubbleOutput(), metadata_of(request)
        with collected_failures() as failures:
            # A new session begins here after an hour's silence: then there is no topic any more, and no choice to make.
            await processor._update_tracker_session(tracker, output, metadata)
            before = before_message(tracker)
            questions = parse_request(request, processor, self.place_names, before)
            notes = {"model": processor.model_metadata.model_id, "pending": before.waiting}
            await _answer(processor, tracker, questions, output, request.message_id, {**metadata, "engine": notes})
        if failures:
            raise ActionFailedError(f"{type(failures[0]).__name__} while an action ran") from failures[0]
        uttered, said = _recorded_turn(list(tracker.events), request.message_id)
        try:
            reply = _reply(uttered, said)
        except BubbleShapeError as error:
            raise ActionFailedError(str(error)) from error
        await processor.save_tracker(tracker)
        return reply


async def _answer(
    processor: MessageProcessor,
    tracker: DialogueStateTracker,
    questions: Sequence[dict[str, Any]],
    output: BubbleOutput,
    message_id: str,
    metadata: dict[str, Any],
) -> None:
    """The steps of processor.handle_message for each question, unsaved: first all actions must have succeeded.

    A look-up that asked for a place goes on waiting while the next question is answered.
    """
    waiting: str | None = None
    for parsed in questions:
        message = UserMessage(
            parsed[TEXT],
            output,
            tracker.sender_id,
            parse_data=parsed,
            input_channel=output.name(),
            message_id=message_id,
            metadata=metadata,
        )
        await processor._handle_message_with_tracker(message, tracker)
        await processor.run_action_extract_slots(output, tracker)
        await processor._run_prediction_loop(output, tracker)
        waiting = tracker.get_slot(WAITING_SLOT) or waiting
    if waiting != tracker.get_slot(WAITING_SLOT):
        tracker.update(SlotSet(WAITING_SLOT, waiting))


def _recorded_turn(events: Sequence[Event], message_id: str) -> tuple[UserUttered | None, list[dict[str, Any]]]:
    """The first of the resident's events with this message id, and what was said until the next message."""
    uttered: UserUttered | None = None
    said: list[dict[str, Any]] = []
    for event in events:
        if isinstance(event, UserUttered):
            if uttered and event.message_id != message_id:
                break
            if event.message_id == message_id:
                uttered = uttered or event
        elif uttered and isinstance(event, BotUttered):
            said.append(event.message())
    return uttered, said


def _reply(uttered: UserUttered, utterances: Sequence[Mapping[str, Any]]) -> TurnReply:
    """The same from the fresh turn and from the record, because both hold the same events."""
    messages = replies_of(utterances)
    notes = uttered.metadata["engine"]
    spoken = next((m.meta["answer"] for m in messages if intent_of(m.meta["answer"]) not in TECHNICAL_INTENTS), "")
    meta = judge(uttered.parse_data, notes["model"], notes["pending"], spoken)
    return TurnReply(messages=messages, meta=meta, effects=effects_of(utterances))
