"""Receiving the daily bulletin, and no longer."""

from __future__ import annotations

from tests.actions.builders import THO_XUAN, Pack, foreign_place, place
from tests.actions.conftest import ActionServer


async def test_it_notes_the_wish_for_the_province_when_no_place_is_named(server: ActionServer, pack: Pack) -> None:
    server.hold(pack)

    reply = await server.act("action_subscribe", "ban_tin.dang_ky", "cho tôi nhận bản tin hằng ngày")

    assert reply.effects == [{"kind": "subscribe", "place": "38"}]
    assert reply.texts == ["[he_thong/dang_ky_ban_tin] tỉnh Thanh Hóa"]
    assert reply.answers == ["ban_tin/dang_ky"]


async def test_it_notes_the_wish_for_the_district_when_one_is_named(server: ActionServer, pack: Pack) -> None:
    server.hold(pack)

    reply = await server.act("action_subscribe", "ban_tin.dang_ky", "ở Thọ Xuân", place(THO_XUAN, "Thọ Xuân"))

    assert reply.effects == [{"kind": "subscribe", "place": THO_XUAN}]


async def test_it_asks_and_notes_nothing_when_the_place_is_unknown(server: ActionServer, pack: Pack) -> None:
    server.hold(pack)

    asked = await server.act("action_subscribe", "ban_tin.dang_ky", "bản tin Hà Nội", foreign_place("Hà Nội"))
    answered = await server.act(
        "action_place", "dia_danh", "Thọ Xuân", place(THO_XUAN, "Thọ Xuân"), slots=dict(asked.slots)
    )

    assert asked.effects == []
    assert asked.slots == {"cho_tra_cuu": "ban_tin/dang_ky"}
    assert answered.effects == [{"kind": "subscribe", "place": THO_XUAN}]


async def test_it_ends_all_bulletins_when_none_is_wanted(server: ActionServer, pack: Pack) -> None:
    server.hold(pack)

    reply = await server.act("action_unsubscribe", "ban_tin.huy_dang_ky", "đừng gửi bản tin nữa")

    assert reply.effects == [{"kind": "unsubscribe", "place": ""}]
    assert reply.answers == ["ban_tin/huy_dang_ky"]
