"""A bare place, and messages that were not understood."""

from __future__ import annotations

import pytest

from tests.actions.builders import THO_XUAN, Pack, foreign_place, place
from tests.actions.conftest import ActionServer

HERE = place(THO_XUAN, "Thọ Xuân")


@pytest.fixture
def full(pack: Pack) -> Pack:
    """Something for every look-up."""
    pack.site("Trạm A", "38/395/15499", "2022-01-09")
    pack.bulletin("2021-12-31T08:00+07:00")
    pack.hotlines()
    pack.faq("cach_ly/f1")
    pack.faq("5k/khau_trang")
    return pack


@pytest.mark.parametrize(
    ("pending", "begins"),
    [
        ("tiem_chung/diem_tiem", "Điểm tiêm ở huyện Thọ Xuân:"),
        ("lien_he/duong_day_nong", "Tổng đài 02371022"),
        ("ban_tin/moi_nhat", "Bản tin 12/BC"),
        ("ban_tin/so_ca", "Số liệu tính đến"),
    ],
)
async def test_it_does_the_lookup_when_one_waits_for_a_place(
    server: ActionServer, full: Pack, pending: str, begins: str
) -> None:
    server.hold(full)

    reply = await server.act("action_place", "dia_danh", "Thọ Xuân", HERE, slots={"cho_tra_cuu": pending})

    assert reply.texts[0].startswith(begins)
    assert set(reply.answers) == {pending}
    assert reply.slots == {"cho_tra_cuu": None, "chu_de": pending, "dia_danh": THO_XUAN}


async def test_it_offers_the_lookups_of_the_place_when_none_waits(server: ActionServer, full: Pack) -> None:
    server.hold(full)

    reply = await server.act("action_place", "dia_danh", "Thọ Xuân", HERE)

    assert reply.texts == ["[he_thong/hoi_lai]"]
    assert reply.answers == ["tiem_chung/diem_tiem"]
    assert [button["payload"] for button in reply.buttons] == [
        {"answer": key, "slots": {"dia_danh": THO_XUAN}}
        for key in ("tiem_chung/diem_tiem", "lien_he/duong_day_nong", "ban_tin/moi_nhat")
    ]
    assert reply.slots == {"dia_danh": THO_XUAN}


async def test_it_keeps_the_lookup_waiting_when_the_place_is_unknown(server: ActionServer, full: Pack) -> None:
    server.hold(full)

    slots = {"cho_tra_cuu": "tiem_chung/diem_tiem"}
    reply = await server.act("action_place", "dia_danh", "Xuân Mơ", foreign_place("Xuân Mơ"), slots=slots)

    assert reply.texts == ["[he_thong/dia_danh_la] Xuân Mơ"]
    assert reply.slots["cho_tra_cuu"] == "tiem_chung/diem_tiem"


async def test_it_offers_what_can_be_answered_when_it_is_unsure(server: ActionServer, full: Pack) -> None:
    """No key without a release, no technical intent, no small talk, one button for all sensitive keys."""
    server.hold(full)
    ranking = ["dia_danh", "cach_ly.f9", "tro_chuyen.chao", "cach_ly.f1", "nhay_cam.tu_hai", "nhay_cam.bao_luc"]
    ranking += ["tiem_chung.diem_tiem", "5k.khau_trang"]

    reply = await server.act("action_unsure", "hoi_lai", "hmm", ranking=ranking, slots={"cho_tra_cuu": "ban_tin/so_ca"})

    assert reply.texts == ["[he_thong/hoi_lai]"]
    assert reply.answers == ["cach_ly/f9"]
    assert [(button["title"], button["payload"]["answer"]) for button in reply.buttons] == [
        ("Hỏi về cach_ly/f1", "cach_ly/f1"),
        ("Tôi cần gặp cán bộ trực", "nhay_cam/tu_hai"),
        ("Điểm tiêm", "tiem_chung/diem_tiem"),
    ]
    assert reply.slots == {}


@pytest.mark.parametrize(
    ("intent", "ranking", "answer"),
    [
        ("khong_hieu", ["cach_ly.f1"], "cach_ly/f1"),
        ("hoi_lai", ["cach_ly.f9"], "cach_ly/f9"),
        ("khong_hieu", [], "tro_chuyen/chua_co_cau_tra_loi"),
    ],
)
async def test_it_offers_the_menu_when_it_has_no_candidate(
    server: ActionServer, full: Pack, intent: str, ranking: list[str], answer: str
) -> None:
    menu = [{"title": "Bản tin", "answer": "ban_tin/moi_nhat"}]
    full.add("menu", "menu/chinh", {"text": "Chọn.", "buttons": menu}, source=None)
    server.hold(full)

    reply = await server.act("action_unsure", intent, "???", ranking=ranking)

    assert reply.texts == ["[he_thong/khong_hieu]"]
    assert reply.answers == [answer]
    assert [button["title"] for button in reply.buttons] == ["Bản tin"]


async def test_it_offers_a_person_when_there_is_no_menu_either(server: ActionServer, full: Pack) -> None:
    server.hold(full)

    reply = await server.act("action_unsure", "khong_hieu", "???")

    assert [button["payload"]["answer"] for button in reply.buttons] == ["tro_chuyen/gap_nguoi"]
