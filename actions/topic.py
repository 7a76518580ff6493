"""The common shape of our actions: read the question, take what is in force, reply, remember."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.outcome import Outcome, response
from actions.question import PENDING_SLOT, PLACE_SLOT, TOPIC_SLOT, Question, read_question
from actions.shelf import Library, Shelf
from contracts.keys import SMALL_TALK_PREFIX

# Said between two questions on one topic; "không phải" and the like end the topic instead.
BETWEEN = frozenset(f"{SMALL_TALK_PREFIX}{name}" for name in ("cam_on", "dong_y", "chao", "ban_la_ai"))


class TopicAction(Action, ABC):  # type: ignore[misc] # rasa_sdk ships no types
    """One topic. A subclass in any module of this package is registered under its ``action_name``."""

    action_name: ClassVar[str]

    def __init__(self, library: Library) -> None:
        self._library = library

    def name(self) -> str:
        """Name of the action in the engine's domain."""
        return self.action_name

    @abstractmethod
    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """The reply to one question from what is in force.

        Raises:
            MissingReleaseError: nothing honest can be said; the engine reports the failure, the gateway degrades.
        """

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """See parent class. Effects of the turn travel with its first bubble."""
        question = read_question(tracker.latest_message, tracker.slots, self._library.gazetteer)
        outcome = self.reply(question, self._library.shelf())
        for index, message in enumerate(outcome.messages):
            dispatcher.utter_message(**response(message, outcome.effects if index == 0 else ()))
        return _memories(question, outcome)


def _memories(question: Question, outcome: Outcome) -> list[dict[str, Any]]:
    events = []
    if not outcome.keeps_pending:
        events.append(SlotSet(PENDING_SLOT, outcome.pending or None))
    if not (outcome.keeps_pending or outcome.pending):
        topic = outcome.messages[0].meta["answer"]
        if topic not in BETWEEN:
            events.append(SlotSet(TOPIC_SLOT, topic))
    if question.place:
        events.append(SlotSet(PLACE_SLOT, question.place))
    return events
