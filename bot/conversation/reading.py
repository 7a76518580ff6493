"""From a typed message to the questions in it: the one place where engine, ``make ask`` and ``make eval`` decide that."""

from __future__ import annotations

from bot.classifiers.confidence_gate import ASK_BACK, NOT_UNDERSTOOD
from bot.classifiers.place_only import PLACE_INTENT
from bot.conversation.context import BEGINNING, Context
from bot.conversation.correction import corrected
from bot.conversation.follow_up import Parsed, Parser, in_context
from bot.conversation.two_questions import two_questions


def questions_in(parse: Parser, parsed: Parsed, context: Context = BEGINNING) -> list[Parsed]:
    """The parse results of the questions in a message, one or two, in the order in which they are to be answered.

    Args:
        parse: the pipeline.
        parsed: its result for the whole message.
        context: what came before the message in its conversation.
    """
    if parsed["intent"]["name"] == PLACE_INTENT:
        return [in_context(parse, parsed, context)]
    instead = corrected(parse, parsed, context)
    if instead is not None:
        return [_not_asked_twice(instead, context)]
    return two_questions(parse, parsed) or [_not_asked_twice(in_context(parse, parsed, context), context)]


def _not_asked_twice(reading: Parsed, context: Context) -> Parsed:
    """Still unsure after choices were offered: the menu, the hotline and a person rather than more choices."""
    if not context.offered or reading["intent"]["name"] != ASK_BACK:
        return reading
    return {**reading, "intent": {**reading["intent"], "name": NOT_UNDERSTOOD}}
