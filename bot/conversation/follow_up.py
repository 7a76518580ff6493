"""A follow-up without its subject ("thế trẻ em thì sao?", "mất tiền không?") belongs to the question before it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.classifiers.confidence_gate import ASK_BACK, NOT_UNDERSTOOD, ConfidenceGate
from bot.classifiers.place_only import PLACE_INTENT
from bot.classifiers.ranking import CERTAIN
from bot.conversation.asking import asks
from bot.conversation.context import Context
from contracts.keys import OUT_OF_SCOPE, SMALL_TALK_PREFIX, intent_of, is_sensitive, key_of
from vitext.fold import syllables
from vitext.teencode import normalize_tokens
from vitext.vocabulary import word_set

Parsed = dict[str, Any]
_LONGEST = 8  # words; who writes more says what it is about
_MOST_BEFORE = 300  # characters of the question before it: those of a long story say too much
# What a message means alone counts in full; what it means behind the question before it, by this power. The factors say
# how much likelier the next question is one of the same group, the same once more, or one that was just offered; and
# what changes where the message says that it asks on. Of 257 messages after 110 questions, written for this, these got
# 221 right and 17 wrong, 18 more were asked back with the right key among the choices; without what came before 156 were
# right. Chosen on two thirds of the questions, they were about as good on the others (86 % right, 8 % wrong).
_BEHIND = 0.5
_GROUP, _AGAIN, _OFFERED = 6.7, 3.3, 4.5
_ASKING_ON_AGAIN, _ASKING_ON_OUTSIDE = 1.6, 0.18
_LEAST = 0.001  # for what a ranking does not hold
_GATE = ConfidenceGate(ConfidenceGate.get_default_config() | {"answer_from": 0.5, "lead": 0.12, "outside_from": 1.0})
_CANDIDATES = 10
_SENSITIVE_FROM = 0.25  # from here on a sensitive candidate is the pipeline's business alone
_TALK_FROM = 0.75
_OPENING = ("con", "the con", "vay con", "the thi", "vay thi", "the", "vay", "neu", "nhung")
_CLOSING = ("thi sao", "thi the nao", "thi nhu the nao", "nua", "sao")
_PARTICLES = word_set("a ad nhi nhe vay ha em oi ban da khong")
# A message with one of these says itself what it is about, unless it says that it asks on.
_NAMING = word_set(
    "tiem xin xet test pcr f0 f1 f2 f3 khau trang cly ly toa gian ung app qr otp tin thuoc sot ho bien omicron delta "
    "5k tap hoc quan luong phong mui so"
)
# After these a bare place asks the same about that place.
_OF_PLACES = ("tiem_chung/diem_tiem", "lien_he/", "ban_tin/", "xet_nghiem/o_dau", "cach_ly/cap_do_dich")


class Parser(Protocol):
    """The pipeline: Rasa's parse results of texts, in order."""

    def __call__(self, texts: Sequence[str], /) -> list[Parsed]: ...


def in_context(parse: Parser, parsed: Parsed, context: Context, correcting: bool = False) -> Parsed:
    """What a message means after what came before, given its parse result taken alone.

    It stays as it is when it is sensitive or small talk for sure, or names its own subject. ``correcting`` tells that the
    resident wants another answer than the last one.
    """
    topics = [key for key in context.topics if _has_subject(key)]
    words = normalize_tokens(syllable.text for syllable in syllables(parsed["text"]))
    intent = parsed["intent"]["name"]
    told_much = len(words) > _LONGEST and intent != PLACE_INTENT
    if not (topics or context.offered) or told_much or may_be_sensitive(parsed):
        return parsed
    asks_on = _starts(words, _OPENING) or _ends(words, _CLOSING)
    told = _looked_up(topics, context.offered, any_key=asks_on or correcting)
    if intent == PLACE_INTENT:
        return _decided(parsed, intent_of(told), CERTAIN) if told else parsed
    if told.startswith(_OF_PLACES) and _tells_a_place(parsed, asks_on):
        return _decided(parsed, intent_of(told), CERTAIN)
    names_it = not (asks_on or context.offered or _NAMING.isdisjoint(words))
    if intent not in (ASK_BACK, NOT_UNDERSTOOD) and (names_it or _is_talk(parsed)):
        return parsed
    (behind,) = parse([f"{context.asked[-_MOST_BEFORE:]} {parsed['text']}"])
    return _weighed(parsed, behind, _factors(topics, context.offered, asks_on, correcting))


def _looked_up(topics: Sequence[str], offered: Sequence[str], any_key: bool) -> str:
    """The key that a bare place belongs to, "" for none: a look-up for places, any topic when the message asks on."""
    keys = offered or topics
    of_places = [key for key in keys if key.startswith(_OF_PLACES)]
    return (of_places or [*topics] * any_key or [""])[0]


def _is_talk(parsed: Parsed) -> bool:
    """Thanks, a wish for a person and the like; what seems out of scope may be only out of its context."""
    key, chance = key_of(parsed["intent"]["name"]), parsed["intent"]["confidence"]
    return key.startswith(SMALL_TALK_PREFIX) and key != OUT_OF_SCOPE and chance >= _TALK_FROM


def _tells_a_place(parsed: Parsed, asks_on: bool) -> bool:
    """Whether a message has no other meaning than the place in it ("nhà ngoại tôi bên Hậu Lộc")."""
    unsaid = parsed["intent"]["name"] in (ASK_BACK, NOT_UNDERSTOOD, intent_of(OUT_OF_SCOPE))
    known = any(entity.get("candidates") for entity in parsed["entities"])
    return known and unsaid and (asks_on or not asks(parsed["text"]))


def _factors(topics: Sequence[str], offered: Sequence[str], asks_on: bool, correcting: bool) -> dict[str, float]:
    """How much likelier than others keys and groups ("tiem_chung/") are; what was offered takes the topics' place."""
    factors = {OUT_OF_SCOPE: _ASKING_ON_OUTSIDE if asks_on else 1.0}
    if offered:
        return factors | dict.fromkeys(offered, _OFFERED)
    factors |= dict.fromkeys((_group(topic) for topic in topics), _GROUP)
    if not correcting:
        factors |= dict.fromkeys(topics, _AGAIN * (_ASKING_ON_AGAIN if asks_on else 1.0))
    return factors


def _weighed(parsed: Parsed, behind: Parsed, factors: Mapping[str, float]) -> Parsed:
    alone, together = _chances(parsed), _chances(behind)
    weights = {}
    for name in {**alone, **together, **{intent_of(key): 0.0 for key in factors if not key.endswith("/")}}:
        chance, joined = alone.get(name, 0.0) + _LEAST, together.get(name, 0.0) + _LEAST
        key = key_of(name)
        if is_sensitive(key):  # a question asked in general alarms nobody because more was asked
            joined = min(chance, joined)
        elif key == OUT_OF_SCOPE:  # behind a question of ours nothing looks out of scope
            joined = math.sqrt(chance * joined)
        likelier = factors.get(key, 1.0) * factors.get(_group(key), 1.0)
        weights[name] = chance * math.pow(joined, _BEHIND) * likelier
    total = sum(weights.values())
    ranking = sorted(((name, weight / total) for name, weight in weights.items()), key=lambda entry: -entry[1])
    entries = [{"name": name, "confidence": chance} for name, chance in ranking[:_CANDIDATES]]
    return {**_decided(parsed, *_GATE.choose(ranking)), "intent_ranking": entries}


def _group(key: str) -> str:
    return key.partition("/")[0] + "/"


def _chances(parsed: Parsed) -> dict[str, float]:
    return {str(entry["name"]): float(entry["confidence"]) for entry in parsed["intent_ranking"]}


def _has_subject(topic: str) -> bool:
    return bool(topic) and not is_sensitive(topic) and not topic.startswith(SMALL_TALK_PREFIX)


def may_be_sensitive(parsed: Parsed) -> bool:
    """Whether a sensitive key is so likely for a message that its pipeline's word counts."""
    chances = {entry["name"]: entry["confidence"] for entry in (*parsed["intent_ranking"], parsed["intent"])}
    return any(is_sensitive(key_of(name)) and chance >= _SENSITIVE_FROM for name, chance in chances.items())


def _starts(words: Sequence[str], openings: Sequence[str]) -> bool:
    return any(list(words[: len(opening.split())]) == opening.split() for opening in openings)


def _ends(words: Sequence[str], closings: Sequence[str]) -> bool:
    end = len(words)
    while end and words[end - 1] in _PARTICLES:
        end -= 1
    return any(list(words[max(end - len(closing.split()), 0) : end]) == closing.split() for closing in closings)


def _decided(parsed: Mapping[str, Any], intent: str, confidence: float) -> Parsed:
    return {**parsed, "intent": {"name": intent, "confidence": confidence}}
