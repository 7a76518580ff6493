"""From a typed message to the questions in it: the one place where engine, ``make ask`` and ``make eval`` decide that."""

from __future__ import annotations

from bot.classifiers.place_only import PLACE_INTENT
from bot.conversation.follow_up import Parsed, Parser, in_context
from bot.conversation.two_questions import two_questions


def questions_in(parse: Parser, parsed: Parsed, topic: str = "") -> list[Parsed]:
    """The parse results of the questions in a message, one or two, in the order in which they are to be answered.

    Args:
        parse: the pipeline.
        parsed: its result for the whole message.
        topic: the key answered last in the conversation, "" at its beginning.
    """
    if parsed["intent"]["name"] == PLACE_INTENT:
        return [in_context(parsed, topic)]
    return two_questions(parse, parsed) or [in_context(parsed, topic)]
