"""Which need of ``hotline`` releases a resident's words speak of, read from folded words."""

from __future__ import annotations

from collections.abc import Mapping

from vitext.fold import syllables

EMERGENCY = "cap_cuu"

# Need (as editors give it to a hotline) → phrases; the first needs are the more urgent ones.
PHRASES: Mapping[str, tuple[str, ...]] = {
    EMERGENCY: ("cap cuu", "cuu thuong", "nguy kich", "khan cap", "115"),
    "chay_no": ("chay no", "cuu hoa", "hoa hoan", "dam chay", "cuu nan", "114"),
    "cong_an": ("cong an", "canh sat", "an ninh trat tu", "trom", "cuop", "113"),
    "bao_ve_tre_em": ("bao ve tre", "bao hanh tre", "xam hai tre", "danh tre", "tre em bi", "111"),
    "lua_dao": ("lua dao", "bi lua", "lua tien", "chiem doat"),
    "tin_gia": ("tin gia", "tin don", "tin sai", "tin that thiet"),
    "khai_bao": ("khai bao", "to khai"),
    "an_sinh": ("an sinh", "tien ho tro", "ho tro tien", "luong thuc", "cuu tro", "tro cap", "nhu yeu pham"),
    "phan_anh": ("phan anh", "to giac", "vi pham", "bao cao", "tron cach ly"),
    "tiem_chung": ("tiem", "chich ngua", "vac xin", "vacxin", "vaccine", "vx"),
    "xet_nghiem": ("xet nghiem", "test", "pcr"),
    "cach_ly": ("cach ly", "f0", "f1", "f2", "vung dich"),
}


def needs_told(text: str) -> list[str]:
    """The needs in the text, the most urgent first; empty when it names none."""
    words = " " + " ".join(syllable.folded for syllable in syllables(text)) + " "
    return [need for need, phrases in PHRASES.items() if any(f" {phrase} " in words for phrase in phrases)]
