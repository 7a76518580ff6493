"""The day that a message speaks of, read from folded words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from vitext.fold import fold

# "5/1", "05-01-2022"; "2/2 mũi" and "24/7" (all day and night) are no days.
_NUMBERS = re.compile(
    r"(?<![\d/.-])(?!24/7(?![\d/-]))(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?(?![\d/-])(?!\s*(?:mui|lieu|lan|nguoi|gio|ngay))"
)
_WORDS = re.compile(r"\bngay (?:mung )?(\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?\b")
# "Mai" alone may be a name.
_RELATIVE = (
    (re.compile(r"\bhom nay\b"), 0),
    (re.compile(r"\b(?:ngay|sang|trua|chieu|toi|dem) mai\b|\bmai (?:toi|em|minh|con|chau|ve|bay)\b"), 1),
    (re.compile(r"\bngay (?:kia|mot)\b"), 2),
)
# A day without year is the nearest one that is not longer ago than this.
_LONGEST_AGO = timedelta(days=180)


def day_told(text: str, today: date) -> date | None:
    """The first day of the calendar in the text, else one told from today on ("ngày mai"), else None."""
    words = " ".join(fold(text).split())
    for match in _matches(words):
        day = _day(match, today)
        if day is not None:
            return day
    return next((today + timedelta(days=days) for pattern, days in _RELATIVE if pattern.search(words)), None)


def _matches(words: str) -> Iterator[re.Match[str]]:
    found = [*_NUMBERS.finditer(words), *_WORDS.finditer(words)]
    yield from sorted(found, key=lambda match: match.start())


def _day(match: re.Match[str], today: date) -> date | None:
    day, month, year = (int(group) if group else 0 for group in match.groups())
    try:
        if year:
            return date(year if year > 99 else 2000 + year, month, day)
        nearest = date(today.year, month, day)
        return nearest if nearest >= today - _LONGEST_AGO else date(today.year + 1, month, day)
    except ValueError:
        return None
