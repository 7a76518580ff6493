"""Rumours and reports of false news."""

from __future__ import annotations

import pytest

from actions.rumour import VERDICTS
from tests.actions.builders import BIM_SON, Pack
from tests.actions.conftest import ActionServer

CLAIM = "Trực thăng phun thuốc khử khuẩn đêm nay"


async def test_it_gives_verdict_reason_and_source_when_the_claim_was_checked(server: ActionServer, pack: Pack) -> None:
    check = pack.fact_check(CLAIM)
    server.hold(pack)

    reply = await server.act("action_check_rumour", "tin_don.kiem_chung", "đêm nay trực thăng phun thuốc thật không")

    assert reply.texts[0].split("\n\n")[0].split("\n") == [
        f"Tin: “{CLAIM}”.",
        "Kết quả kiểm chứng: sai sự thật.",
        "Vì sao.",
    ]
    assert reply.texts[0].endswith("Nguồn: 10696/BYT-MT, Bộ Y tế, ngày 16/12/2021.")
    assert reply.releases == [check.id]
    assert reply.effects == []


@pytest.mark.parametrize("verdict", VERDICTS)
async def test_it_words_every_verdict_when_an_editor_chose_it(server: ActionServer, pack: Pack, verdict: str) -> None:
    pack.fact_check(CLAIM, verdict=verdict)
    server.hold(pack)

    reply = await server.act("action_check_rumour", "tin_don.kiem_chung", CLAIM)

    assert f"Kết quả kiểm chứng: {VERDICTS[verdict]}." in reply.texts[0]


async def test_it_says_that_nothing_is_concluded_and_notes_it_when_no_fact_check_fits(
    server: ActionServer, pack: Pack
) -> None:
    pack.fact_check(CLAIM)
    pack.fact_check("Chợ Bỉm Sơn bị phong tỏa từ mai", place=BIM_SON)
    pack.hotlines()
    server.hold(pack)
    text = "nghe nói chợ Bỉm Sơn bị phong tỏa từ mai"

    reply = await server.act("action_check_rumour", "tin_don.kiem_chung", text)

    assert reply.texts == ["[he_thong/chua_kiem_chung]"]
    assert reply.effects == [{"kind": "rumour", "text": text}]
    assert [button["title"] for button in reply.buttons] == ["Kênh chính thống", "Gọi 02371022", "Gọi 19009095"]


@pytest.mark.parametrize(
    ("action", "key", "text", "asks", "then"),
    [
        ("check_rumour", "kiem_chung", "tin này có đúng không", "hoi_tin_kiem_chung", "chua_kiem_chung"),
        ("report_rumour", "bao_tin", "tôi muốn báo tin giả", "hoi_tin_can_bao", "da_ghi_nhan_tin"),
    ],
)
async def test_it_asks_for_the_content_and_takes_the_next_message_as_it_when_there_is_none(
    server: ActionServer, pack: Pack, action: str, key: str, text: str, asks: str, then: str
) -> None:
    server.hold(pack)

    asked = await server.act(f"action_{action}", f"tin_don.{key}", text)
    taken = await server.act(f"action_{action}", f"tin_don.{key}", "5G", slots=dict(asked.slots))

    assert (asked.texts, asked.effects) == ([f"[he_thong/{asks}]"], [])
    assert asked.slots == {"cho_tra_cuu": f"tin_don/{key}"}
    assert (taken.texts, taken.effects) == ([f"[he_thong/{then}]"], [{"kind": "rumour", "text": "5G"}])
    assert taken.slots["cho_tra_cuu"] is None


async def test_it_thanks_and_notes_the_report_when_it_has_content(server: ActionServer, pack: Pack) -> None:
    server.hold(pack)
    text = "báo tin giả: https://vi-du.vn/uong-dau-hoa-chua-covid"

    reply = await server.act("action_report_rumour", "tin_don.bao_tin", text)

    assert reply.effects == [{"kind": "rumour", "text": text}]
    assert reply.answers == ["tin_don/bao_tin"]
