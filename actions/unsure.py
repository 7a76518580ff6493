"""When the message was not understood well enough: candidates as choices, else the menu."""

from __future__ import annotations

from actions.handoff import WANTS_PERSON
from actions.outcome import Outcome, notice
from actions.question import PLACE_SLOT, Question
from actions.shelf import Shelf
from actions.topic import TopicAction
from actions.wording import ASK_PERSON, NEED_PERSON, SERVICES
from contracts.keys import NO_ANSWER_YET, SMALL_TALK_PREFIX, is_sensitive
from contracts.reply import release_buttons
from contracts.turn import Button, Payload

MOST_CANDIDATES = 3
UNSURE = "hoi_lai"


class UnsureAction(TopicAction):
    """The technical intents ``hoi_lai`` and ``khong_hieu``; the answer key is the best candidate, not answered."""

    action_name = "action_unsure"

    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """See parent class for the full docstring."""
        best = question.ranking[0] if question.ranking else NO_ANSWER_YET
        choices = candidate_buttons(question, shelf) if question.key == UNSURE else []
        if choices:
            message = notice(best, shelf, "he_thong/hoi_lai", choices)
        else:
            message = notice(best, shelf, "he_thong/khong_hieu", _menu_buttons(shelf))
        return Outcome(messages=(message,), keeps_pending=True)


def candidate_buttons(question: Question, shelf: Shelf) -> list[Button]:
    """Up to three buttons from the ranking, best first, each leading to something that can be answered now."""
    buttons: dict[str, Button] = {}
    for key in question.ranking:
        title = _title(key, question, shelf)
        if title and title not in buttons:
            slots = {PLACE_SLOT: question.place} if question.place else {}
            buttons[title] = Button(title=title, payload=Payload(answer=key, slots=slots))
        if len(buttons) == MOST_CANDIDATES:
            break
    return list(buttons.values())


def _title(key: str, question: Question, shelf: Shelf) -> str:
    """What a resident would choose it by; a sensitive matter is never spelt out, small talk is no choice."""
    if is_sensitive(key) or key == WANTS_PERSON:
        return NEED_PERSON
    if key in SERVICES:
        return SERVICES[key]
    release = None if key.startswith(SMALL_TALK_PREFIX) else shelf.find("faq", key, question.place)
    return "" if release is None else str(release.payload["title"])


def _menu_buttons(shelf: Shelf) -> list[Button]:
    """The main menu; without one at least the way to a person."""
    menu = shelf.find("menu", "menu/chinh")
    if menu is None:
        return [Button(title=ASK_PERSON, payload=Payload(answer=WANTS_PERSON))]
    return list(release_buttons(menu))
