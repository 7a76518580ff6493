"""A correction: "à nhầm, Thọ Xuân", "không, em hỏi giá cơ", "Bỉm Sơn chứ không phải Sầm Sơn"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.classifiers.confidence_gate import ASK_BACK, NOT_UNDERSTOOD
from bot.conversation.context import Context
from bot.conversation.follow_up import Parsed, Parser, in_context, may_be_sensitive
from contracts.keys import SMALL_TALK_PREFIX, key_of
from vitext.fold import Syllable, syllables

_LONGEST = 16  # syllables; who writes more explains what is meant
# The patterns read folded syllables with a space behind each, and "," where punctuation stood between two.
_PERSON = "(?:toi|tui|minh|mik|mk|em|e|chau|con|bac|chu|co|anh|chi|ong|ba|tao)"
_NO = "(?:khong|ko|k|hong|hok|hk|hem|kg|kh|no)"
_SIGH = (
    "(?:(?:a|ah|ak|o|oi|ui|ua|u|da|thoi|khoan|ad|ban|sorry|sr|xl|xin loi|chet|ay chet|troi|quen|hi|hihi|haha) (?:, )?)"
)
_SLIP = f"(?:{_PERSON} )?(?:(?:viet|go|ghi|noi|bam|danh|hoi|nhan|chon|nhap) (?:nham|lon|sai|lo)|nham|lon|sai roi) "
_OF_SLIP = "(?:(?:roi|mat|ten|cho|dia chi|huyen|xa|chut|ty|ti) )*"
_NOT_SO = f"{_NO} (?:phai|dung) (?:(?:vay|the|dau|cai do|cai nay|cai ay|cau do|y do) )?(?=, |y |ma )"
_MEANT = f"y (?:(?:cua )?{_PERSON}|la) "
_ASKED = f"(?:{_PERSON} (?=hoi |muon |dinh |can |tim |noi |o |dang |la )|(?:(?:muon|dinh|can|cho|xin) )?hoi |muon |tim |noi )"
_OPENING = re.compile(
    f"{_SIGH}*(?:{_SLIP}{_OF_SLIP}|{_NOT_SO}|{_NO} , |{_MEANT}|(?:ay chet|chet|quen) , )(?:, |la |ma |{_MEANT}|{_ASKED})*"
)
_CLOSING = re.compile(r"(?<= )(?:, )?(?:(?:co ma|co|moi dung|moi phai|i|ay|nhe|nha|nghe|hi|a|ah|ak|chu) )+$")
_INSTEAD = re.compile(f"(?<= )(?:, )?(?:chu|ma) {_NO} (?:phai|dung) ")


def corrected(parse: Parser, parsed: Parsed, context: Context) -> Parsed | None:
    """The parse result of what a correcting message says in place of the last one; None when it corrects nothing.

    A message that may be sensitive is left alone, and so is one that is better understood as a whole.
    """
    meant = without_correction(parsed["text"]) if context.topics or context.offered else None
    if meant is None or may_be_sensitive(parsed):
        return None
    (alone,) = parse([meant])
    reading = in_context(parse, alone, context, correcting=True)
    return None if _is_open(reading) and not _is_open(parsed) else reading


def without_correction(text: str) -> str | None:
    """What a message says beside the words that take something back; None when there are no such words, or only they."""
    tokens = syllables(text)
    if not 1 < len(tokens) <= _LONGEST:
        return None
    folded, starts = _spelt(text, tokens)
    instead, opening = _INSTEAD.search(folded), _OPENING.match(folded)
    if instead is None and opening is None:
        return None
    first = opening.end() if opening else 0
    last = instead.start() if instead and instead.start() > first else len(folded)
    closing = _CLOSING.search(folded, first, last)
    last = closing.start() if closing else last
    meant = text[starts[first] : starts[last]].strip(" ,.;:!?-\n")
    return meant or None


def _spelt(text: str, tokens: Sequence[Syllable]) -> tuple[str, list[int]]:
    """The text as the patterns read it, and for each of its characters and its end where in the text that was."""
    folded, starts, end = "", [], 0
    for token in tokens:
        between = ", " if end and text[end : token.start].strip() else ""
        folded += f"{between}{token.folded} "
        starts += [token.start] * (len(between) + len(token.folded) + 1)
        end = token.end
    return folded, [*starts, len(text)]


def _is_open(reading: Parsed) -> bool:
    """Whether nothing was answered by it but talk."""
    intent = reading["intent"]["name"]
    return intent in (ASK_BACK, NOT_UNDERSTOOD) or key_of(intent).startswith(SMALL_TALK_PREFIX)
