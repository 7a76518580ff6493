"""A button's title, or the number of a choice, typed instead of tapped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from contracts.turn import Payload, payload_from_json
from vitext.danger import find_danger
from vitext.fold import syllables

Buttons = Sequence[Mapping[str, Any]]
# As people answer a list: "2", "số 2", "câu 2 ạ", "(2)".
_NUMBER = re.compile(r"\W*(?:so|cau|muc|chon|y)?\s*([1-9])\s*(?:nhe|a|di)?\W*")
# What politeness adds behind a title.
_POLITE = ("a", "nhe", "di", "nha", "vay")


def typed_choice(text: str, shown: Sequence[Buttons]) -> Payload | None:
    """The payload of the button that a message stands for, None when it stands for none.

    Args:
        text: what the resident typed.
        shown: the buttons ``{title, payload | url | phone}`` of each of the assistant's turns, the latest first. A number
            counts among the latest; a title, without regard to accents and capitals, among all of them.
    """
    if find_danger(text):
        return None
    words = _words(text)
    if not words:
        return None
    number = _NUMBER.fullmatch(" ".join(words))
    if number:
        choices = _choices(shown[0]) if shown else []
        place = int(number[1])
        return payload_from_json(choices[place - 1]["payload"]) if place <= len(choices) else None
    for button in (button for buttons in shown for button in _choices(buttons)):
        if _words(str(button["title"])) in (words, _without_politeness(words)):
            return payload_from_json(button["payload"])
    return None


def _choices(buttons: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [button for button in buttons if button.get("payload")]


def _words(text: str) -> list[str]:
    return [syllable.folded for syllable in syllables(text)]


def _without_politeness(words: list[str]) -> list[str]:
    end = len(words)
    while end > 1 and words[end - 1] in _POLITE:
        end -= 1
    return words[:end]
