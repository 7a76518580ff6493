"""What did not arrive is shown with its reason; a lead sends it again, and nobody sends it blindly."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from desk.delivery_words import reason_text
from ledger.appending import locked_conversation
from ledger.deliveries import begin, fail
from ledger.erasing import erase
from ledger.models import Author, Conversation, Delivery, DeliveryState, Entry
from ledger.replies import Reply, append_reply
from tests.desk.acting import act
from tests.desk.conftest import SignIn
from tests.desk.residents import Residents

REASON = "zalo -244: resident restricted this message type"


@pytest.fixture
def hoa(sign_in: SignIn) -> Client:
    """The lead's browser."""
    return sign_in("hoa")


def _dead(conversation_id: str, text: str, at: datetime, author: Author = Author.OPERATOR) -> int:
    """A message that delivery gave up."""
    with locked_conversation(conversation_id) as conversation:
        append_reply(conversation, None, Reply(text=text, actor="Nguyễn Thị Lan"), author, at)
    attempt = begin(conversation_id, "w", at)
    assert attempt is not None
    fail(attempt, "w", REASON, at)
    return attempt.delivery_id


def _resend(client: Client, conversation_id: str, delivery_id: int) -> str:
    answer = client.post(reverse("desk:resend", args=[conversation_id, delivery_id]), follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def _page(client: Client) -> str:
    return client.get(reverse("desk:dead-letters")).content.decode()


def test_it_shows_whose_words_did_not_arrive_and_why(lan: Client, residents: Residents, now: datetime) -> None:
    asking = residents.wait("Cho tôi hỏi", channel="zalo")
    _dead(asking, "Bác gọi số này nhé", now)
    page = _page(lan)
    assert "“Bác gọi số này nhé”" in page
    assert "Nguyễn Thị Lan" in page
    assert "người dân đã chặn tin từ tài khoản OA" in page
    assert "Tin chưa gửi được: 1" in lan.get(reverse("desk:queue")).content.decode()


def test_the_transcript_says_why_too(lan: Client, residents: Residents, now: datetime) -> None:
    asking = residents.wait("Cho tôi hỏi", channel="zalo")
    _dead(asking, "Bác gọi số này nhé", now)
    page = lan.get(reverse("desk:conversation", args=[asking])).content.decode()
    assert "Không gửi được: người dân đã chặn tin từ tài khoản OA" in page


def test_it_forgets_what_is_older_than_any_window_or_erased(lan: Client, residents: Residents, now: datetime) -> None:
    old, erased = residents.wait("Một", channel="zalo"), residents.wait("Hai", channel="zalo")
    _dead(old, "Lời cũ", now - timedelta(days=8))
    _dead(erased, "Lời đã xóa", now)
    erase(erased, now)
    page = _page(lan)
    assert "Lời cũ" not in page
    assert "Lời đã xóa" not in page
    assert "Không có tin nào" in page


def test_a_lead_sends_it_again_and_the_record_is_searched_first(
    hoa: Client, residents: Residents, now: datetime
) -> None:
    asking = residents.wait("Cho tôi hỏi", channel="zalo")
    delivery_id = _dead(asking, "Bác gọi số này nhé", now)
    assert "Đã cho gửi lại" in _resend(hoa, asking, delivery_id)
    row = Delivery.objects.get(pk=delivery_id)
    assert (row.state, row.resent_by, row.doubts) == (DeliveryState.UNCERTAIN, "Lê Thị Hoa", 0)
    attempt = begin(asking, "w", row.next_at)
    assert attempt is not None
    assert (attempt.doubtful, attempt.ordered, attempt.since) == (True, True, Entry.objects.get(delivery=row).at)
    assert "Bác gọi số này nhé" not in _page(hoa)


def test_an_operator_cannot_order_it(lan: Client, residents: Residents, now: datetime) -> None:
    asking = residents.wait("Cho tôi hỏi", channel="zalo")
    delivery_id = _dead(asking, "Bác gọi số này nhé", now)
    assert "Gửi lại</button>" not in _page(lan)
    assert "Chỉ Trưởng ca" in _resend(lan, asking, delivery_id)
    assert Delivery.objects.get(pk=delivery_id).state == DeliveryState.FAILED


def test_it_is_ordered_once(hoa: Client, residents: Residents, now: datetime) -> None:
    asking = residents.wait("Cho tôi hỏi", channel="zalo")
    delivery_id = _dead(asking, "Bác gọi số này nhé", now)
    _resend(hoa, asking, delivery_id)
    assert "Tin này không còn ở đây" in _resend(hoa, asking, delivery_id)


def test_it_is_not_ordered_by_another_conversations_address(hoa: Client, residents: Residents, now: datetime) -> None:
    asking, other = residents.wait("Cho tôi hỏi", channel="zalo"), residents.wait("Chào", channel="zalo")
    delivery_id = _dead(asking, "Bác gọi số này nhé", now)
    assert "Tin này không còn ở đây" in _resend(hoa, other, delivery_id)


def test_it_is_refused_when_the_window_is_closed(hoa: Client, residents: Residents, now: datetime) -> None:
    asking = residents.wait("Cho tôi hỏi", channel="zalo")
    delivery_id = _dead(asking, "Bác gọi số này nhé", now)
    Conversation.objects.filter(pk=asking).update(last_resident_at=now - timedelta(days=8))
    assert "Zalo không cho gửi tin nữa" in _resend(hoa, asking, delivery_id)


def test_the_assistants_old_words_stay_unsent(hoa: Client, lan: Client, residents: Residents, now: datetime) -> None:
    stale, taken = residents.wait("Một", channel="zalo"), residents.wait("Hai", channel="zalo")
    old = _dead(stale, "Câu cũ", now - timedelta(hours=25), Author.BOT)
    overtaken = _dead(taken, "Câu trước khi có cán bộ", now, Author.BOT)
    act(lan, "take", taken)
    act(lan, "give-back", taken)
    assert "đã quá 24 giờ" in _resend(hoa, stale, old)
    assert "câu cũ của trợ lý không gửi nữa" in _resend(hoa, taken, overtaken)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("uncertain: zalo -223: OA has not authorised this API", "chưa rõ người dân đã nhận được hay chưa"),
        ("zalo -230: no interaction in the last 7 days", "người dân im lặng đã hơn 7 ngày"),
        ("zalo -99999: unknown code", "Zalo từ chối (mã -99999), cần báo kỹ thuật"),
        ("window charged: …", "người dân im lặng đã hơn 48 giờ và đơn vị đã tắt tin tính phí"),
        ("OA is not connected: refused", "tài khoản OA chưa được kết nối"),
        ("something new", "something new"),
        ("", "không rõ lý do"),
    ],
)
def test_reasons_are_told_in_the_operators_words(error: str, said: str) -> None:
    assert reason_text(error) == said
