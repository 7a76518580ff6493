"""The start page shows each role what waits for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import OperationalError
from wagtail.models import WorkflowState

from contracts.clock import VIETNAM
from ledger.models import Author, Conversation, Effect, Entry, State
from newsroom.accounts.roles import ADMINISTRATORS, APPROVERS, AUDITORS, EDITORS, LEADS, OPERATORS
from newsroom.approval.admin_urls import edit_url
from newsroom.content.models import Bulletin
from newsroom.training.models import ModelActivation, ModelArchive, TrainingJob
from newsroom.workplace import daily_cards
from tests.support.newsroom_people import browser_of, person

pytestmark = pytest.mark.django_db(databases=["default", "ledger"])


@pytest.fixture
def cards() -> Callable[[Any], dict[str, str]]:
    """Name → visible text of the cards on somebody's start page."""

    def read(user: Any) -> dict[str, str]:
        page = browser_of(user).get("/admin/").content.decode()
        found = re.findall(r'<section class="tin-cay-card[^"]*" id="([\w-]+)">(.*?)</section>', page, re.DOTALL)
        return {name: " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split()) for name, body in found}

    return read


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (EDITORS, {"bi-tra-lai", "ban-nhap", "dang-cho-duyet", "ban-tin", "sap-het-han", "chua-tra-loi", "huan-luyen"}),
        (APPROVERS, {"cho-duyet", "xem-xet-lai", "ban-tin", "sap-het-han", "chua-tra-loi", "huan-luyen"}),
        (AUDITORS, {"dang-cho-duyet", "xem-xet-lai", "ban-tin", "sap-het-han", "chua-tra-loi", "huan-luyen"}),
        (OPERATORS, {"ban-truc"}),
        (LEADS, {"ban-truc"}),
        (ADMINISTRATORS, {"ban-truc", "huan-luyen"}),
    ],
)
def test_it_shows_each_role_its_cards(role: str, names: set[str], cards: Any) -> None:
    """No more, no less."""
    assert set(cards(person("lan", role))) == names


def test_it_leads_operators_to_the_desk_and_editors_not() -> None:
    """In the menu."""
    pages = [browser_of(person(role, role)).get("/admin/").content.decode() for role in (EDITORS, OPERATORS)]
    assert ["/desk/" in page for page in pages] == [False, True]


def test_it_follows_a_draft_from_its_author_to_the_approver_and_back(
    draft: Any, submit: Any, staff: Any, cards: Any
) -> None:
    """On one card at a time."""
    content = draft()
    assert "1 bản nháp chưa gửi phê duyệt Đeo khẩu trang khi nào?" in cards(staff.editor)["ban-nhap"]
    assert "Không có bản nháp nào." in cards(staff.both)["ban-nhap"]

    state = submit(content, staff.editor)
    assert "Không có bản nháp nào." in cards(staff.editor)["ban-nhap"]
    assert "1 nội dung chờ bạn. Đeo khẩu trang khi nào?" in cards(staff.approver)["cho-duyet"]

    state.task.specific.on_action(state, staff.approver, "reject", comment="Cần nói rõ hơn.")
    assert "Đeo khẩu trang khi nào? Cần nói rõ hơn." in cards(staff.editor)["bi-tra-lai"]
    assert WorkflowState.objects.get().status == "needs_changes"
    assert "Không có nội dung nào chờ bạn." in cards(staff.approver)["cho-duyet"]


def test_it_links_to_drafts_that_have_no_name_yet(draft: Any, staff: Any) -> None:
    """On the start page and in the list."""
    content = draft(key="", title="")
    client, address = browser_of(staff.editor), edit_url(content)
    for page in ("/admin/", "/admin/snippets/content/faqanswer/"):
        html = " ".join(client.get(page).content.decode().split())
        assert re.search(rf'<a[^>]* ?href="{address}"[^>]*>\s*(<span[^>]*>)?\s*\(chưa có tên\)', html), page


def test_it_asks_nobody_to_approve_their_own_words(draft: Any, submit: Any, staff: Any, cards: Any) -> None:
    """Somebody with both roles sees that others have to."""
    submit(draft(staff.both), staff.both)
    assert "Không có nội dung nào chờ bạn. 1 nội dung khác chờ người khác." in cards(staff.both)["cho-duyet"]


def test_it_warns_a_week_before_something_expires(
    draft: Any, publish: Any, clock: Any, staff: Any, cards: Any, edit: Any
) -> None:
    """Until it was prolonged; what was retracted or has ended is of no interest."""
    content = draft(valid_to=clock.now + timedelta(days=10))
    publish(content)
    assert "Không có bản nào sắp hết hạn." in cards(staff.editor)["sap-het-han"]
    clock.forward(days=3, minutes=1)
    assert "1 bản phát hành sắp hết hạn Đeo khẩu trang khi nào?" in cards(staff.editor)["sap-het-han"]
    edit(content, staff.editor, valid_to=clock.now + timedelta(days=90))
    publish(type(content).objects.get(pk=content.pk))
    assert "Không có bản nào sắp hết hạn." in cards(staff.editor)["sap-het-han"]


def test_it_names_urgent_releases_that_nobody_else_looked_at(
    draft: Any, publish: Any, clock: Any, staff: Any, cards: Any
) -> None:
    """And says so louder after 24 hours."""
    publish(draft(urgent=True))
    assert "1 việc chờ xem xét trong 24 giờ Đeo khẩu trang khi nào?" in cards(staff.second_approver)["xem-xet-lai"]
    clock.forward(hours=25)
    assert "Cần xử lý ngay." in cards(staff.second_approver)["xem-xet-lai"]


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (16, 29, "Chưa có bản tin hôm nay. Hạn 17:00."),
        (16, 30, "Chưa có bản tin hôm nay. Hạn 17:00, còn dưới 30 phút."),
        (17, 0, "Cần xử lý ngay. Đã trễ: chưa có bản tin hôm nay."),
    ],
)
def test_it_keeps_the_clock_of_the_bulletin(
    hour: int, minute: int, said: str, clock: Any, staff: Any, cards: Any
) -> None:
    """On the content clock."""
    clock.now = datetime(2021, 12, 31, hour, minute, tzinfo=VIETNAM)
    assert said in cards(staff.editor)["ban-tin"]


def test_it_is_content_once_todays_bulletin_is_out(
    source: Any, publish: Any, clock: Any, staff: Any, cards: Any
) -> None:
    """And asks again the next day."""
    clock.now = datetime(2021, 12, 31, 16, 40, tzinfo=VIETNAM)
    figures = {"new_cases": 5, "commentary": "Số ca giảm so với hôm qua, chủ yếu trong khu cách ly.", "source": source}
    bulletin = Bulletin(number="Bản tin 31/12", as_of=clock.now - timedelta(minutes=40), **figures)
    bulletin.save()
    bulletin.save_revision(user=staff.editor)
    publish(bulletin)
    clock.forward(hours=1)
    assert "Đã phát hành bản tin hôm nay. Bản gần nhất: Bản tin 31/12" in cards(staff.editor)["ban-tin"]
    clock.forward(days=1)
    assert "Đã trễ: chưa có bản tin hôm nay. Bản gần nhất: Bản tin 31/12" in cards(staff.editor)["ban-tin"]


@pytest.fixture
def unanswered(clock: Any) -> Callable[..., None]:
    """A resident's question that got no answer; the engine thought of some keys."""

    def ask(text: str, *keys: str) -> None:
        number = Conversation.objects.count()
        talk = Conversation.objects.create(id=f"c{number}", channel="web", address=f"a{number}", created_at=clock.now)
        asked = Entry.objects.create(conversation=talk, at=clock.now, author=Author.RESIDENT, text=text)
        meta = {"answer": "tro_chuyen/chua_co_cau_tra_loi", "candidates": [{"answer": key} for key in keys]}
        Entry.objects.create(conversation=talk, at=clock.now, author=Author.BOT, text="…", reply_to=asked, meta=meta)
        Effect.objects.create(entry=asked, kind="unanswered", at=clock.now)

    return ask


def test_it_counts_unanswered_questions_by_topic_without_their_words(
    unanswered: Any, draft: Any, clock: Any, staff: Any, cards: Any
) -> None:
    """What residents write names people; the card names topics, for a week."""
    draft()
    for _ in range(2):
        unanswered("Tôi là Nguyễn Văn A, 0912345678", "tro_chuyen/chua_co_cau_tra_loi", "5k/khau_trang")
    unanswered("Nhà bà Hai ở đâu")
    card = cards(staff.editor)["chua-tra-loi"]
    assert "3 câu trong 7 ngày, theo chủ đề gần nhất Đeo khẩu trang khi nào? 2 lần Không rõ chủ đề 1 lần" in card
    assert not re.search(r"Nguyễn|0912|Hai", card)
    clock.forward(days=8)
    assert "Không có câu nào trong 7 ngày." in cards(staff.editor)["chua-tra-loi"]


def test_it_tells_operators_how_many_wait(clock: Any, cards: Any) -> None:
    """Without anything said in them."""
    Conversation.objects.create(id="c", channel="web", address="a", created_at=clock.now, state=State.WAITING)
    assert "1 người dân đang chờ cán bộ" in cards(person("lan", OPERATORS))["ban-truc"]


def test_it_tells_which_model_answers_and_what_trains(clock: Any, staff: Any, cards: Any) -> None:
    """With its accuracy."""
    assert "Cần xử lý ngay. Chưa có mô hình nào." in cards(staff.editor)["huan-luyen"]
    archive = ModelArchive(sha256="a" * 64, report={"total": 0.912}, registered_at=clock.now, registered_by=staff.chief)
    archive.save()
    ModelActivation(archive=archive, approved_at=clock.now, approved_by=staff.approver, reason="x").save()
    TrainingJob.objects.create(
        purpose=TrainingJob.Purpose.APPROVED,
        state=TrainingJob.State.RUNNING,
        requested_by=staff.approver,
        requested_at=clock.now,
    )
    card = cards(staff.editor)["huan-luyen"]
    assert "Đang huấn luyện: thay đổi đã phê duyệt" in card
    assert "Mô hình aaaaaaaaaaaa Hiểu đúng 91% câu kiểm tra. phe_duyet, từ" in card


def test_it_still_opens_when_the_ledger_does_not_answer(staff: Any, cards: Any, monkeypatch: Any) -> None:
    """Editors can work without the conversations; the card says what is wrong."""

    def broken() -> None:
        raise OperationalError("no connection")

    monkeypatch.setattr(daily_cards, "_unanswered_topics", broken)
    assert "Chưa đọc được dữ liệu hội thoại." in cards(staff.editor)["chua-tra-loi"]
