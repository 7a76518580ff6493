"""Danger told in numbers: oxygen saturation and breaths a minute."""

from __future__ import annotations

from collections.abc import Iterator

from vitext.message import Message
from vitext.phrases import Hit
from vitext.vocabulary import word_set

# 95 and more is no alarm; below 40 nobody types, it is an age, a price, a day. QĐ 261/QĐ-BYT asks to report from 96 %
# down, but 95 and 96 are ordinary questions of those who watch themselves at home.
_OXYGEN = range(40, 95)
# QĐ 261/QĐ-BYT: 20 and more for adults (20 itself is still ordinary), 40 for small children.
_BREATHS = range(21, 100)
_BREATHS_OF_CHILD = range(40, 100)
_METERS = frozenset(("spo2", "sp02", "spo", "sp0", "oxy", "oxi", "oxygen", "spo2la"))
# The meter itself: "máy báo 84", "kẹp tay còn 86"; other devices have other words between ("máy đo huyết áp").
_DEVICES = (["may", "do"], ["may", "bao"], ["kep", "tay"], ["kep", "ngon"], ["may", "kep"], ["do", "kep"])
_CHILD = frozenset(("be", "chau", "con", "tre", "thang"))
# A number with one of these is no reading.
_UNITS = word_set(
    "tuoi nghin ngan trieu dong lit kg ngay gio tieng thang nam k cai chiec nguoi ca do phut mui usd vnd binh may"
)
# Between meter and number these make it a threshold, a price or a question.
_NOT_READ = word_set(
    "duoi tren nho lon nhieu gia mua ban nguong muc hon thap tro huyet nhiet duong mach can loai ca tong"
)


def measured(message: Message) -> Iterator[Hit]:
    """Hits ``oxygen_measured`` and ``breaths_counted``; the span goes from the meter's name to the number."""
    words = [word.letters for word in message.words]
    for index, word in enumerate(words):
        if (
            word in _METERS
            or words[index : index + 2] in _DEVICES
            or (word in ("o", "ô") and words[index + 1 : index + 2] in (["xy"], ["xi"], ["2"]))
        ):
            yield from _reading("oxygen_measured", message, words, index, _OXYGEN)
        elif word == "tho" and _counts_breaths(words, index):
            child = not _CHILD.isdisjoint(words[max(index - 12, 0) : index])
            yield from _reading("breaths_counted", message, words, index, _BREATHS_OF_CHILD if child else _BREATHS)


def _counts_breaths(words: list[str], index: int) -> bool:
    return words[index - 1 : index] in (["nhip"], ["tan"]) or "lan" in words[index + 1 : index + 7]


def _reading(name: str, message: Message, words: list[str], index: int, dangerous: range) -> Iterator[Hit]:
    sentence = message.words[index].sentence
    for at in range(index + 1, min(index + 9, len(words))):
        if message.words[at].sentence != sentence or words[at] in _NOT_READ:
            break
        if _number(words[at]) in dangerous and words[at + 1 : at + 2] not in [[unit] for unit in _UNITS]:
            yield Hit(name, index, at + 1)
            return
    if name == "oxygen_measured":
        for at in range(max(index - 3, 0), index):
            if (
                message.words[at].sentence == sentence
                and _number(words[at]) in dangerous
                and words[at + 1] not in _UNITS
            ):
                yield Hit(name, at, index + 1)
                return


def _number(word: str) -> int:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 4 else -1
