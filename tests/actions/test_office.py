"""Where stations, centres and the CDC are."""

from __future__ import annotations

import pytest

from actions.office import types_told
from tests.actions.builders import MUONG_LAT, THO_XUAN, Pack, foreign_place, place
from tests.actions.conftest import ActionServer

TOWN = f"{THO_XUAN}/15499"


@pytest.fixture
def offices(pack: Pack) -> Pack:
    """CDC, a district's centre, one station."""
    pack.office("cdc", "38")
    pack.office("trung_tam_y_te", THO_XUAN)
    pack.office("tram_y_te", TOWN)
    pack.hotlines()
    return pack


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("địa chỉ trạm y tế xã", ["tram_y_te"]),
        ("ttyt huyen o dau", ["trung_tam_y_te"]),
        ("CDC Thanh Hóa ở đâu", ["cdc"]),
        ("trung tâm kiểm soát bệnh tật", ["cdc"]),
        ("sđt sở y tế", ["so_y_te"]),
        ("chỗ khám gần đây", []),
    ],
)
def test_it_reads_the_type_when_the_words_name_one(text: str, types: list[str]) -> None:
    assert types_told(text) == types


@pytest.mark.parametrize(
    ("text", "where", "names"),
    [
        ("cơ quan y tế", TOWN, [f"tram_y_te {TOWN}", f"trung_tam_y_te {THO_XUAN}"]),
        ("cơ quan y tế", THO_XUAN, [f"trung_tam_y_te {THO_XUAN}"]),
        ("trạm y tế", THO_XUAN, [f"tram_y_te {TOWN}"]),
        ("trung tâm y tế", TOWN, [f"trung_tam_y_te {THO_XUAN}"]),
    ],
)
async def test_it_gives_the_offices_of_the_place_when_it_is_named(
    server: ActionServer, offices: Pack, text: str, where: str, names: list[str]
) -> None:
    server.hold(offices)

    reply = await server.act("action_office", "lien_he.co_quan_y_te", text, place(where, "Thọ Xuân"))

    assert [shown.split("\n")[0] for shown in reply.texts] == names
    assert all("dữ liệu minh họa" in shown for shown in reply.texts)
    assert len(set(reply.releases)) == len(names)


async def test_it_says_that_it_gives_another_when_it_has_none_of_the_type(server: ActionServer, offices: Pack) -> None:
    server.hold(offices)

    reply = await server.act("action_office", "lien_he.co_quan_y_te", "bệnh viện", place(THO_XUAN, "Thọ Xuân"))

    assert reply.texts[0].split("\n")[:2] == [
        "Tôi chưa có địa chỉ loại bạn hỏi ở huyện Thọ Xuân. Cơ quan y tế khác phục vụ nơi đó:",
        f"trung_tam_y_te {THO_XUAN}",
    ]


async def test_it_asks_for_the_place_and_then_uses_it_when_none_is_named(server: ActionServer, offices: Pack) -> None:
    server.hold(offices)

    asked = await server.act("action_office", "lien_he.co_quan_y_te", "trạm y tế ở đâu")
    answered = await server.act("action_place", "dia_danh", "Thọ Xuân", place(THO_XUAN, ""), slots=dict(asked.slots))

    assert asked.slots == {"cho_tra_cuu": "lien_he/co_quan_y_te"}
    assert answered.answers == ["lien_he/co_quan_y_te"]


async def test_it_needs_no_place_when_the_office_is_the_provinces(server: ActionServer, offices: Pack) -> None:
    server.hold(offices)

    reply = await server.act("action_office", "lien_he.co_quan_y_te", "số điện thoại CDC tỉnh")

    assert [shown.split("\n")[0] for shown in reply.texts] == ["cdc 38"]
    assert "tôi chưa có số chính thức" in reply.texts[0]
    assert [button["phone"] for button in reply.buttons] == ["02371022", "19009095"]


async def test_it_gives_the_offices_own_number_when_it_has_one(server: ActionServer, pack: Pack) -> None:
    pack.office("cdc", "38", phone="02371234567", demo=False)
    server.hold(pack)

    reply = await server.act("action_office", "lien_he.co_quan_y_te", "cdc")

    assert [button["phone"] for button in reply.buttons] == ["02371234567"]
    assert "minh họa" not in reply.texts[0]


async def test_it_says_so_when_it_knows_no_office_there(server: ActionServer, offices: Pack) -> None:
    server.hold(offices)

    unknown = await server.act("action_office", "lien_he.co_quan_y_te", "trạm y tế", place(MUONG_LAT, "Mường Lát"))
    abroad = await server.act("action_office", "lien_he.co_quan_y_te", "trạm y tế", foreign_place("Gò Vấp"))

    assert unknown.texts == ["[he_thong/khong_co_co_quan_y_te] huyện Mường Lát"]
    assert abroad.texts == ["[he_thong/dia_danh_la] Gò Vấp"]
