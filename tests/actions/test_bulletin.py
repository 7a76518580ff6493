"""The latest bulletin, its figures, and what is said when it is not of today or the copy is old."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.builders import NOW, THO_XUAN, Pack, foreign_place, place
from tests.actions.conftest import ActionServer

TODAY, YESTERDAY = "2021-12-31T08:00+07:00", "2021-12-30T16:00+07:00"


async def test_it_tells_the_whole_bulletin_when_it_is_of_today(server: ActionServer, pack: Pack) -> None:
    release = pack.bulletin(TODAY)
    server.hold(pack)

    reply = await server.act("action_bulletin", "ban_tin.moi_nhat")

    assert reply.texts == [
        "Bản tin 12/BC\nSố liệu tính đến 08:00 ngày 31/12/2021:\nCa mắc mới: 1.348\n\nSố ca tăng.\n\nGiữ 5K.\n\n"
        "Nguồn: 10696/BYT-MT, Bộ Y tế, ngày 16/12/2021."
    ]
    assert reply.releases == [release.id]
    assert reply.answers == ["ban_tin/moi_nhat"]


async def test_it_shows_the_picture_with_the_whole_bulletin_only(server: ActionServer, pack: Pack) -> None:
    """Who asks for the number alone gets the number."""
    name = f"{'a' * 64}.jpg"
    pack.bulletin(TODAY, picture={"name": name, "text": "Biểu đồ ca mắc mới", "credit": "Sở Y tế"})
    server.hold(pack)

    (whole,) = (await server.act("action_bulletin", "ban_tin.moi_nhat")).body["responses"]
    (cases,) = (await server.act("action_bulletin", "ban_tin.so_ca")).body["responses"]

    assert (whole["image"], whole["custom"]["meta"]["image_text"]) == (f"/pictures/{name}", "Biểu đồ ca mắc mới")
    assert "Hình: Biểu đồ ca mắc mới. Nguồn: Sở Y tế." in whole["text"]
    assert (cases["image"], "image_text" in cases["custom"]["meta"]) == (None, False)


async def test_it_first_says_that_todays_is_not_out_when_the_last_one_is_older(
    server: ActionServer, pack: Pack
) -> None:
    pack.bulletin("2021-12-28T16:00+07:00", number="Bản tin ngày 28/12/2021")
    pack.bulletin(YESTERDAY, number="Bản tin ngày 30/12/2021")
    server.hold(pack)

    reply = await server.act("action_bulletin", "ban_tin.moi_nhat")

    assert reply.texts[0] == "[he_thong/chua_co_ban_tin] 31/12/2021"
    assert reply.texts[1].startswith("Bản tin ngày 30/12/2021\nSố liệu tính đến 16:00 ngày 30/12/2021:")
    assert reply.answers == ["ban_tin/moi_nhat", "ban_tin/moi_nhat"]


async def test_it_says_only_that_none_is_out_when_there_is_no_bulletin(server: ActionServer, pack: Pack) -> None:
    pack.hotlines()
    server.hold(pack)

    reply = await server.act("action_bulletin", "ban_tin.so_ca")

    assert reply.texts == ["[he_thong/chua_co_ban_tin] 31/12/2021"]
    assert [button["phone"] for button in reply.buttons] == ["02371022", "19009095"]


async def test_it_gives_figures_and_their_time_when_asked_for_the_number_of_cases(
    server: ActionServer, pack: Pack
) -> None:
    pack.bulletin(TODAY, figures={"deaths": 0, "new_cases": 184, "community_cases": 82})
    server.hold(pack)

    reply = await server.act("action_bulletin", "ban_tin.so_ca")

    assert reply.texts[0].split("\n\n")[0] == (
        "Số liệu tính đến 08:00 ngày 31/12/2021:\nCa mắc mới: 184\nCa mắc trong cộng đồng: 82\nCa tử vong: 0"
    )
    assert [button["payload"]["answer"] for button in reply.buttons] == ["ban_tin/moi_nhat"]


@pytest.mark.parametrize(
    ("districts", "line"),
    [
        ([{"place": THO_XUAN, "name": "huyện Thọ Xuân", "new_cases": 12}], "Riêng huyện Thọ Xuân: 12 ca mắc mới."),
        ([], "Bản tin không nêu số riêng của huyện Thọ Xuân."),
    ],
)
async def test_it_tells_the_districts_figure_or_that_there_is_none_when_a_district_is_named(
    server: ActionServer, pack: Pack, districts: list[dict[str, object]], line: str
) -> None:
    pack.bulletin(TODAY, districts=districts)
    server.hold(pack)

    reply = await server.act("action_bulletin", "ban_tin.so_ca", "", place(THO_XUAN, "Thọ Xuân"))

    assert line in reply.texts[0]


async def test_it_says_that_the_place_is_unknown_when_it_is_elsewhere(server: ActionServer, pack: Pack) -> None:
    pack.bulletin(TODAY)
    server.hold(pack)

    reply = await server.act("action_bulletin", "ban_tin.so_ca", "", foreign_place("Hà Nội"))

    assert reply.texts[0] == "[he_thong/dia_danh_la] Hà Nội"


async def test_it_says_how_old_its_copy_is_when_a_newer_bulletin_may_exist(server: ActionServer, pack: Pack) -> None:
    """An old copy cannot know that today's bulletin is not out, so it must not say that."""
    pack.bulletin(YESTERDAY)
    server.hold(pack)
    server.library.copy.confirm(NOW - timedelta(hours=25))

    reply = await server.act("action_bulletin", "ban_tin.moi_nhat")

    assert reply.texts[0] == "[he_thong/du_lieu_cu] 08:00 ngày 30/12/2021"
    assert reply.texts[1].startswith("Bản tin 12/BC")
    assert not any("chua_co_ban_tin" in text for text in reply.texts)
