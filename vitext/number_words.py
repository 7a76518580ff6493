"""Numbers up to 999 as digits and as words: "91", "chín mươi mốt", "chín mốt", "ba mươi mấy"."""

from __future__ import annotations

_ONES = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "may": 0,
}  # fmt: skip
# "tám lăm" is 85, but "hai ba" is a guess: only from seventy on are the tens left out in a reading.
_TENS_LEFT_OUT = frozenset(("bay", "tam", "chin"))


def number_at(words: list[str], at: int) -> tuple[int, int]:
    """The number that begins at word ``at`` (folded) and the position behind it; ``(-1, at + 1)`` where none begins."""
    word = words[at] if at < len(words) else ""
    if word.isascii() and word.isdigit() and len(word) < 4:
        return int(word), at + 1
    tens, second, third = _ONES.get(word, 0), *[*words[at + 1 : at + 3], "", ""][:2]
    if tens and second == "muoi":
        return (tens * 10 + _ONES[third], at + 3) if third in _ONES else (tens * 10, at + 2)
    if word in _TENS_LEFT_OUT and second in _ONES:
        return tens * 10 + _ONES[second], at + 2
    return -1, at + 1
