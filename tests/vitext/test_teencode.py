"""Teencode, dialect and slips: a table of what is meant, and what must stay as typed."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitext.ambiguous import SENSES
from vitext.fold import fold, syllables
from vitext.short_forms import ACCENTED_DIALECT, PAIRS, SHORT_FORMS, WHOLES
from vitext.teencode import normalize_tokens
from vitext.vocabulary import is_known

KNOWN = sorted(
    {*SHORT_FORMS, *ACCENTED_DIALECT, *SENSES, *(word for words in (*PAIRS, *WHOLES) for word in words)}
    | {word for senses in SENSES.values() for sense in senses for word in sense.after | sense.before}
)


def meant(text: str) -> str:
    return " ".join(normalize_tokens(syllable.text.lower() for syllable in syllables(text)))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("ko", "khong"),
        ("k đc", "khong duoc"),
        ("hok khum ko0 hem", "khong khong khong khong"),
        ("j z", "gi vay"),
        ("gi` vậy", "gi vay"),
        ("mik mk e", "minh minh em"),
        ("ng nhà ở bv", "nguoi nha o benh vien"),
        ("ck vk", "chong vo"),
        ("ntn", "nhu the nao"),
        ("đk tiêm ntn", "dang ky tiem nhu the nao"),
        ("k bt đk tiêm đc k", "khong biet dang ky tiem duoc khong"),
        ("bn tiền", "bao nhieu tien"),
        ("giá bn v", "gia bao nhieu vay"),
        ("chào bn", "chao ban"),
        ("h p lm s", "gio phai lam sao"),
        ("mũi 2 k", "mui 2 khong"),
        ("kq xn gửi sđt ny", "ket qua xet nghiem gui so dien thoai ny"),
        ("hôm ny", "hom nay"),
        ("cô vít covit kovid cô vy", "covid covid covid covid"),
        ("vx vxc vc-xin vacxin vaccine", " ".join(["vac xin"] * 5)),
        ("chích ngừa hông zậy", "tiem phong khong vay"),
        ("dìa quê", "ve que"),
        ("ơiii đauuuu khóoo thoo", "oi dau kho tho"),
        ("cứu", "cuu"),
        ("đi mô", "di dau"),
        ("o mo", "o dau"),
        ("làm răng bây chừ", "lam sao bay gio"),
        ("mần chi", "lam gi"),
        ("nỏ biết", "khong biet"),
        ("hấn", "no"),
        ("mạ mệ", "me ba"),
        ("nước nác ngái lắm", "nuoc nuoc xa lam"),
        ("mun chit", "muon chet"),
        # Words that only look like a short form stay.
        ("đánh răng", "danh rang"),
        ("đau họng", "dau hong"),
        ("lơ mơ", "lo mo"),
        ("nó biết", "no biet"),
        ("5 k", "5 k"),
        ("500 k", "500 k"),
        ("vitamin e", "vitamin e"),
        ("mất ngửi", "mat ngui"),
        ("bịt mũi", "bit mui"),
        ("tre", "tre"),
        ("xem bt tc", "xem bt tc"),
        ("phòng mổ", "phong mo"),
        ("ngõ hẻm", "ngo hem"),
    ],
)
def test_it_gives_the_words_that_are_meant(typed: str, words: str) -> None:
    assert meant(typed) == words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("tieem vawcs xin owr ddaau", "tiem vac xin o dau"),
        ("nguoiwf nhaf khoong ddieemr", "nguoi nha khong diem"),
        ("tie6m va81c xin o73 d9a6u", "tiem vac xin o dau"),
        ("tiêms mũii", "tiem mui"),
        ("cahcs ly nagy dihcj", "cach ly ngay dich"),
        ("xét ngiệm kách li", "xet nghiem cach li"),
        ("tiemvacxin", "tiem vac xin"),
        ("xetnghiem khautrang", "xet nghiem khau trang"),
        ("tokhaiyte", "to khai y te"),
        ("tiemko", "tiem khong"),
        ("14ngay mũi2 2mui covid19", "14 ngay mui 2 2 mui covid 19"),
        ("kh0ng", "khong"),
        ("v.a.c.x.i.n k-h-ó", "vac xin kho"),
        ("k h ó t h ở", "kho tho"),
        ("tiêm\u200bvắc\u200dxin", "tiem vac xin"),
        ("хét nghiệm", "xet nghiem"),  # a Cyrillic х
        ("đau 😷😷đầu", "dau dau"),
        ("bjết xjn", "biet xet nghiem"),
        ("pfzier", "pfizer"),
    ],
)
def test_it_mends_what_is_no_word(typed: str, words: str) -> None:
    assert meant(typed) == words


@pytest.mark.parametrize(
    "typed",
    ["xdiadanhx", "asdfgh qwerty", "app zalo facebook online", "hiv sida", "f0 f1 5k n95 spo2", "pcr test", "0373 123",
     "tôi ở Q.1 TP.HCM", "ngày 1.2.3", "обычный", "오늘 뭐"],
)  # fmt: skip
def test_it_leaves_alone_what_is_a_name_a_number_or_another_language(typed: str) -> None:
    assert normalize_tokens([syllable.text for syllable in syllables(typed)]) == [s.folded for s in syllables(typed)]


def test_it_changes_no_clean_word_of_the_training_data() -> None:
    listed = {*SHORT_FORMS, *SENSES, *(fold(form) for form in ACCENTED_DIALECT)}
    listed |= {word for words in (*PAIRS, *WHOLES) for word in words}
    changed: dict[str, str] = {}
    files = sorted((Path(__file__).resolve().parents[2] / "data/nlu").glob("*.yml"))
    for line in (line for path in files for line in path.read_text("utf-8").splitlines() if line.startswith("    - ")):
        typed = [syllable.text.lower() for syllable in syllables(line)]
        before, after = [fold(token) for token in typed], normalize_tokens(typed)
        for tag, start, end, _, _ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            clean = [word for word in before[start:end] if is_known(word) and word not in listed]
            if tag != "equal" and clean:
                changed[" ".join(clean)] = line
    assert files
    assert changed == {}


@settings(max_examples=400)
@given(
    st.lists(
        st.one_of(st.sampled_from(KNOWN), st.text(st.characters(categories=("L", "M", "N")), min_size=1, max_size=8)),
        max_size=8,
    )
)
def test_it_changes_nothing_when_done_twice(tokens: list[str]) -> None:
    once = normalize_tokens(tokens)

    assert normalize_tokens(once) == once


@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=8), max_size=8))
def test_it_takes_any_characters(tokens: list[str]) -> None:
    assert all(word == fold(word) for word in normalize_tokens(tokens))


def test_it_knows_no_foreign_word_that_is_a_syllable_of_the_language() -> None:
    from vitext.vocabulary import FOREIGN, is_syllable

    assert [word for word in FOREIGN if is_syllable(word)] == []


@pytest.mark.parametrize("forms", [SHORT_FORMS, ACCENTED_DIALECT])
def test_it_lists_forms_as_they_are_looked_up(forms: dict[str, str]) -> None:
    assert all(meaning == fold(meaning) for meaning in forms.values())
    assert [form for form in SHORT_FORMS if form != fold(form)] == []
