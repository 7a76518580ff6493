"""A button's title, or the number of a choice, typed instead of tapped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from contracts.turn import Payload, payload_from_json
from vitext.danger import find_danger
from vitext.fold import syllables
from vitext.teencode import normalize_tokens
from vitext.vocabulary import word_set

Buttons = Sequence[Mapping[str, Any]]
_NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "nhat": 1, "dau": 1, "nhi": 2, "tu": 4}
_LAST = "cuoi"
# As people answer a list: "2", "số 2", "câu 2 ạ", "cái thứ ba", "chọn cái đầu tiên", "ý cuối cùng". A number word needs one
# of the words before it: alone "ba" is a father.
_NUMBER = re.compile(
    r"(?P<before>(?:(?:so|cau|muc|chon|y|cai|nut|thu|dong|lay|bam|phuong an) )*)"
    r"(?:(?P<digit>[1-9])|(?P<word>mot|hai|ba|bon|nam|nhat|nhi|tu|dau|cuoi)(?: tien| cung| nhat)?)"
)
# What politeness adds before and behind a title or number.
_ASKING = word_set("cho toi em minh chau xem hoi muon chon ve bam da")
_POLITE = word_set("a nhe di nha vay em ad ban nghe voi i")


def typed_choice(text: str, shown: Sequence[Buttons]) -> Payload | None:
    """The payload of the button that a message stands for, None when it stands for none.

    Args:
        text: what the resident typed.
        shown: the buttons ``{title, payload | url | phone}`` of each of the assistant's turns, the latest first. A number
            counts among the latest; a title, without regard to accents, capitals and short forms, among all of them.
    """
    if find_danger(text):
        return None
    words = _words(text)
    plain = _without_politeness(words)
    if not words:
        return None
    number = _NUMBER.fullmatch(" ".join(plain))
    if number and (number["digit"] or number["before"]):
        return _numbered(number, _choices(shown[0]) if shown else [])
    for button in (button for buttons in shown for button in _choices(buttons)):
        title = _title_words(str(button["title"]))
        if title in (words, plain) or title == _without_asking(plain):
            return payload_from_json(button["payload"])
    return None


def _numbered(number: re.Match[str], choices: Sequence[Mapping[str, Any]]) -> Payload | None:
    place = len(choices) if number["word"] == _LAST else int(number["digit"] or _NUMBERS[number["word"]])
    return payload_from_json(choices[place - 1]["payload"]) if 0 < place <= len(choices) else None


def _choices(buttons: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [button for button in buttons if button.get("payload")]


def _words(text: str) -> list[str]:
    return normalize_tokens(syllable.text for syllable in syllables(text))


@lru_cache(2048)  # the same few hundred titles, of every turn that is looked through
def _title_words(title: str) -> list[str]:
    return _words(title)


def _without_politeness(words: list[str]) -> list[str]:
    end = len(words)
    while end > 1 and words[end - 1] in _POLITE:
        end -= 1
    return words[:end]


def _without_asking(words: list[str]) -> list[str]:
    start = 0
    while start < len(words) - 1 and words[start] in _ASKING:
        start += 1
    return words[start:]
