"""Danger told in numbers, in digits or words: oxygen, breaths and heartbeats a minute, blood pressure."""

from __future__ import annotations

from collections.abc import Iterator

from vitext.message import Message
from vitext.number_words import number_at
from vitext.phrases import Hit
from vitext.vocabulary import word_set

# 95 and more is no alarm; below 40 nobody types, it is an age, a price, a day. QĐ 261/QĐ-BYT asks to report from 96 %
# down, but 95 and 96 are ordinary questions of those who watch themselves at home.
_OXYGEN = range(40, 95)
# Read off a meter that is not named ("đo được 85 thôi"): a pulse or a temperature is not to be taken for it.
_OXYGEN_UNNAMED = range(70, 95)
# QĐ 261/QĐ-BYT: 20 and more for adults (20 itself is still ordinary), 40 for small children.
_BREATHS = range(21, 100)
_BREATHS_OF_CHILD = range(40, 100)
# At rest, about the red rows of the hospitals' early-warning scores (QĐ 261/QĐ-BYT asks to report from 120 up and 50 down, which
# excitement explains); small children beat up to 180.
_BEATS = (*range(130, 251), *range(20, 41))
_BEATS_OF_CHILD = range(180, 251)
# QĐ 261/QĐ-BYT: below 90/60 is danger; from 200/110 a stroke threatens.
_SYSTOLIC_LOW, _SYSTOLIC_HIGH = range(40, 90), range(200, 301)
_DIASTOLIC = range(20, 181)
_METERS = frozenset(("spo2", "sp02", "spo", "sp0", "oxy", "oxi", "oxygen", "spo2la"))
# The meter itself: "máy báo 84", "kẹp tay còn 86"; other devices have other words between ("máy đo huyết áp").
_DEVICES = (
    ["may", "do"],
    ["may", "bao"],
    ["kep", "tay"],
    ["kep", "ngon"],
    ["may", "kep"],
    ["do", "kep"],
    ["ngon", "tay"],
)
_UNNAMED = (["do", "duoc"], ["do", "co"], ["do", "con"], ["do", "thay"], ["chi", "so"])
_BARELY_BEFORE = word_set("con chi moi co van tut xuong")
_BARELY_AFTER = word_set("thoi roi")
_CHILD = frozenset(("be", "chau", "con", "tre", "thang"))
# A number with one of these is no reading.
_UNITS = word_set(
    "tuoi nghin ngan trieu dong lit kg ngay gio tieng thang nam k cai chiec nguoi ca do phut mui usd vnd binh may cm can"
)
# Between meter and number these make it a threshold, a price or a question.
_NOT_READ = word_set(
    "duoi tren nho lon nhieu gia mua ban nguong muc hon thap tro huyet nhiet duong mach can loai ca tong nhip"
)


def measured(message: Message) -> Iterator[Hit]:
    """Hits named after the rules of `vitext.danger`; the span goes from the meter's name to the number."""
    words = [word.letters for word in message.words]
    for index, word in enumerate(words):
        pair = words[index : index + 2]
        if word in _METERS or pair in _DEVICES or (word in ("o", "ô") and pair[1:] in (["xy"], ["xi"], ["2"])):
            yield from _reading("oxygen_measured", message, words, index, _OXYGEN)
        elif pair in _UNNAMED:
            yield from _unnamed_reading(message, words, index)
        elif word == "tho" and _counts_breaths(words, index):
            yield from _reading(
                "breaths_counted", message, words, index, _of_age(words, index, _BREATHS, _BREATHS_OF_CHILD)
            )
        elif pair in (["nhip", "tim"], ["tim", "dap"]) or (word == "mach" and pair[1:] != ["mau"]):
            yield from _reading("beats_counted", message, words, index, _of_age(words, index, _BEATS, _BEATS_OF_CHILD))
        elif pair in (["huyet", "ap"], ["ha", "ap"], ["ap", "con"]):
            yield from _pressure(message, words, index)


def _of_age(words: list[str], index: int, adult: range | tuple[int, ...], child: range) -> range | tuple[int, ...]:
    return child if not _CHILD.isdisjoint(words[max(index - 12, 0) : index + 4]) else adult


def _counts_breaths(words: list[str], index: int) -> bool:
    return words[index - 1 : index] in (["nhip"], ["tan"]) or "lan" in words[index + 1 : index + 9]


def _reading(
    name: str, message: Message, words: list[str], index: int, dangerous: range | tuple[int, ...]
) -> Iterator[Hit]:
    sentence = message.words[index].sentence
    for at in range(index + 1, min(index + 9, len(words))):
        if message.words[at].sentence != sentence or words[at] in _NOT_READ:
            break
        number, end = number_at(words, at)
        if number in dangerous and not _has_unit(message, words, end):
            yield Hit(name, index, end)
            return
    if name == "oxygen_measured":
        for at in range(max(index - 3, 0), index):
            number, end = number_at(words, at)
            if message.words[at].clause != message.words[index].clause or not words[at].isdigit():
                continue
            if number in dangerous and words[end] not in _UNITS:
                yield Hit(name, at, index + 1)
                return


def _unnamed_reading(message: Message, words: list[str], index: int) -> Iterator[Hit]:
    for at in range(index + 1, min(index + 6, len(words))):
        if message.words[at].sentence != message.words[index].sentence or words[at] in _NOT_READ:
            return
        number, end = number_at(words, at)
        barely = words[at - 1] in _BARELY_BEFORE or not _BARELY_AFTER.isdisjoint(words[end : end + 1])
        if number in _OXYGEN_UNNAMED and barely and not _has_unit(message, words, end):
            yield Hit("oxygen_measured", index, end)
            return


def _pressure(message: Message, words: list[str], index: int) -> Iterator[Hit]:
    for at in range(index + 2, min(index + 9, len(words))):
        if message.words[at].sentence != message.words[index].sentence:
            return
        upper, middle = number_at(words, at)
        lower, end = number_at(words, middle + 1 if words[middle : middle + 1] in (["tren"], ["phan"]) else middle)
        if (upper in _SYSTOLIC_LOW or upper in _SYSTOLIC_HIGH) and lower in _DIASTOLIC and lower < upper:
            yield Hit("pressure_measured", index, end)
            return


def _has_unit(message: Message, words: list[str], end: int) -> bool:
    return end < len(words) and message.words[end].clause == message.words[end - 1].clause and words[end] in _UNITS
