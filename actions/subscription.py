"""Receiving the daily bulletin, and no longer: the wish is an effect, kept with the message in the ledger."""

from __future__ import annotations

from actions.asking import ask_place
from actions.outcome import Outcome, notice
from actions.question import Question
from actions.shelf import Shelf
from actions.topic import TopicAction
from contracts.turn import Effect

SUBSCRIBE_KEY = "ban_tin/dang_ky"
UNSUBSCRIBE_KEY = "ban_tin/huy_dang_ky"


def subscribe(question: Question, shelf: Shelf) -> Outcome:
    """Effect ``subscribe`` with the path of the place named, else of the province; a place not settled is asked for."""
    if question.reading.choices or question.reading.foreign_name:
        asked_back = ask_place(SUBSCRIBE_KEY, question, shelf)
        if asked_back is not None:
            return asked_back
    place = question.reading.place or shelf.gazetteer.province
    message = notice(SUBSCRIBE_KEY, shelf, "he_thong/dang_ky_ban_tin", ten=place.name)
    return Outcome(messages=(message,), effects=(Effect(kind="subscribe", data={"place": place.path}),))


def unsubscribe(question: Question, shelf: Shelf) -> Outcome:
    """Effect ``unsubscribe``; ``place`` is "" (all bulletins) unless the message names one."""
    message = notice(UNSUBSCRIBE_KEY, shelf, "he_thong/huy_dang_ky_ban_tin")
    return Outcome(messages=(message,), effects=(Effect(kind="unsubscribe", data={"place": question.place}),))


class SubscribeAction(TopicAction):
    """``ban_tin/dang_ky``."""

    action_name = "action_subscribe"

    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """See parent class for the full docstring."""
        return subscribe(question, shelf)


class UnsubscribeAction(TopicAction):
    """``ban_tin/huy_dang_ky``."""

    action_name = "action_unsubscribe"

    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """See parent class for the full docstring."""
        return unsubscribe(question, shelf)
