"""The transcript: who said what, by which release, and what the buttons offer to whom."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from desk.clock import real_now
from ledger.erasing import erase
from ledger.inbound import ResidentMessage, receive
from ledger.models import Delivery, DeliveryState, Entry
from tests.desk.conftest import SignIn
from tests.desk.residents import SAFETY_TEXT, Residents


def _page(client: Client, conversation_id: str, query: str = "") -> str:
    return client.get(reverse("desk:conversation", args=[conversation_id]) + query).content.decode()


def _buttons(page: str) -> set[str]:
    return {act for act in ("nhan", "tra-ve", "tra-lai", "dong") if f'/{act}/"' in page}


def test_it_shows_release_source_date_and_certainty_of_the_bots_answers(lan: Client, residents: Residents) -> None:
    asking = residents.open()
    residents.say(asking, "F1 cách ly mấy ngày")
    residents.hear(asking, "F1 cách ly tại nhà 14 ngày.")
    page = _page(lan, asking)
    assert page.index("F1 cách ly mấy ngày") < page.index("F1 cách ly tại nhà 14 ngày.")
    for fact in (
        "Câu trả lời: cach_ly/f1",
        "Bản phát hành: f1-release",
        "Nguồn: 5599/BYT-MT, Bộ Y tế, ngày 14/07/2021",
        "Phê duyệt: 09:30 ngày 20/12/2021",
        "Độ tin cậy: 92 %",
    ):
        assert fact in page


def test_it_tells_the_changes_of_state(lan: Client, residents: Residents) -> None:
    waiting = residents.wait("Nhà tôi hết gạo", "nhay_cam/cuu_tro_khan", 2)
    lan.post(reverse("desk:take", args=[waiting]))
    residents.cry(waiting, "Con tôi co giật", "nhay_cam/phan_ung_nang")
    lan.post(reverse("desk:give-back", args=[waiting]))
    page = _page(lan, waiting)
    steps = (
        "Chuyển tới người trực: Cần cứu trợ khẩn. Mức: Cần sớm.",
        "Nguyễn Thị Lan nhận cuộc này.",
        SAFETY_TEXT,
        "Mức khẩn tăng: Phản ứng nặng sau tiêm. Mức: Khẩn cấp.",
        "Nguyễn Thị Lan trả lại cho trợ lý.",
    )
    assert [step for step in steps if step in page] == list(steps)
    assert sorted(steps, key=page.index) == list(steps)


def test_it_offers_the_owner_everything_and_others_nothing(
    lan: Client, minh: Client, sign_in: SignIn, residents: Residents
) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ")
    assert _buttons(_page(lan, waiting)) == {"nhan"}
    lan.post(reverse("desk:take", args=[waiting]))
    assert _buttons(_page(lan, waiting)) == {"tra-ve", "tra-lai", "dong"}
    assert _buttons(_page(minh, waiting)) == set()
    assert _buttons(_page(sign_in("hoa"), waiting)) == {"tra-ve"}


def test_it_marks_what_was_erased_and_shows_none_of_it(lan: Client, residents: Residents) -> None:
    asking = residents.open()
    residents.say(asking, "Tôi tên Nam, ở Thọ Xuân")
    residents.hear(asking, "Câu trả lời")
    erase(asking, real_now())
    page = _page(lan, asking)
    assert "Tôi tên Nam" not in page
    assert "Đã xóa lúc" in page
    assert "Bản phát hành: f1-release" in page
    assert "Người dân đã xóa dữ liệu của mình." in page
    assert _buttons(page) == set()


def test_it_shows_markup_and_locations_as_text(lan: Client, residents: Residents) -> None:
    asking = residents.open()
    residents.say(asking, '<img src=x onerror="alert(1)">')
    place = ResidentMessage(external_id="place", text="", location={"lat": 19.80671, "lng": 105.77614})
    receive(asking, place, None, real_now())
    page = _page(lan, asking)
    assert "&lt;img src=x onerror=" in page
    assert "Vị trí đã chia sẻ: 19.80671, 105.77614" in page


def test_it_tells_whether_a_reply_has_arrived(lan: Client, residents: Residents) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ", channel="zalo")
    lan.post(reverse("desk:take", args=[waiting]))
    lan.post(reverse("desk:reply", args=[waiting]), {"text": "Chào bác"})
    assert "data-unsettled" in _page(lan, waiting)
    Delivery.objects.filter(entry__author="operator").update(state=DeliveryState.FAILED)
    page = _page(lan, waiting)
    assert "Không gửi được" in page


def test_it_pages_back_in_a_long_conversation(lan: Client, residents: Residents) -> None:
    asking = residents.open()
    for number in range(205):
        residents.say(asking, f"tin số {number:03d}.")
    page = _page(lan, asking)
    assert "tin số 204." in page
    assert "tin số 004." not in page
    first_shown = Entry.objects.get(text="tin số 005.").pk
    assert f"?truoc={first_shown}" in page
    older = _page(lan, asking, f"?truoc={first_shown}")
    assert "tin số 004." in older
    assert "tin số 005." not in older
    assert "Tới tin mới nhất" in older
    assert _page(lan, asking, "?truoc=../x") != ""
