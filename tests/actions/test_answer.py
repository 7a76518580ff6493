"""Texts that are one release: answers, small talk, safety, rules, and what is said when there is none."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.clock import VIETNAM
from contracts.release import Retraction
from tests.actions.builders import NOW, THO_XUAN, Pack, place
from tests.actions.conftest import ActionServer

UNANSWERED = "tro_chuyen/chua_co_cau_tra_loi"


async def test_it_gives_text_source_and_release_when_one_is_in_force(server: ActionServer, pack: Pack) -> None:
    release = pack.faq("5k/khau_trang", "Bạn đeo khẩu trang.")
    server.hold(pack)

    reply = await server.act("action_answer", "5k.khau_trang")

    assert reply.texts == ["Bạn đeo khẩu trang.\n\nNguồn: 10696/BYT-MT, Bộ Y tế, ngày 16/12/2021."]
    assert reply.answers == ["5k/khau_trang"]
    assert reply.releases == [release.id]
    assert reply.effects == []
    assert reply.slots == {"cho_tra_cuu": None, "chu_de": "5k/khau_trang"}


async def test_it_shows_picture_video_and_files_of_an_answer(server: ActionServer, pack: Pack) -> None:
    """The picture by its address below the gateway's, with what it shows for who cannot see it; the rest as buttons."""
    name = f"{'a' * 64}.png"
    payload: dict[str, Any] = {"title": "Rửa tay", "text": "Rửa tay 30 giây.", "buttons": [], "facts": "A"}
    payload["picture"] = {"name": name, "text": "Sáu bước", "credit": "Bộ Y tế"}
    payload["video"] = {"url": "https://moh.gov.vn/video", "credit": "Bộ Y tế"}
    pack.add("faq", "5k/khu_khuan", payload)
    server.hold(pack)

    reply = await server.act("action_answer", "5k.khu_khuan")

    (bubble,) = reply.body["responses"]
    assert (bubble["image"], bubble["custom"]["meta"]["image_text"]) == (f"/pictures/{name}", "Sáu bước")
    assert reply.buttons == [{"title": "Video", "url": "https://moh.gov.vn/video"}]
    assert reply.texts[0].startswith(
        "Rửa tay 30 giây.\n\nHình: Sáu bước. Nguồn: Bộ Y tế.\nVideo. Nguồn: Bộ Y tế.\n\nNguồn: "
    )


async def test_it_takes_the_most_specific_release_when_a_district_has_its_own(server: ActionServer, pack: Pack) -> None:
    pack.faq("cach_ly/cap_do_dich", "Cả tỉnh.", place="38")
    pack.faq("cach_ly/cap_do_dich", "Riêng huyện.", place=THO_XUAN)
    server.hold(pack)

    in_district = await server.act("action_answer", "cach_ly.cap_do_dich", "", place(THO_XUAN, "huyện Thọ Xuân"))
    elsewhere = await server.act("action_answer", "cach_ly.cap_do_dich")

    assert in_district.texts[0].startswith("Riêng huyện.")
    assert in_district.slots["dia_danh"] == THO_XUAN
    assert elsewhere.texts[0].startswith("Cả tỉnh.")


async def test_it_says_that_there_is_no_answer_when_no_release_exists(server: ActionServer, pack: Pack) -> None:
    server.hold(pack)

    reply = await server.act("action_answer", "xet_nghiem.gia")

    assert reply.texts == [f"Trả lời {UNANSWERED}."]
    assert reply.answers == [UNANSWERED]
    assert reply.effects == [{"kind": "unanswered"}]


async def test_it_says_until_when_an_answer_held_when_it_has_run_out(server: ActionServer, pack: Pack) -> None:
    pack.faq("cach_ly/f2", valid_to=datetime(2021, 12, 31, tzinfo=VIETNAM))
    server.hold(pack)

    reply = await server.act("action_answer", "cach_ly.f2")

    assert reply.texts == ["[he_thong/het_han] 30/12/2021"]
    assert reply.answers == [UNANSWERED]
    assert reply.effects == [{"kind": "unanswered"}]


@pytest.mark.parametrize("when", ["retracted", "replaced", "not begun"])
async def test_it_keeps_silent_about_a_release_when_it_is_not_in_force(
    server: ActionServer, pack: Pack, when: str
) -> None:
    begins = NOW + timedelta(hours=1) if when == "not begun" else NOW - timedelta(days=1)
    release = pack.faq("5k/khau_trang", "Câu cũ.", valid_from=begins)
    if when == "retracted":
        pack.retractions.append(Retraction(release=release.id, at=NOW, by="phe_duyet", reason="sai"))
    if when == "replaced":
        pack.faq("5k/khau_trang", "Câu mới.", supersedes=release.id)
    server.hold(pack)

    reply = await server.act("action_answer", "5k.khau_trang")

    assert "Câu cũ." not in reply.texts[0]


async def test_it_shows_no_source_line_when_it_makes_small_talk(server: ActionServer, pack: Pack) -> None:
    server.hold(pack)

    reply = await server.act("action_answer", "tro_chuyen.chao")

    assert reply.texts == ["Trả lời tro_chuyen/chao."]


@pytest.mark.parametrize(
    ("key", "priority"), [("nhay_cam/cap_cuu", 1), ("nhay_cam/tu_vong", 2), ("nhay_cam/bao_chi", 3)]
)
async def test_it_gives_the_safety_text_and_a_person_when_the_message_is_sensitive(
    server: ActionServer, pack: Pack, key: str, priority: int
) -> None:
    buttons = [{"title": "Gọi 115", "phone": "115"}]
    release = pack.add("safety", key, {"title": "Gấp", "text": "Bạn gọi 115.", "buttons": buttons})
    server.hold(pack)

    reply = await server.act("action_safety", key.replace("/", "."), "đau")

    assert reply.texts[0].startswith("Bạn gọi 115.")
    assert reply.releases == [release.id]
    assert reply.buttons == [{"title": "Gọi 115", "phone": "115"}]
    assert reply.effects == [{"kind": "handoff", "reason": key, "priority": priority}]


async def test_it_still_calls_a_person_when_the_safety_text_is_missing(server: ActionServer, pack: Pack) -> None:
    server.hold(pack)

    reply = await server.act("action_safety", "nhay_cam.tu_hai")

    assert reply.texts == ["Trả lời tro_chuyen/gap_nguoi."]
    assert reply.effects == [{"kind": "handoff", "reason": "nhay_cam/tu_hai", "priority": 1}]


@pytest.mark.parametrize(
    ("action", "key", "effects"),
    [
        (
            "action_handoff",
            "tro_chuyen/gap_nguoi",
            [{"kind": "handoff", "reason": "tro_chuyen/gap_nguoi", "priority": 3}],
        ),
        ("action_return", "tro_chuyen/quay_lai", [{"kind": "return"}]),
        ("action_erase", "tro_chuyen/xoa_du_lieu", [{"kind": "erase"}]),
        ("action_unanswered", UNANSWERED, [{"kind": "unanswered"}]),
        ("action_unanswered", "tro_chuyen/ngoai_pham_vi", []),
    ],
)
async def test_it_sends_the_effect_with_the_text_when_the_resident_wants_a_change(
    server: ActionServer, pack: Pack, action: str, key: str, effects: list[dict[str, object]]
) -> None:
    server.hold(pack)

    reply = await server.act(action, key.replace("/", "."))

    assert reply.texts == [f"Trả lời {key}."]
    assert reply.answers == [key]
    assert reply.effects == effects
