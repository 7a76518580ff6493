"""Asking back for the place that a look-up needs."""

from __future__ import annotations

from collections.abc import Iterable

from actions.gazetteer import Place
from actions.outcome import Outcome, notice
from actions.question import PLACE_SLOT, Question
from actions.shelf import Shelf
from actions.wording import as_title
from contracts.turn import Button, Payload

# As many as a Zalo message shows.
MOST_BUTTONS = 5


def ask_place(key: str, question: Question, shelf: Shelf) -> Outcome | None:
    """The question back when the message does not settle one place, else None.

    The look-up ``key`` then waits for the place in its slot. Without any place in the message it is simply asked for.
    """
    reading = question.reading
    if reading.place is not None and reading.place != shelf.gazetteer.province:
        return None
    if reading.choices:
        buttons = place_buttons(key, reading.choices)
        if not reading.shared_name:
            return Outcome(messages=(notice(key, shelf, "he_thong/hoi_dia_danh", buttons),), pending=key)
        message = notice(key, shelf, "he_thong/dia_danh_trung", buttons, ten=reading.shared_name)
        return Outcome(messages=(message,), pending=key)
    buttons = place_buttons(key, shelf.gazetteer.districts())
    if reading.foreign_name:
        message = notice(key, shelf, "he_thong/dia_danh_la", buttons, ten=reading.foreign_name)
    else:
        message = notice(key, shelf, "he_thong/hoi_dia_danh", buttons)
    return Outcome(messages=(message,), pending=key)


def place_buttons(key: str, places: Iterable[Place]) -> list[Button]:
    """A button per place that does the look-up there."""
    buttons = [
        Button(title=as_title(place.name), payload=Payload(answer=key, slots={PLACE_SLOT: place.path}))
        for place in places
    ]
    return buttons[:MOST_BUTTONS]
