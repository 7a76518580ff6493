"""Small closed word classes around place names, written with their accents.

A typed word counts as one of them when it is spelt the same or without any accent ("huyen", not "Huyền").
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from vitext.fold import fold


def words_of(listed: str, separator: str = " ") -> frozenset[str]:
    """The words of a list in one string."""
    return frozenset(listed.split(separator))


# Words before a name that tell its kind, longest first; the dot of "h." and the space of "t.p" are no syllables.
KIND_WORDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("thành", "phố"), "thành phố"),
    (("thị", "xã"), "thị xã"),
    (("thị", "trấn"), "thị trấn"),
    (("t", "p"), "thành phố"),
    (("t", "x"), "thị xã"),
    (("t", "t"), "thị trấn"),
    (("tp",), "thành phố"),
    (("tx",), "thị xã"),
    (("tt",), "thị trấn"),
    (("tỉnh",), "tỉnh"),
    (("huyện",), "huyện"),
    (("h",), "huyện"),
    (("phường",), "phường"),
    (("p",), "phường"),
    (("xã",), "xã"),
    (("x",), "xã"),
)
LOCATIVES = words_of(
    "ở tại về đến tới từ qua sang lên xuống ra vào vô bên trên dưới ngoài trong gần quê khu vùng địa bàn thuộc dưng cho"
)
# Before a capitalised name these make it a person's ("anh Minh Sơn").
TITLES = words_of("anh chị ông bà bác cô chú dì cậu em con cháu thầy mợ thím tên bạn sĩ tá")
# What may stand beside a place in a message that says nothing else.
PARTICLES = words_of(
    "dạ vâng ừ ạ à nhé nha nhá hả hử ơi ad admin bot em tôi tui mình mik mk cháu con bác anh chị bà ông cô chú nhà quê "
    "ở tại đang hiện thuộc bên dưới trên chỗ khu vực thì là còn thế vậy zậy z á ak nè đó đấy đây với ấy kìa này hè hầy "
    "sao bn bạn cho xem muốn hỏi về tìm chọn của người dân sống xin chào"
)
# Common words that are spelt like a commune once the accents are gone, or even with them: only a kind word, a
# capital letter or a district beside them makes them a place.
COMMON_WORDS = words_of(
    "nua|hop ly|thanh cong|thong nhat|thiet ke|dien bien|van hoa|hai long|yen tam|nong truong|dong tien|trung thanh|"
    "thanh minh|binh minh|thanh tam|van son|dong minh|cong chinh|dan quyen|dan luc|thanh toan|hoa binh|dong phu|"
    "thang long|tien tien|hop thanh|tam thanh|dong nam|minh tam|thanh hung|thanh thuy|thai hoa|phu nhuan|an nong|"
    "tan tho|dong loi|cao thinh|hop tien|phong son|hai an|tam van|hien chung|can khe|dinh cong|thanh tien|nam tien|"
    "thieu van|thieu duong|thieu vien|thieu toan|dong thanh|dong hoa|van am|truong thi|my loc|co lung|dan ly|te loi",
    "|",
)
# Beginnings of names that are no places, after "ở", "tại", "từ".
NOT_PLACES = words_of(
    "viet nam|benh vien|bo y|so y|trung tam|tram y|uy ban|uy bn|ubnd|cong ty|khu cong|nha may|truong thpt|truong|"
    "trung quoc|han quoc|nhat ban|thai lan|dai loan|campuchia|lao|my|sai dat|ct|bv|pc covid|bluezone|zalo|facebook",
    "|",
)
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


@lru_cache(maxsize=4096)
def accent_key(word: str) -> str:
    """Lower-case letters with their vowel marks, the tone at the end: "Hoà" and "hòa" are equal, "hoa" is not."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    letters = "".join(character for character in decomposed if character not in _TONES)
    return letters + "".join(character for character in decomposed if character in _TONES)


@lru_cache(maxsize=4096)
def is_unaccented(word: str) -> bool:
    """Whether the writer put no accent on the word, so that it may stand for any accented one."""
    return accent_key(word) == fold(word)


def agrees(typed: str, meant: str) -> bool:
    """Whether ``typed`` may be ``meant``: same letters, and the same accents or none at all."""
    if fold(typed) != fold(meant):
        return False
    return is_unaccented(typed) or accent_key(typed) == accent_key(meant)


def is_one_of(typed: str, words: frozenset[str]) -> bool:
    """Whether ``typed`` agrees with one of the words."""
    return accent_key(typed) in _keys(words) or (is_unaccented(typed) and fold(typed) in _folds(words))


@cache
def _keys(words: frozenset[str]) -> frozenset[str]:
    return frozenset(accent_key(word) for word in words)


@cache
def _folds(words: frozenset[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)
