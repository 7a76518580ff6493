"""Other spellings of a question, made by rule: without accents, in teencode, with typing slips.

Only for measuring: training never sees them. Each is repeatable, because its random numbers come from the text itself.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

from vitext.fold import fold

# Folded words → how they are shortened in chats. Longer entries are tried first.
_SHORT: dict[str, tuple[str, ...]] = {
    "khong": ("k", "ko", "hok", "kg", "hong", "khum"), "duoc": ("dc", "đc", "đk", "duoc"), "gi": ("j", "gi", "ji"),
    "vay": ("z", "v", "zậy", "dzay"), "roi": ("r", "roi", "gòi"), "voi": ("vs", "vs", "voi"), "nguoi": ("ng", "ngừi", "ngkeo"),
    "bao nhieu": ("bn", "bnhiu", "bao nhiu", "bnhieu"), "bay gio": ("bh", "bjo", "bgio"), "nhu the nao": ("ntn", "ntnao"),
    "the nao": ("tnao", "thế nào", "tn"), "minh": ("mk", "mik", "mh"), "moi nguoi": ("mn", "mng"), "truoc": ("trc", "trước"),
    "hom nay": ("hnay", "hn"), "hom qua": ("hqua",), "benh vien": ("bv", "bviện"), "xet nghiem": ("xn", "xét ng", "xet nghiem"),
    "ket qua": ("kq", "kqua"), "vac xin": ("vx", "vacxin", "vaxin", "vxin"), "cach ly": ("cly", "cách li", "cach li"),
    "covid": ("cô vít", "covit", "cô vi", "covid"), "khau trang": ("ktrang", "khẩu trag"), "dien thoai": ("đt", "dthoai"),
    "so dien thoai": ("sđt", "sdt"), "gia dinh": ("gđ", "gdinh"), "cong ty": ("cty", "cti"), "biet": ("bit", "bik", "bt"),
    "em": ("e", "em", "iem"), "anh": ("a", "anh"), "chi": ("c", "chị"), "nhieu": ("nhìu", "nhiu"), "trong": ("trog", "trong"),
    "cung": ("cx", "cug"), "phai": ("fai", "phải", "pải"), "nhung": ("nhg", "nhưg"), "lam": ("lm", "làm"), "vo": ("vk",),
    "chong": ("ck",), "toi": ("t", "tui", "tôi"), "a": ("ah", "ạ", "ak"), "qua": ("wa", "qá"), "bac si": ("bs", "bsi"),
    "hien tai": ("htai", "hiện tại"), "ngay": ("ngày", "ng"), "sau do": ("sđó",), "luon": ("lun", "lunn"), "the": ("thế", "th"),
    "nhan": ("nhận", "nhan"), "chua": ("ch", "chưa"), "co": ("có", "co"), "viet": ("vít", "viet"), "tra loi": ("rep", "tl"),
}  # fmt: skip
_LONGEST = max(len(words.split()) for words in _SHORT)
_BESIDE = {
    "q": "wa", "w": "qe", "e": "wr", "r": "et", "t": "ry", "y": "tu", "u": "yi", "i": "uo", "o": "ip", "p": "ol", "a": "sq",
    "s": "ad", "d": "sf", "f": "dg", "g": "fh", "h": "gj", "j": "hk", "k": "jl", "l": "kp", "z": "xa", "x": "zc", "c": "xv",
    "v": "cb", "b": "vn", "n": "bm", "m": "nj",
}  # fmt: skip
_TELEX_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_VNI_TONES = {"\u0300": "2", "\u0301": "1", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_TELEX_SHAPES = {"\u0306": "w", "\u031b": "w"}
_VNI_SHAPES = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}
_SLIP_CHANCE = 0.2  # of a word; every question gets one slip at least


def full(text: str) -> str:
    """As it was written."""
    return text


def teencode(text: str) -> str:
    """Chat short forms for three words of four that have one, accents kept in one half of the questions."""
    dice = _dice(text, "teencode")
    keep_accents = dice.random() < 0.5
    words, result = text.split(), []
    while words:
        size = next((n for n in range(_LONGEST, 0, -1) if _letters(words[:n]) in _SHORT), 0)
        if size and dice.random() < 0.75:
            result.append(dice.choice(_SHORT[_letters(words[:size])]))
        else:
            size = 1
            result.append(words[0] if keep_accents else fold(words[0]))
        words = words[size:]
    return " ".join(result)


def slips(text: str) -> str:
    """Wrong, missing, swapped and doubled letters, missing spaces, residue of Telex and VNI keyboards."""
    dice = _dice(text, "slips")
    words = text.split()
    long = [index for index, word in enumerate(words) if len(word) > 2] or list(range(len(words)))
    chosen = {index for index in long if dice.random() < _SLIP_CHANCE} | {dice.choice(long)}
    pieces = []
    for index, word in enumerate(words):
        slip = dice.choice(_SLIPS) if index in chosen else None
        pieces.append((word if slip is None else slip(word, dice)) + ("" if slip is _no_space else " "))
    return "".join(pieces).strip()


SPELLINGS: dict[str, Callable[[str], str]] = {"full": full, "folded": fold, "teencode": teencode, "slips": slips}


def _dice(text: str, purpose: str) -> random.Random:
    return random.Random(f"{purpose} {text}")


def _letters(words: list[str]) -> str:
    return re.sub(r"[^\w ]", "", fold(" ".join(words)))


def _swapped(word: str, dice: random.Random) -> str:
    at = dice.randrange(max(len(word) - 1, 1))
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


def _dropped(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word))
    return word[:at] + word[at + 1 :] if len(word) > 2 else word


def _doubled(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word))
    return word[: at + 1] + word[at] * dice.choice((1, 1, 3)) + word[at + 1 :]


def _neighbour(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word))
    return word[:at] + dice.choice(_BESIDE.get(fold(word[at]), word[at])) + word[at + 1 :]


def _no_space(word: str, dice: random.Random) -> str:
    return word


def _telex(word: str, dice: random.Random) -> str:
    return _keys(word, _TELEX_TONES, _TELEX_SHAPES, stroke="d")


def _vni(word: str, dice: random.Random) -> str:
    return _keys(word, _VNI_TONES, _VNI_SHAPES, stroke="9")


def _keys(word: str, tones: dict[str, str], shapes: dict[str, str], stroke: str) -> str:
    """The keys that a keyboard without its input method would have left; words without accents stay."""
    left, tone = [], ""
    for mark in unicodedata.normalize("NFD", word):
        if mark in tones:
            tone = tones[mark]
        elif mark == "\u0302" and mark not in shapes:
            left.append(left[-1])  # Telex doubles the letter
        elif mark in "đĐ":
            left += ["d", stroke]
        else:
            left.append(shapes.get(mark, mark))
    return "".join(left) + tone


_SLIPS = (_swapped, _dropped, _doubled, _neighbour, _no_space, _telex, _vni)
