"""Vaccination sites by place and by shared location."""

from __future__ import annotations

from typing import Any

import pytest

from actions.distance import kilometres_between
from contracts.turn import Location
from tests.actions.builders import BIM_SON, MUONG_LAT, THO_XUAN, Pack, foreign_place, place
from tests.actions.conftest import ActionServer

KEY = "tiem_chung/diem_tiem"
INTENT = "tiem_chung.diem_tiem"
TOWN, SAO_VANG, XUAN_HOA, XUAN_TRUONG = "38/395/15499", "38/395/15553", "38/395/15505", "38/395/15508"


@pytest.fixture
def with_sites(pack: Pack) -> Pack:
    """Four sites in Thọ Xuân, one in Bỉm Sơn, and the default numbers."""
    pack.site("Trạm A", TOWN, "2022-01-09")
    pack.site("Trạm B", SAO_VANG, "2022-01-03", "2021-12-30", "2022-01-02")
    pack.site("Trạm C", XUAN_HOA, "2022-01-05")
    pack.site("Trạm D", XUAN_TRUONG, "2021-12-01")
    pack.site("Trạm Bỉm Sơn", f"{BIM_SON}/14818", "2022-01-04", lat=20.08, lng=105.87)
    pack.hotlines()
    return pack


async def test_it_gives_three_sites_with_the_soonest_sessions_first_when_a_district_is_named(
    server: ActionServer, with_sites: Pack
) -> None:
    server.hold(with_sites)

    reply = await server.act("action_site", INTENT, "điểm tiêm ở Thọ Xuân", place(THO_XUAN, "huyện Thọ Xuân"))

    assert [text.split("Trạm ")[1][0] for text in reply.texts] == ["B", "C", "A"]
    assert reply.texts[0].startswith("Điểm tiêm ở huyện Thọ Xuân:\nTrạm B\nĐịa chỉ: Gần Trạm B\nGiờ làm việc: 7 giờ\n")
    assert "\nNgày 02/01/2022, 07:30 đến 11:00, Pfizer\nNgày 03/01/2022, 07:30 đến 11:00, Pfizer\n" in reply.texts[0]
    assert "30/12/2021" not in reply.texts[0]
    assert all("dữ liệu minh họa" in text and "Nguồn: " in text for text in reply.texts)
    assert len(set(reply.releases)) == 3
    assert set(reply.answers) == {KEY}
    assert reply.slots == {"cho_tra_cuu": None, "chu_de": KEY, "dia_danh": THO_XUAN}
    assert "Còn 1 điểm tiêm khác." in reply.texts[2]
    assert [button["payload"]["slots"]["dia_danh"] for button in reply.buttons] == [XUAN_TRUONG]


async def test_it_gives_the_sites_of_the_commune_when_it_has_some(server: ActionServer, with_sites: Pack) -> None:
    server.hold(with_sites)

    reply = await server.act("action_site", INTENT, "tiêm ở Sao Vàng", place(SAO_VANG, "thị trấn Sao Vàng"))

    assert len(reply.texts) == 1
    assert "Trạm B" in reply.texts[0]


async def test_it_gives_the_sites_of_the_district_when_the_commune_has_none(
    server: ActionServer, with_sites: Pack
) -> None:
    server.hold(with_sites)

    reply = await server.act("action_site", INTENT, "", place("38/395/15502", "xã nào đó"))

    assert reply.texts[0].startswith("Tôi chưa biết điểm tiêm nào ở ")
    assert "Điểm tiêm trong huyện Thọ Xuân:" in reply.texts[0]


async def test_it_says_so_with_the_hotline_when_the_district_has_no_site(
    server: ActionServer, with_sites: Pack
) -> None:
    server.hold(with_sites)

    reply = await server.act("action_site", INTENT, "", place(MUONG_LAT, "Mường Lát"))

    assert reply.texts == ["[he_thong/khong_co_diem_tiem] huyện Mường Lát"]
    assert [button["phone"] for button in reply.buttons] == ["02371022", "19009095"]


@pytest.mark.parametrize(
    ("entities", "text"),
    [
        ([], "[he_thong/hoi_dia_danh]"),
        ([place("38", "tỉnh Thanh Hóa")], "[he_thong/hoi_dia_danh]"),
        ([foreign_place("Hà Nội")], "[he_thong/dia_danh_la] Hà Nội"),
    ],
)
async def test_it_asks_for_the_district_when_no_place_is_settled(
    server: ActionServer, with_sites: Pack, entities: list[dict[str, Any]], text: str
) -> None:
    server.hold(with_sites)

    reply = await server.act("action_site", INTENT, "tiêm ở đâu", *entities)

    assert reply.texts == [text]
    assert reply.answers == [KEY]
    assert reply.slots["cho_tra_cuu"] == KEY
    assert "chu_de" not in reply.slots
    assert len(reply.buttons) == 5
    assert {button["payload"]["answer"] for button in reply.buttons} == {KEY}


@pytest.mark.parametrize(
    ("entities", "text", "paths"),
    [
        (
            [place("38/395/15505", "Xuân Hòa", ("38/397/16174", "Xuân Hòa"))],
            "[he_thong/dia_danh_trung] Xuân Hòa",
            ["38/395/15505", "38/397/16174"],
        ),
        ([place(THO_XUAN, "Thọ Xuân"), place(BIM_SON, "Bỉm Sơn")], "[he_thong/hoi_dia_danh]", [THO_XUAN, BIM_SON]),
    ],
)
async def test_it_offers_each_place_when_several_may_be_meant(
    server: ActionServer, with_sites: Pack, entities: list[dict[str, Any]], text: str, paths: list[str]
) -> None:
    server.hold(with_sites)

    reply = await server.act("action_site", INTENT, "", *entities)

    assert reply.texts == [text]
    assert [button["payload"] for button in reply.buttons] == [
        {"answer": KEY, "slots": {"dia_danh": path}} for path in paths
    ]
    assert reply.slots["cho_tra_cuu"] == KEY


@pytest.mark.parametrize(
    "entities",
    [
        [place("38/380/14785", "Đông Sơn", (THO_XUAN, "huyện Thọ Xuân"))],
        [place(XUAN_HOA, "Xuân Hòa", ("38/397/16174", "Xuân Hòa")), place(THO_XUAN, "Thọ Xuân")],
        [place(XUAN_HOA, "Xuân Hòa"), place(THO_XUAN, "Thọ Xuân")],
    ],
)
async def test_it_settles_the_place_when_a_district_decides(
    server: ActionServer, with_sites: Pack, entities: list[dict[str, Any]]
) -> None:
    server.hold(with_sites)

    reply = await server.act("action_site", INTENT, "", *entities)

    assert reply.slots["dia_danh"].startswith(THO_XUAN)


async def test_it_takes_the_last_place_of_the_conversation_when_the_message_names_none(
    server: ActionServer, with_sites: Pack
) -> None:
    server.hold(with_sites)

    reply = await server.act("action_site", INTENT, "điểm tiêm ở đâu", slots={"dia_danh": BIM_SON})

    assert reply.texts[0].startswith("Điểm tiêm ở thị xã Bỉm Sơn:\nTrạm Bỉm Sơn")


async def test_it_gives_the_nearest_sites_with_their_distance_when_a_location_is_shared(
    server: ActionServer, with_sites: Pack
) -> None:
    server.hold(with_sites)

    reply = await server.act("action_site", "vi_tri", location=(20.07, 105.86))

    assert len(reply.texts) == 3
    assert reply.texts[0].startswith("Điểm tiêm gần bạn nhất:\nTrạm Bỉm Sơn\n")
    assert "Cách bạn khoảng 1,5 km" in reply.texts[0]
    assert reply.answers == [KEY, KEY, KEY]


async def test_it_offers_no_site_when_the_shared_location_is_far_away(server: ActionServer, with_sites: Pack) -> None:
    server.hold(with_sites)

    reply = await server.act("action_site", "vi_tri", location=(10.77, 106.70))

    assert reply.texts == ["[he_thong/khong_co_diem_tiem] gần vị trí của bạn"]


def test_it_measures_a_degree_of_latitude_when_points_lie_north_and_south() -> None:
    assert kilometres_between(Location(lat=19, lng=105), Location(lat=20, lng=105)) == pytest.approx(111.2, abs=0.1)
    assert kilometres_between(Location(lat=19, lng=105), Location(lat=19, lng=105)) == 0
