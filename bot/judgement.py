"""What a parsed message amounts to: the meta data of a turn, the same for the engine and for ``bot.ask``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.classifiers.confidence_gate import ASK_BACK, NOT_UNDERSTOOD
from bot.classifiers.place_only import PLACE_INTENT
from bot.classifiers.ranking import CERTAIN
from contracts.keys import key_of
from contracts.turn import Candidate, TurnMeta

LOCATION_INTENT = "vi_tri"
TECHNICAL_INTENTS = (PLACE_INTENT, LOCATION_INTENT, ASK_BACK, NOT_UNDERSTOOD)
# What somebody most likely wants who sends only a place.
PLACE_GUESS = "tiem_chung/diem_tiem"
# The menu is the reply to what holds no words.
MENU = "tro_chuyen/giup_do"
_SHOWN = 3


def judge(parse_data: Mapping[str, Any], model: str, pending: str | None = None, spoken: str = "") -> TurnMeta:
    """The turn's meta data.

    Args:
        parse_data: Rasa's parse result with ``intent`` and ``intent_ranking``.
        model: id of the model that parsed.
        pending: key of a look-up that waited for a place before this message.
        spoken: answer key that the replying action gave; counts for a place and a shared location.
    """
    intent, confidence = parse_data["intent"]["name"], _rounded(parse_data["intent"]["confidence"])
    candidates = _candidates(parse_data.get("intent_ranking", ()))
    if intent in (ASK_BACK, NOT_UNDERSTOOD):
        return _asked_back(candidates, model)
    if intent == PLACE_INTENT and not pending:
        return TurnMeta(answer=PLACE_GUESS, confidence=confidence, asked_back=True, candidates=candidates, model=model)
    answer = spoken or pending or PLACE_GUESS if intent in TECHNICAL_INTENTS else key_of(intent)
    return TurnMeta(answer=answer, confidence=confidence, asked_back=False, candidates=candidates, model=model)


def nothing_said(model: str) -> TurnMeta:
    """For a message without a letter or digit: the menu, as the gateway answers it without asking the engine."""
    return TurnMeta(answer=MENU, confidence=0.0, asked_back=True, candidates=(), model=model)


def _asked_back(candidates: tuple[Candidate, ...], model: str) -> TurnMeta:
    best = candidates[0]
    return TurnMeta(answer=best.answer, confidence=best.confidence, asked_back=True, candidates=candidates, model=model)


def _candidates(ranking: Sequence[Mapping[str, Any]]) -> tuple[Candidate, ...]:
    keys = [entry for entry in ranking if entry["name"] not in TECHNICAL_INTENTS]
    return tuple(
        Candidate(answer=key_of(entry["name"]), confidence=_rounded(entry["confidence"])) for entry in keys[:_SHOWN]
    )


def _rounded(confidence: Any) -> float:
    """Four digits; 1.0 is for what a rule or a tap decided, however sure the classifier is."""
    exact = float(confidence)
    return exact if exact == CERTAIN else min(round(exact, 4), 0.9999)
