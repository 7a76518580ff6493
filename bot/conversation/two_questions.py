"""Two questions in one message: "tiêm ở đâu và có mất tiền không ạ"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from bot.classifiers.confidence_gate import ASK_BACK, NOT_UNDERSTOOD
from bot.conversation.follow_up import Parsed, Parser, in_context
from bot.judgement import TECHNICAL_INTENTS
from contracts.keys import SMALL_TALK_PREFIX, is_sensitive, key_of
from vitext.danger import find_danger
from vitext.fold import syllables
from vitext.teencode import normalize_tokens
from vitext.vocabulary import word_set

# A long story is one question, whatever its sentences look like.
_LONGEST = 40
_SHORTEST = 2
# Each half must be as likely as this: dearer to tear one question apart than to answer one of two.
_SURE = 0.6
# What is as clear as this as a whole is not cut at a comma ("F2 phải làm gì, có phải cách ly không").
_CLEAR = 0.8
_BORDER = re.compile(
    r"[.?!;\n]+(?=\s|$)|,|\b(?:và|va|với lại|voi lai|vs lại|ngoài ra|ngoai ra|còn|con)\b", re.IGNORECASE
)
_ASKING = word_set("gi nao sao ai may bao")
_WHERE_BEFORE = word_set("o di den noi goi tai cho hoi toi khai tiem xem")
_CLOSING = word_set("khong chua dau")
_PARTICLES = word_set("a ad vay nhi nhe ha ban em oi bac si anh chi voi the da")


def two_questions(parse: Parser, parsed: Parsed) -> list[Parsed]:
    """The parse results of a message's two questions in the order of answering; empty when it is one question.

    ``parsed`` is the result of the whole. Both halves must ask, be understood for sure, and mean different answers; the
    second one may leave its subject to the first. What the whole means for sure is one of them and comes first, so that
    little is lost where one question was torn apart; a sensitive one comes before that. Danger to life is answered alone.
    """
    text = parsed["text"]
    if len(syllables(text)) > _LONGEST or find_danger(text):
        return []
    for first, second in _halves(text, at_commas=not _is_sure(parsed, _CLEAR)):
        if not (_asks(first) and _asks(second)):
            continue
        one, alone = parse([first, second])
        if not _is_sure(one):
            continue
        other = in_context(alone, key_of(one["intent"]["name"]))
        if _is_sure(other) and _fit(one, other, parsed):
            whole = parsed["intent"]["name"]
            return sorted((one, other), key=lambda half: (not _is_sensitive(half), half["intent"]["name"] != whole))
    return []


def _fit(one: Parsed, other: Parsed, parsed: Parsed) -> bool:
    """Whether the halves mean two things, and the whole, where it is sure, one of them."""
    intents = {one["intent"]["name"], other["intent"]["name"]}
    return len(intents) == 2 and (not _is_sure(parsed) or parsed["intent"]["name"] in intents)


def _halves(text: str, at_commas: bool) -> Iterator[tuple[str, str]]:
    for border in _BORDER.finditer(text):
        halves = text[: border.start()].strip(), text[border.end() :].strip()
        if (at_commas or border.group() != ",") and all(len(syllables(half)) >= _SHORTEST for half in halves):
            yield halves


def _asks(half: str) -> bool:
    """Whether there is a question word in the half, or it ends like a question."""
    words = normalize_tokens(syllable.text for syllable in syllables(half))
    if not _ASKING.isdisjoint(words):
        return True
    if any(word == "dau" and before in _WHERE_BEFORE for before, word in pairwise(words)):
        return True
    while words and words[-1] in _PARTICLES:
        words.pop()
    return bool(words) and words[-1] in _CLOSING


def _is_sure(question: Mapping[str, Any], from_chance: float = _SURE) -> bool:
    intent = question["intent"]
    if intent["name"] in (*TECHNICAL_INTENTS, ASK_BACK, NOT_UNDERSTOOD):
        return False
    return intent["confidence"] >= from_chance and not key_of(intent["name"]).startswith(SMALL_TALK_PREFIX)


def _is_sensitive(half: Mapping[str, Any]) -> bool:
    return is_sensitive(key_of(half["intent"]["name"]))
