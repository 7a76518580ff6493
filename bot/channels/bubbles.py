"""What the actions say, kept as they said it: one utterance is one bubble."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rasa.core.channels.channel import OutputChannel

from contracts.turn import (
    Effect,
    ReplyMessage,
    TurnShapeError,
    button_from_json,
    effect_from_json,
)


class BubbleShapeError(ValueError):
    """An action's utterance lacks its meta data or has a wrong shape."""


class BubbleOutput(OutputChannel):
    """Collects utterances. Rasa's own channels take text, buttons and custom data of one utterance apart."""

    def __init__(self) -> None:
        """An empty collection, for one turn."""
        self.utterances: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """See parent class."""
        return "loopback"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keeps an utterance (see parent class for full docstring)."""
        self.utterances.append(dict(message))


def replies_of(utterances: Sequence[Mapping[str, Any]]) -> tuple[ReplyMessage, ...]:
    """The bubbles of utterances: collected ones, or those of a tracker's bot events.

    Raises:
        BubbleShapeError: there is none, or one has no meta data or a wrong shape.
    """
    if not utterances:
        raise BubbleShapeError("no action said anything; every intent needs a rule whose action utters a message")
    return tuple(_reply(utterance) for utterance in utterances)


def effects_of(utterances: Sequence[Mapping[str, Any]]) -> tuple[Effect, ...]:
    """The effects that the utterances carry, in order.

    Raises:
        BubbleShapeError: an effect has a wrong shape.
    """
    try:
        return tuple(effect_from_json(effect) for said in utterances for effect in _custom(said).get("effects", ()))
    except (KeyError, TypeError, TurnShapeError) as error:
        raise BubbleShapeError(f"an effect has a wrong shape: {error!r}") from error


def _reply(utterance: Mapping[str, Any]) -> ReplyMessage:
    meta = _custom(utterance).get("meta")
    if not isinstance(meta, Mapping) or "answer" not in meta:
        raise BubbleShapeError('an utterance lacks json_message={"meta": {"answer": …}}; every one needs it')
    try:
        buttons = tuple(button_from_json(button) for button in utterance.get("buttons") or ())
    except (KeyError, TypeError, TurnShapeError) as error:
        raise BubbleShapeError(f"a button has a wrong shape: {error!r}") from error
    return ReplyMessage(
        text=utterance.get("text") or "", meta=dict(meta), buttons=buttons, image=utterance.get("image") or ""
    )


def _custom(utterance: Mapping[str, Any]) -> Mapping[str, Any]:
    custom = utterance.get("custom") or {}
    if not isinstance(custom, Mapping):
        raise BubbleShapeError("custom data of an utterance is no object")
    return custom
