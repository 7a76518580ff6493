"""What the engine knows of a conversation when a message comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

WAITING_SLOT = "cho_tra_cuu"
TOPIC_SLOT = "chu_de"

Buttons = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Before:
    """``waiting`` is the key of the look-up that waits for an answer, ``topic`` the key answered last ("" for none).

    ``shown`` are the buttons of each of the assistant's turns in this session, the latest turn first.
    """

    waiting: str | None
    topic: str
    shown: tuple[Buttons, ...]


def before_message(tracker: DialogueStateTracker) -> Before:
    """The state of a session whose next message is not logged yet."""
    turns: list[list[Mapping[str, Any]]] = [[]]
    for event in tracker.applied_events():
        if isinstance(event, UserUttered):
            turns.append([])
        elif isinstance(event, BotUttered):
            turns[-1] += event.data.get("buttons") or []
    shown = tuple(tuple(buttons) for buttons in reversed(turns))
    return Before(tracker.get_slot(WAITING_SLOT), tracker.get_slot(TOPIC_SLOT) or "", shown)
