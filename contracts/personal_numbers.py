"""Numbers that lead to one person: telephone numbers and citizen ids. What leaves as training data holds none."""

from __future__ import annotations

import re

# Telephone numbers begin with 0 or 84 and have 9 more digits, landlines 10; the hotlines 1022, 1900 9095, 115 do not.
# Citizen ids have 12 digits and begin with 0, identity cards of before 2016 have 9.
_GAP = r"[ .\-]?"
_NUMBER = re.compile(
    rf"(?<![\w.])(?:\+?84|0){_GAP}[235789](?:{_GAP}\d){{8,9}}(?!\d)|(?<!\w)0(?:{_GAP}\d){{11}}(?!\d)|(?<!\w)\d{{9}}(?!\d)"
)
_DIGIT = re.compile(r"\d")
_SHOWN = 2  # leading digits that stay, so that a reader sees what stood there


def without_personal_numbers(text: str) -> str:
    """The text with all but the first two digits of each such number replaced: ``09xx xxx xxx``. Twice changes nothing.

    A number of one digit repeated was made up to name nobody, and stays.
    """
    return _NUMBER.sub(lambda found: _masked(found.group()), text)


def _masked(number: str) -> str:
    if len(set(_DIGIT.findall(number))) == 1:
        return number
    shown = [match.end() for match in _DIGIT.finditer(number)][_SHOWN - 1]
    return number[:shown] + _DIGIT.sub("x", number[shown:])
