"""Phone numbers by need and place."""

from __future__ import annotations

import pytest

from actions.needs import needs_told
from tests.actions.builders import THO_XUAN, Pack, foreign_place, place
from tests.actions.conftest import ActionServer


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("Gọi cấp cứu số nào?", ["cap_cuu"]),
        ("can xe cuu thuong", ["cap_cuu"]),
        ("báo tin giả ở đâu", ["tin_gia"]),
        ("tiêm xong cần gọi cấp cứu số mấy", ["cap_cuu", "tiem_chung"]),
        ("sđt tư vấn tiêm vx", ["tiem_chung"]),
        ("cho tôi số đường dây nóng", []),
    ],
)
def test_it_reads_the_needs_most_urgent_first_when_the_words_name_them(text: str, needs: list[str]) -> None:
    assert needs_told(text) == needs


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("cho tôi số đường dây nóng", ["02371022", "19009095"]),
        ("gọi cấp cứu số nào", ["115"]),
        ("tiêm xong cần cấp cứu gọi số nào", ["115", "02371022"]),
        ("báo tin giả ở đâu", ["02371022", "19009095"]),
    ],
)
async def test_it_gives_the_numbers_for_the_need_when_some_serve_it(
    server: ActionServer, pack: Pack, text: str, phones: list[str]
) -> None:
    pack.hotlines()
    server.hold(pack)

    reply = await server.act("action_hotline", "lien_he.duong_day_nong", text, place(THO_XUAN, "Thọ Xuân"))

    assert [button["phone"] for button in reply.buttons] == phones
    assert len(set(reply.releases)) == len(phones)
    assert set(reply.answers) == {"lien_he/duong_day_nong"}


async def test_it_shows_hours_only_when_they_are_known(server: ActionServer, pack: Pack) -> None:
    pack.hotline("02371022", hours="24 giờ mỗi ngày")
    pack.hotline("19009095")
    server.hold(pack)

    reply = await server.act("action_hotline", "lien_he.duong_day_nong")

    assert "Giờ trực: 24 giờ mỗi ngày" in reply.texts[0]
    assert "Giờ trực" not in reply.texts[1]


async def test_it_gives_national_numbers_only_when_the_place_is_elsewhere(server: ActionServer, pack: Pack) -> None:
    pack.hotlines()
    server.hold(pack)

    reply = await server.act("action_hotline", "lien_he.duong_day_nong", "số nóng Hà Nội", foreign_place("Hà Nội"))

    assert reply.texts[0] == "[he_thong/dia_danh_la] Hà Nội"
    assert [button["phone"] for button in reply.buttons] == ["19009095"]


async def test_it_says_that_there_is_no_answer_when_no_number_is_released(server: ActionServer, pack: Pack) -> None:
    server.hold(pack)

    reply = await server.act("action_hotline", "lien_he.duong_day_nong")

    assert reply.effects == [{"kind": "unanswered"}]
