"""A follow-up without its subject ("thế trẻ em thì sao?", "mất tiền không?") belongs to the topic before it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.classifiers.confidence_gate import ASK_BACK, NOT_UNDERSTOOD, ConfidenceGate
from bot.classifiers.place_only import PLACE_INTENT
from contracts.keys import OUT_OF_SCOPE, SMALL_TALK_PREFIX, intent_of, is_sensitive, key_of
from vitext.fold import syllables
from vitext.teencode import normalize_tokens
from vitext.vocabulary import word_set

Parsed = dict[str, Any]
_LONGEST = 8  # words; who writes more says what it is about
# How likely "out of scope" and the answers of other groups are, beside one of the topic's group. Of 55 follow-ups of our
# own after 25 topics these weights got 43 right and the pipeline alone 32; twice or half of them change little.
_OUTSIDE, _ELSEWHERE = 0.14, 0.05
# Short messages make the classifier surer than it should be, so the weights work on the roots of its chances.
_FLATTER = 0.5
# Roots lie closer together than the chances that the gate weighs.
_GATE = ConfidenceGate(ConfidenceGate.get_default_config() | {"answer_from": 0.45, "lead": 0.1})
_SENSITIVE_FROM = 0.25  # from here on a sensitive candidate is the pipeline's business alone
_TALK_FROM = 0.75
_OPENING = ("con", "the con", "vay con", "the thi", "vay thi", "the", "vay", "neu", "nhung")
_CLOSING = ("thi sao", "thi the nao", "thi nhu the nao", "nua", "sao")
_CORRECTIONS = ("khong phai", "y toi", "y minh", "y em", "sai roi", "nham")
_PARTICLES = word_set("a ad nhi nhe vay ha em oi ban da khong")
# A message with one of these says itself what it is about.
_NAMING = word_set(
    "tiem xin xet test pcr f0 f1 f2 f3 khau trang cly ly toa gian ung app qr otp tin thuoc trieu sot ho bien omicron delta "
    "5k tap hoc quan luong phong mui so"
)
# After these a bare place asks the same about that place.
_OF_PLACES = ("tiem_chung/diem_tiem", "lien_he/", "ban_tin/", "xet_nghiem/o_dau", "cach_ly/cap_do_dich")


class Parser(Protocol):
    """The pipeline: Rasa's parse results of texts, in order."""

    def __call__(self, texts: Sequence[str], /) -> list[Parsed]: ...


def in_context(parsed: Parsed, topic: str) -> Parsed:
    """What a message means after an answer to ``topic`` (key, "" for none), given its parse result taken alone.

    It stays as it is when it is sensitive or small talk for sure, corrects us, or names its own subject.
    """
    intent = parsed["intent"]["name"]
    words = normalize_tokens(syllable.text for syllable in syllables(parsed["text"]))
    if not _has_subject(topic) or len(words) > _LONGEST or _starts(words, _CORRECTIONS) or _may_be_sensitive(parsed):
        return parsed
    asks_on = _starts(words, _OPENING) or _ends(words, _CLOSING)
    if intent == PLACE_INTENT:
        again = asks_on or topic.startswith(_OF_PLACES)
        return _decided(parsed, intent_of(topic), parsed["intent"]["confidence"]) if again else parsed
    if intent not in (ASK_BACK, NOT_UNDERSTOOD) and (_is_talk(parsed) or not _NAMING.isdisjoint(words)):
        return parsed
    return _weighed(parsed, topic)


def _is_talk(parsed: Parsed) -> bool:
    """Thanks, a wish for a person and the like; what seems out of scope may be only out of its context."""
    key, chance = key_of(parsed["intent"]["name"]), parsed["intent"]["confidence"]
    return key.startswith(SMALL_TALK_PREFIX) and key != OUT_OF_SCOPE and chance >= _TALK_FROM


def _weighed(parsed: Parsed, topic: str) -> Parsed:
    group = topic.partition("/")[0]
    weights = [
        (str(entry["name"]), _weight(str(entry["name"]), group) * math.pow(entry["confidence"], _FLATTER))
        for entry in parsed["intent_ranking"]
    ]
    total = sum(weight for _, weight in weights) or 1.0
    ranking = sorted(((name, weight / total) for name, weight in weights), key=lambda entry: -entry[1])
    entries = [{"name": name, "confidence": chance} for name, chance in ranking]
    return {**_decided(parsed, *_GATE.choose(ranking)), "intent_ranking": entries}


def _weight(intent: str, group: str) -> float:
    key = key_of(intent)
    if key.startswith(f"{group}/"):
        return 1.0
    return _OUTSIDE if key == OUT_OF_SCOPE else _ELSEWHERE


def _has_subject(topic: str) -> bool:
    return bool(topic) and not is_sensitive(topic) and not topic.startswith(SMALL_TALK_PREFIX)


def _may_be_sensitive(parsed: Parsed) -> bool:
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
