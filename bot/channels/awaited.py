"""A message that answers a question of ours: what the pipeline, which knows nothing of it, made of the text is set right."""

from __future__ import annotations

from typing import Any

from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT

from bot.classifiers.confidence_gate import ASK_BACK, NOT_UNDERSTOOD
from bot.classifiers.place_only import PLACE_INTENT
from bot.classifiers.ranking import CERTAIN
from bot.extractors.place import UNKNOWN_PLACE_ENTITY
from bot.places.unknown import is_proper_name, name_alone
from contracts.keys import (
    NO_ANSWER_YET,
    OUT_OF_SCOPE,
    RUMOUR_REPORT,
    SMALL_TALK_PREFIX,
    WAIT_FOR_TEXT,
    intent_of,
    is_sensitive,
    key_of,
)
from vitext.fold import syllables

# Nothing that we have an answer for; a name that no list holds looks so.
_UNANSWERABLE = frozenset({ASK_BACK, NOT_UNDERSTOOD, intent_of(OUT_OF_SCOPE)})

_WITHDRAWING = ("thoi ", "a thoi ", "a ma ", "khoan ", "khoi ", "bo qua ", "bo di ", "khong can ", "ko can ", "de sau ")


def as_awaited(parsed: dict[str, Any], waiting: str | None) -> dict[str, Any]:
    """Parse data as a look-up that waits reads it.

    Args:
        parsed: Rasa's parse result of a text that the resident typed.
        waiting: key of the look-up, None when none waits. Those of ``WAIT_FOR_TEXT`` take the message as it is, unless
            it is sensitive, small talk or a change of mind; all others wait for a place, also for one that we do not know ("Gò Vấp") or
            that is told among other words ("bác đang ở nhà con gái bên Hậu Lộc").
    """
    if not waiting:
        return parsed
    intent = parsed[INTENT][INTENT_NAME_KEY]
    if waiting in WAIT_FOR_TEXT:
        return (
            parsed if _goes_before(intent) or _is_withdrawn(parsed[TEXT]) else _with_intent(parsed, intent_of(waiting))
        )
    if parsed[ENTITIES]:
        return _with_intent(parsed, PLACE_INTENT) if intent in _UNANSWERABLE else parsed
    span = None if is_sensitive(key_of(intent)) else name_alone(parsed[TEXT])
    if span is None:
        return parsed
    start, end = span
    if intent not in _UNANSWERABLE and not is_proper_name(parsed[TEXT][start:end]):
        return parsed
    place = {"entity": UNKNOWN_PLACE_ENTITY, "start": start, "end": end, "value": parsed[TEXT][start:end]}
    return {**_with_intent(parsed, PLACE_INTENT), ENTITIES: [place]}


def _goes_before(intent: str) -> bool:
    key = key_of(intent)
    talk = key.startswith(SMALL_TALK_PREFIX) and key not in (OUT_OF_SCOPE, NO_ANSWER_YET)
    return is_sensitive(key) or talk or key == RUMOUR_REPORT or intent == PLACE_INTENT


def _is_withdrawn(text: str) -> bool:
    """Whether somebody turns to something else ("thôi, cho tôi số trạm y tế")."""
    words = " ".join(syllable.folded for syllable in syllables(text))
    return f"{words} ".startswith(_WITHDRAWING)


def _with_intent(parsed: dict[str, Any], intent: str) -> dict[str, Any]:
    return {**parsed, INTENT: {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: CERTAIN}}
