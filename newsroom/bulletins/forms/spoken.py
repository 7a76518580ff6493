"""Vietnamese as it is read aloud: numbers, dates, times and telephone numbers in words."""

from __future__ import annotations

import re

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", " nghìn", " triệu", " tỷ")
_LONGEST = 12  # digits
# In this order; what one of them reads the next does not see again, for it holds no digits any more.
_URL = re.compile(r"https?://\S+")
_DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})\b(?!/)")
_TIME = re.compile(r"\b(\d{1,2}):(\d{2})\b")
# Public numbers: they begin with 0, 18 or 19, in groups or not, or are one of the short ones. 111 to 115 are numbers to
# call only after a word that says so, else they may be cases.
_TELEPHONE = re.compile(
    r"\b(?:0\d{1,3}(?:[. ]\d{2,4}){2,3}|0\d{2,10}|1[89]00[. ]?\d{4}|1022)\b|(?<=[Gg]ọi )11[1-5]\b|(?<=số )11[1-5]\b"
)
_PERCENT = re.compile(r"(\d)\s?%")
_DECIMAL = re.compile(r"\b(\d+),(\d+)\b")
_JOINED = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")  # "5K" is read "năm K", "F1" is read "F một"
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)|\d+")


def number_in_words(number: int) -> str:
    """``2005`` → ``hai nghìn không trăm linh năm``; whole numbers from 0 to below 10¹²."""
    if number == 0:
        return DIGITS[0]
    groups = []
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    words = []
    for index in range(len(groups) - 1, -1, -1):
        if groups[index]:
            words.append(_group(groups[index], full=index < len(groups) - 1) + _GROUPS[index])
    return " ".join(words)


def spoken(text: str) -> str:
    """The text with everything in digits in words; addresses of web pages are left out."""
    text = _URL.sub("", text).replace("COVID-19", "Cô-vít mười chín")
    text = _JOINED.sub(" ", text)
    text = _DATE.sub(lambda found: f"{_day(found)} năm {number_in_words(int(found[3]))}", text)
    text = _DAY.sub(_day, text)
    text = _TIME.sub(_time, text)
    text = _TELEPHONE.sub(lambda found: _digits(found[0]), text)
    text = _PERCENT.sub(r"\1 phần trăm", text)
    text = _DECIMAL.sub(lambda found: f"{_whole(found[1])} phẩy {_digits(found[2])}", text)
    text = _NUMBER.sub(lambda found: _whole(found[0].replace(".", "")), text)
    return re.sub(r" {2,}", " ", text).strip()


def _whole(digits: str) -> str:
    """A number that nobody has words for is read digit by digit."""
    return number_in_words(int(digits)) if len(digits) <= _LONGEST else _digits(digits)


def _group(number: int, *, full: bool) -> str:
    """A number below 1000; ``full`` when something stands before it: then its hundreds are read although zero."""
    hundreds, rest = divmod(number, 100)
    words = [f"{DIGITS[hundreds]} trăm"] if hundreds or full else []
    tens, units = divmod(rest, 10)
    if tens:
        words.append("mười" if tens == 1 else f"{DIGITS[tens]} mươi")
    elif units and words:
        words.append("linh")
    if units:
        words.append(_unit(units, tens))
    return " ".join(words)


def _unit(unit: int, tens: int) -> str:
    if unit == 5 and tens:
        return "lăm"
    if tens > 1:
        return {1: "mốt", 4: "tư"}.get(unit, DIGITS[unit])
    return DIGITS[unit]


def _day(found: re.Match[str]) -> str:
    return f"{number_in_words(int(found[1]))} tháng {number_in_words(int(found[2]))}"


def _time(found: re.Match[str]) -> str:
    hours, minutes = int(found[1]), int(found[2])
    return f"{number_in_words(hours)} giờ" + (f" {number_in_words(minutes)} phút" if minutes else "")


def _digits(text: str) -> str:
    return " ".join(DIGITS[int(digit)] for digit in text if digit.isdigit())
