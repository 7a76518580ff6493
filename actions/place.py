"""A message that is nothing but a place: the answer to a question of ours, or the start of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from actions.asking import ask_place
from actions.bulletin import CASES_KEY, NEWEST_KEY, tell_bulletin
from actions.hotline import HOTLINE_KEY, find_hotlines
from actions.office import OFFICE_KEY, find_offices
from actions.outcome import Outcome, notice
from actions.question import PLACE_SLOT, Question
from actions.shelf import Shelf
from actions.site import SITE_KEY, find_sites
from actions.subscription import SUBSCRIBE_KEY, subscribe
from actions.topic import TopicAction
from actions.vaccination import PROGRESS_KEY, tell_progress
from actions.wording import SERVICES
from contracts.turn import Button, Payload

LOOKUPS: Mapping[str, Callable[[Question, Shelf], Outcome]] = {
    SITE_KEY: find_sites,
    HOTLINE_KEY: find_hotlines,
    NEWEST_KEY: tell_bulletin,
    CASES_KEY: tell_bulletin,
    PROGRESS_KEY: tell_progress,
    OFFICE_KEY: find_offices,
    SUBSCRIBE_KEY: subscribe,
}
# What a bare place most likely means, and what is offered for it.
LIKELIEST = SITE_KEY
OFFERED = (SITE_KEY, HOTLINE_KEY, NEWEST_KEY)


class PlaceAction(TopicAction):
    """The technical intent ``dia_danh``; the answer key is that of the look-up done or most likely meant."""

    action_name = "action_place"

    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """See parent class for the full docstring."""
        lookup = LOOKUPS.get(question.pending)
        if lookup is not None:
            return lookup(replace(question, key=question.pending), shelf)
        asked_back = ask_place(LIKELIEST, question, shelf)
        if asked_back is not None:
            return asked_back
        message = notice(LIKELIEST, shelf, "he_thong/hoi_lai", _offers(question.place))
        return Outcome(messages=(message,), keeps_pending=True)


def _offers(path: str) -> list[Button]:
    return [Button(title=SERVICES[key], payload=Payload(answer=key, slots={PLACE_SLOT: path})) for key in OFFERED]
