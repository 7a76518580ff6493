"""Plays test conversations through the engine's own turns; the actions are a real action server."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.channels.incoming import NothingSaidError
from bot.channels.turns import ActionFailedError, TurnRunner
from bot.evaluation.conversations import Conversation, Played, Turn, what_is_wrong
from bot.extractors.place import PLACE_ENTITY
from bot.patches import apply_patches
from bot.places.files import DEFAULT_FILES, gazetteer_of
from contracts.turn import TurnRequest


async def play(archive: Path, actions_url: str, conversations: Sequence[Conversation]) -> list[Played]:
    """Every turn of the conversations with what is wrong with its reply; trackers are kept in memory."""
    apply_patches()
    from rasa.core.agent import Agent  # imports TensorFlow: 15 s, not wanted where only questions are asked
    from rasa.utils.endpoints import EndpointConfig

    agent = Agent.load(archive, action_endpoint=EndpointConfig(actions_url))
    names = {unit.place: unit.label for _, unit in gazetteer_of(DEFAULT_FILES).names}
    runner = TurnRunner(names)
    played = []
    for conversation in conversations:
        for number, turn in enumerate(conversation.turns):
            request = TurnRequest(
                conversation_id=conversation.name, message_id=str(number), text=turn.say, channel="eval"
            )
            wrong = await _wrong(runner, agent, request, turn)
            played.append(Played(conversation.name, turn, wrong))
    return played


async def _wrong(runner: TurnRunner, agent: object, request: TurnRequest, turn: Turn) -> str:
    try:
        reply = await runner.run(agent, request)
    except (ActionFailedError, NothingSaidError) as error:
        return f"no reply: {error}"
    tracker = await agent.tracker_store.retrieve(request.conversation_id)  # type: ignore[attr-defined]
    place = tracker.get_slot(PLACE_ENTITY) or ""
    return what_is_wrong(turn, reply, runner.place_names.get(place, place))
