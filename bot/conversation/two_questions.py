"""Two questions in one message: "tiêm ở đâu và có mất tiền không ạ"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.classifiers.confidence_gate import ASK_BACK, NOT_UNDERSTOOD
from bot.conversation.asking import asks
from bot.conversation.context import Context
from bot.conversation.follow_up import Parsed, Parser, in_context
from bot.judgement import TECHNICAL_INTENTS
from contracts.keys import SMALL_TALK_PREFIX, is_sensitive, key_of
from vitext.danger import find_danger
from vitext.fold import syllables

# A long story is one question, whatever its sentences look like, one that is clear as a whole still more.
_LONGEST, _LONGEST_CLEAR = 40, 24
_SHORTEST = 2
# Each half must be as likely as this: dearer to tear one question apart than to answer one of two.
_SURE = 0.6
# What is as clear as this as a whole is cut at a comma only between halves that are quite sure, each by itself ("F2 phải
# làm gì, có phải cách ly không" is one question).
_CLEAR, _QUITE_SURE = 0.8, 0.95
_BORDER = re.compile(
    r"[.?!;]+(?=\s|$)|\n|,|\b(?:và|va|với lại|voi lai|vs lại|ngoài ra|ngoai ra|còn|con)\b", re.IGNORECASE
)
_WEAK_BORDERS = frozenset({",", "và", "va", "còn", "con"})


def two_questions(parse: Parser, parsed: Parsed) -> list[Parsed]:
    """The parse results of a message's two questions in the order of answering; empty when it is one question.

    ``parsed`` is the result of the whole. Both halves must ask, be understood for sure, and mean different answers; the
    second one may leave its subject to the first. What the whole means for sure is one of them as a rule, and what it
    more likely means comes first, so that little is lost where one question was torn apart; a sensitive one comes before
    that. Danger to life is answered alone.
    """
    text = parsed["text"]
    length = len(syllables(text))
    if length > _LONGEST or find_danger(text):
        return []
    clear = _is_sure(parsed, _CLEAR)
    told_much = _is_sensitive(parsed) or length > _LONGEST_CLEAR
    for border, first, second in _halves(text):
        at_clear = clear and border == ","
        if (at_clear and told_much) or not (asks(first) and asks(second)):
            continue
        (alone,) = parse([second])  # before the first, because most clear messages stay whole for it
        if at_clear and not _is_sure(alone, _QUITE_SURE):
            continue
        (one,) = parse([first])
        if not _is_sure(one, _QUITE_SURE if at_clear else _SURE):
            continue
        other = in_context(parse, alone, Context((key_of(one["intent"]["name"]),), first))
        if _is_sure(other) and _fit(one, other, parsed, border):
            return _in_order(one, other, parsed)
    return []


def _fit(one: Parsed, other: Parsed, parsed: Parsed, border: str) -> bool:
    """Whether the halves mean two things, and the whole, where it is sure, one of them, or a clear border is between."""
    intents = {one["intent"]["name"], other["intent"]["name"]}
    quite = _is_sure(one, _QUITE_SURE) and _is_sure(other, _QUITE_SURE)
    parted = border not in _WEAK_BORDERS and quite and not _is_sensitive(parsed)
    return len(intents) == 2 and (not _is_sure(parsed) or parsed["intent"]["name"] in intents or parted)


def _in_order(one: Parsed, other: Parsed, parsed: Parsed) -> list[Parsed]:
    chances = {entry["name"]: entry["confidence"] for entry in parsed["intent_ranking"]}
    return sorted((one, other), key=lambda half: (not _is_sensitive(half), -chances.get(half["intent"]["name"], 0.0)))


def _halves(text: str) -> Iterator[tuple[str, str, str]]:
    """Border, first and second half, for each border that leaves enough on both sides."""
    for border in _BORDER.finditer(text):
        first, second = text[: border.start()].strip(), text[border.end() :].strip()
        if all(len(syllables(half)) >= _SHORTEST for half in (first, second)):
            yield border.group().lower(), first, second


def _is_sure(question: Mapping[str, Any], from_chance: float = _SURE) -> bool:
    intent = question["intent"]
    if intent["name"] in (*TECHNICAL_INTENTS, ASK_BACK, NOT_UNDERSTOOD):
        return False
    return intent["confidence"] >= from_chance and not key_of(intent["name"]).startswith(SMALL_TALK_PREFIX)


def _is_sensitive(half: Mapping[str, Any]) -> bool:
    return is_sensitive(key_of(half["intent"]["name"]))
