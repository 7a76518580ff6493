"""What the engine knows of a conversation when a message comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.classifiers.confidence_gate import ASK_BACK, NOT_UNDERSTOOD
from bot.conversation.context import BEGINNING, Context
from contracts.keys import is_sensitive, key_of

WAITING_SLOT = "cho_tra_cuu"
TOPIC_SLOT = "chu_de"
# Said in the middle of a topic, which goes on behind it; so do sensitive matters.
_INTERRUPTIONS = frozenset({"tro_chuyen/gap_nguoi", "tro_chuyen/quay_lai", "tro_chuyen/che"})
_OFFERED = 3

Buttons = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Before:
    """``waiting`` is the key of the look-up that waits for an answer, ``context`` what the message may leave out.

    ``shown`` are the buttons of each of the assistant's turns in this session, the latest turn first.
    """

    waiting: str | None
    context: Context
    shown: tuple[Buttons, ...]


def before_message(tracker: DialogueStateTracker) -> Before:
    """The state of a session whose next message is not logged yet."""
    turns: list[list[Mapping[str, Any]]] = [[]]
    asked: UserUttered | None = None
    answered: UserUttered | None = None
    topic = waited = BEGINNING
    for event in tracker.applied_events():
        if isinstance(event, UserUttered):
            turns.append([])
            asked = event
        elif isinstance(event, BotUttered):
            turns[-1] += event.data.get("buttons") or []
        elif asked and isinstance(event, SlotSet) and event.value:
            if event.key == WAITING_SLOT:
                waited = Context((event.value,), asked.text or "")
            elif event.key == TOPIC_SLOT and not _interrupts(event.value):
                both = answered is not None and answered.message_id == asked.message_id
                topic, answered = _topic(event.value, asked.text or "", topic, waited, both), asked
    waiting = tracker.get_slot(WAITING_SLOT)
    shown = tuple(tuple(buttons) for buttons in reversed(turns))
    context = waited if waiting else topic
    if asked and asked.intent_name in (ASK_BACK, NOT_UNDERSTOOD):
        context = Context(context.topics, asked.text or "", _likeliest(asked))
    return Before(waiting, context, shown)


def _topic(key: str, said: str, last: Context, waited: Context, both: bool) -> Context:
    """The topic after an answer: with the message that brought it up, which names its subject, not a later one.

    ``both`` tells that the answer is the second one to the same message as the last.
    """
    if both:
        return Context((key, *last.topics), f"{last.asked} {said}")
    return next((context for context in (last, waited) if context.topics == (key,)), Context((key,), said))


def _interrupts(key: str) -> bool:
    return is_sensitive(key) or key in _INTERRUPTIONS


def _likeliest(unclear: UserUttered) -> tuple[str, ...]:
    """What was offered; a person is fetched by the pipeline's judgement alone."""
    keys = [key_of(entry["name"]) for entry in unclear.parse_data.get("intent_ranking", ())]
    return tuple(key for key in keys[:_OFFERED] if not _interrupts(key))
