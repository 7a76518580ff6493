"""Places in the spellings that residents use, and what only looks like one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.places.finder import PlaceFinder
from contracts.text import clean_text

THO_XUAN, THANH_HOA_CITY, NGHI_SON = ["38/395"], ["38/380"], ["38/407"]
XUAN_HOA = ["38/395/15517", "38/402/16180"]
# text, the found text, the places that it may mean
FOUND = [
    ("điểm tiêm ở Thọ Xuân", "Thọ Xuân", THO_XUAN),
    ("diem tiem o tho xuan", "tho xuan", THO_XUAN),
    ("ĐIỂM TIÊM Ở THỌ XUÂN", "THỌ XUÂN", THO_XUAN),
    ("tiêm chỗ nào thoxuan", "thoxuan", THO_XUAN),
    ("Thọ-Xuân có chưa", "Thọ-Xuân", THO_XUAN),
    ("tho_xuan nhé", "tho_xuan", THO_XUAN),
    ("hthoxuan", "hthoxuan", THO_XUAN),
    ("h. Thọ Xuân", "h. Thọ Xuân", THO_XUAN),
    ("huyện thọ xuân", "huyện thọ xuân", THO_XUAN),
    ("tiêm ở tt thọ xuân", "tt thọ xuân", ["38/395/15499"]),
    ("TP Thanh Hóa", "TP Thanh Hóa", THANH_HOA_CITY),
    ("t.p thanh hoá", "t.p thanh hoá", THANH_HOA_CITY),
    ("dịch ở Thanh Hóa", "Thanh Hóa", ["38"]),
    ("tỉnh thanh hoá mình", "tỉnh thanh hoá", ["38"]),
    ("txnghison", "txnghison", NGHI_SON),
    ("huyện Tĩnh Gia", "huyện Tĩnh Gia", NGHI_SON),
    ("cẩm thuỷ", "cẩm thuỷ", ["38/390"]),
    ("Đông Sơn có chỗ tiêm không", "Đông Sơn", ["38/405"]),
    ("phường Đông Sơn", "phường Đông Sơn", ["38/380/14785", "38/381/14821"]),
    ("P. Đông Sơn thị xã Bỉm Sơn", "P. Đông Sơn thị xã Bỉm Sơn", ["38/381/14821"]),
    ("xã Xuân Hòa", "xã Xuân Hòa", XUAN_HOA),
    ("xuan hoa", "xuan hoa", XUAN_HOA),
    ("em ở xuân hoà", "xuân hoà", XUAN_HOA),
    ("xã Xuân Hòa huyện Thọ Xuân", "xã Xuân Hòa huyện Thọ Xuân", ["38/395/15517"]),
    ("xã Xuân Hòa, Thọ Xuân, Thanh Hóa", "xã Xuân Hòa, Thọ Xuân, Thanh Hóa", ["38/395/15517"]),
    ("thọ xuân xã xuân hòa", "thọ xuân xã xuân hòa", ["38/395/15517"]),
    ("hoằng thanh", "hoằng thanh", ["38/399/16000"]),
    ("o hoang thanh", "hoang thanh", ["38/399/15961", "38/399/16000"]),
    ("xã Quảng Ninh", "xã Quảng Ninh", ["38/406/16465"]),
    ("xã Hợp Lý", "xã Hợp Lý", ["38/397/15676"]),
    ("hợp lý triệu sơn", "hợp lý triệu sơn", ["38/397/15676"]),
    ("thị trấn Nưa", "thị trấn Nưa", ["38/397/15718"]),
    # elsewhere or unknown: no place of the province
    ("từ Hà Nội về", "Hà Nội", []),
    ("tu bac giang ve que", "bac giang", []),
    ("quảng ninh về thì sao", "quảng ninh", []),
    ("quê ở hòa bình", "hòa bình", []),
    ("ở Gò Vấp", "Gò Vấp", []),
    ("go vap", "go vap", []),
    ("em lam o bien hoa", "bien hoa", []),
    ("huyện Đan Phượng", "huyện Đan Phượng", []),
    ("huyen dan phuong", "huyen dan phuong", []),
]
NOT_PLACES = [
    "chúc thành công nhé", "hợp lý không", "yên tâm", "diễn biến dịch", "dien bien dich hom nay", "o nua di",
    "anh Minh Sơn bị f0", "huyện nào cũng được", "xã em", "xã hội", "huyen em ntn", "xa quá", "tiêm ở Trung tâm y tế",
    "ở bệnh viện", "thống nhất vậy đi", "thiết kế mới", "đồng tiền mất giá", "hòa bình thế giới", "di an cuoi", "hoc mon gi", "nha be bi sot", "",
]  # fmt: skip


@pytest.mark.parametrize(("text", "found", "places"), FOUND)
def test_it_finds_the_place_when_it_is_spelt_so(finder: PlaceFinder, text: str, found: str, places: list[str]) -> None:
    assert [(text[p.start : p.end], [u.place for u in p.units]) for p in finder.find(text)] == [(found, places)]


@pytest.mark.parametrize("text", NOT_PLACES)
def test_it_finds_nothing_when_the_words_are_ordinary(finder: PlaceFinder, text: str) -> None:
    assert finder.find(text) == []


def test_it_finds_both_when_two_districts_are_named(finder: PlaceFinder) -> None:
    assert [[u.place for u in p.units] for p in finder.find("nga sơn với hậu lộc")] == [["38/401"], ["38/400"]]


def test_it_finds_every_district_when_its_name_is_typed_in_any_way(finder: PlaceFinder) -> None:
    from bot.places.files import DEFAULT_FILES, gazetteer_of
    from vitext.fold import fold

    units = {unit.place: unit for _, unit in gazetteer_of(DEFAULT_FILES).names if unit.place.count("/") == 1}
    assert len(units) == 27
    for unit in units.values():
        name = f"{unit.kind} {unit.name}"
        for typed in (name, fold(name), name.replace(" ", "-"), name.upper(), unicodedata.normalize("NFD", name)):
            found = finder.find(f"cho hỏi điểm tiêm ở {typed} với ạ")
            assert [[u.place for u in p.units] for p in found] == [[unit.place]], typed


def test_it_finds_every_commune_when_its_district_stands_behind(finder: PlaceFinder) -> None:
    from bot.places.files import DEFAULT_FILES, gazetteer_of
    from vitext.fold import fold

    communes = {unit.place: unit for _, unit in gazetteer_of(DEFAULT_FILES).names if unit.parent}
    assert len(communes) == 559
    missed = [
        unit.label
        for unit in communes.values()
        if [[u.place for u in p.units] for p in finder.find(f"tiêm ở {unit.label} khi nào")] != [[unit.place]]
    ]
    assert missed == []
    folded = [
        unit.label
        for unit in communes.values()
        if unit.place not in [u.place for p in finder.find(f"tiem o {fold(unit.label)} khi nao") for u in p.units]
    ]
    assert folded == []


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("thọ xuânhòađ ở xã h.,-_")), max_size=60))
def test_it_never_raises_and_keeps_spans_when_the_text_is_naughty(finder: PlaceFinder, raw: str) -> None:
    text = clean_text(raw)
    end = 0
    for place in finder.find(text):
        assert end <= place.start < place.end <= len(text)
        end = place.end


def test_it_does_not_grow_when_residents_type_new_words(finder: PlaceFinder) -> None:
    finder.find("một câu bình thường")
    before = len(finder._vocab.strings)
    for index in range(500):
        finder.find(f"từ lạ số {index} zxq{index}")
    assert len(finder._vocab.strings) == before
