"""Teencode, short forms and Thanh Hóa dialect → the folded words that the rules know.

Only forms with one likely meaning are listed: "bn" (bao nhiêu, bạn, bệnh nhân), "bt", "dk", "kt", "tre" stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from vitext.fold import fold

# Folded short form → folded words, whatever stands beside it (the exceptions are in _KEEPS).
SHORT_FORMS: dict[str, str] = {
    **dict.fromkeys(("k", "ko", "k0", "kg", "kh", "hok", "hk", "khum", "khog", "khg", "kong"), "khong"),
    **dict.fromkeys(("mik", "mk", "mjnh", "mih"), "minh"),
    **dict.fromkeys(("z", "zay", "dzay"), "vay"),
    **dict.fromkeys(("bgio", "bjo", "bjgio"), "bay gio"),
    **dict.fromkeys(("j", "gj"), "gi"),
    **dict.fromkeys(("wa", "qa", "wua"), "qua"),
    **dict.fromkeys(("mn", "mng"), "moi nguoi"),
    **dict.fromkeys(("cx", "cug"), "cung"),
    **dict.fromkeys(("e", "iem"), "em"),
    **dict.fromkeys(("t", "tui"), "toi"),
    "dc": "duoc", "dag": "dang", "r": "roi", "ng": "nguoi", "ngta": "nguoi ta", "bv": "benh vien", "bs": "bac si",
    "ck": "chong", "chog": "chong", "vk": "vo", "lm": "lam", "vs": "voi", "ms": "moi", "trc": "truoc", "trog": "trong",
    "ntn": "nhu the nao", "sdt": "so dien thoai", "hnay": "hom nay", "hqua": "hom qua", "gd": "gia dinh",
    "bik": "biet", "lun": "luon", "nhiu": "nhieu", "sog": "song", "xog": "xong",
}  # fmt: skip
# With its accents a dialect word is certain; folded it would be another word (mổ, rằng, nó, chú, hận).
ACCENTED_DIALECT: dict[str, str] = {
    "mô": "dau", "răng": "sao", "nỏ": "khong", "mần": "lam", "hấn": "no", "rứa": "vay", "chừ": "gio", "mạ": "me",
    "mệ": "ba", "dôông": "chong", "hông": "khong", "hổng": "khong", "chả": "khong", "chẳng": "khong", "rùi": "roi", "gòi": "roi",
}  # fmt: skip
# Folded, two words side by side are certain enough.
PAIRS: dict[tuple[str, str], tuple[str, str]] = {
    ("bay", "chu"): ("bay", "gio"), ("o", "mo"): ("o", "dau"), ("di", "mo"): ("di", "dau"), ("khi", "mo"): ("khi", "nao"),
    ("lam", "rang"): ("lam", "sao"), ("man", "rang"): ("lam", "sao"), ("vi", "rang"): ("vi", "sao"), ("rang", "rua"): ("sao", "vay"),
    ("lam", "chi"): ("lam", "gi"), ("man", "chi"): ("lam", "gi"), ("cai", "chi"): ("cai", "gi"), ("chi", "rua"): ("gi", "vay"),
    ("duoc", "hong"): ("duoc", "khong"), ("sao", "hong"): ("sao", "khong"), ("phai", "hong"): ("phai", "khong"),
    ("hong", "tho"): ("khong", "tho"), ("hong", "muon"): ("khong", "muon"), ("hong", "biet"): ("khong", "biet"),
    ("mun", "chet"): ("muon", "chet"), ("mun", "chit"): ("muon", "chet"), ("muon", "chit"): ("muon", "chet"),
    ("mun", "song"): ("muon", "song"),
}  # fmt: skip
# After these words "răng" is a tooth, "hông" a hip, "mô" a tissue, "chả" a dish, "e" a vitamin.
_KEEPS: dict[str, frozenset[str]] = {
    "rang": frozenset(("danh", "dau", "nho", "ham", "cai", "kem", "chan", "sau", "hai", "cao", "boc", "mieng")),
    "hong": frozenset(("dau", "xuong", "ben", "vung")),
    "mo": frozenset(("quy", "vi")),
    "cha": frozenset(("gio", "bun", "nem")),
    "e": frozenset(("vitamin", "gan")),
}  # fmt: skip
_DOUBLED = re.compile(r"(.)\1")


def normalize_tokens(tokens: Iterable[str]) -> list[str]:
    """The folded words meant by ``tokens`` (syllables as typed or folded); one token may give two or three words.

    Doing it twice changes nothing. Unknown tokens come back folded, with drawn-out letters ("đauuuu") shortened.
    """
    words: list[str] = []
    for token in tokens:
        words.extend(expand(token, words[-1] if words else ""))
    for index in range(len(words) - 1):
        pair = (words[index], words[index + 1])
        words[index : index + 2] = PAIRS.get(pair, pair)
    return words


def expand(token: str, before: str) -> tuple[str, ...]:
    """The folded words that one token stands for, after the folded word ``before`` ("" at the start)."""
    folded, meant = _meaning(token)
    if before in _KEEPS.get(folded, ()) or (folded in ("k", "kg") and before.isdigit()):
        return (folded,)
    return meant


def shorten(token: str) -> str:
    """Drawn-out letters as one: three or more anywhere ("khóoo"), two at the end of the word ("ơii", "thoo") but "uu" (cứu)."""
    if len(token) < 3 or not _DOUBLED.search(token):
        return token
    runs = [(letter, len(list(run))) for letter, run in groupby(token)]
    last = len(runs) - 1
    return "".join(
        letter if letter.isalpha() and (size > 2 or (size == 2 and index == last and letter != "u")) else letter * size
        for index, (letter, size) in enumerate(runs)
    )


@lru_cache(maxsize=8192)
def _meaning(token: str) -> tuple[str, tuple[str, ...]]:
    short = shorten(unicodedata.normalize("NFC", token.lower()))
    folded = shorten(fold(short))
    meant = ACCENTED_DIALECT.get(short) or SHORT_FORMS.get(folded, folded)
    return folded, tuple(meant.split()) or (folded,)
