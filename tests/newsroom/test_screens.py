"""The screens that staff open every day work, and speak Vietnamese."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.clock import Clock
from newsroom.accounts.roles import APPROVERS, AUDITORS, EDITORS
from newsroom.content.models import CONTENT_MODELS, FaqAnswer, Hotline, SourceDocument
from tests.support.newsroom_people import browser_of, person

ENGLISH = ("Save draft", "Submit for", "Publish", "Search", "Sign in", "Log out", "History", "Password", "Dashboard")


def logged_in(user: Any) -> Client:
    """A browser of that account."""
    client = Client()
    client.force_login(user)
    return client


def address(model: Any, name: str, *args: Any) -> str:
    """An admin address of a model."""
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def test_it_shows_a_vietnamese_login_page(db: None) -> None:
    """The address of the newsroom leads there."""
    answer = Client().get("/", follow=True)
    html = answer.content.decode()
    assert answer.redirect_chain[-1][0].startswith("/admin/login/")
    assert "Đăng nhập Tin Cậy" in html
    assert [word for word in ENGLISH if f">{word}<" in html] == []


@pytest.mark.django_db(databases=["default", "ledger"])
def test_it_lets_people_log_in_with_their_password(staff: Any) -> None:
    """And shows what waits."""
    client = Client()
    form = {"username": "bien_tap", "password": "mật khẩu dài của bài thử", "next": "/admin/"}
    page = client.post("/admin/login/", form, follow=True).content.decode()
    assert "Bản nháp của tôi" in page


@pytest.mark.parametrize("model", [*CONTENT_MODELS, SourceDocument], ids=lambda model: model.__name__)
def test_it_lists_and_creates_every_kind(model: Any, staff: Any) -> None:
    """The list and the empty form of each."""
    client = logged_in(staff.editor)
    for name in ("list", "add"):
        answer = client.get(address(model, name))
        html = answer.content.decode()
        assert answer.status_code == 200
        assert [word for word in ENGLISH if word in _visible(html)] == []


def _visible(html: str) -> list[str]:
    """Texts between tags, stripped."""
    return [piece.rpartition(">")[2].strip() for piece in html.split("<")]


def test_it_edits_previews_and_shows_the_history(staff: Any, draft: Any) -> None:
    """One answer, through the screens of an editor."""
    content = draft()
    client = logged_in(staff.editor)
    for name in ("edit", "history", "usage"):
        assert client.get(address(FaqAnswer, name, content.pk)).status_code == 200
    preview = client.get(address(FaqAnswer, "revisions_view", content.pk, content.latest_revision_id)).content.decode()
    assert "Đeo ở nơi đông người." in preview
    assert "Nguồn: Thông điệp 5K, Bộ Y tế, ngày 31/08/2020." in preview


def test_it_previews_records_as_labelled_lines(staff: Any, source: Any) -> None:
    """Kinds that have no single text."""
    hotline = Hotline(key="cap-cuu", name="Cấp cứu", phone="115", display="115", source=source)
    hotline.save()
    revision = hotline.save_revision(user=staff.editor)
    html = logged_in(staff.editor).get(address(Hotline, "revisions_view", hotline.pk, revision.pk)).content.decode()
    assert "Cấp cứu" in html
    assert "Số gọi" in html


def test_it_saves_a_draft_and_submits_it_by_the_form(staff: Any, draft: Any, source: Any) -> None:
    """As an editor does it, dates day first."""
    content = draft()
    fields = {
        "key": content.key,
        "title": content.title,
        "text": "Đeo ở nơi công cộng.",
        "buttons-count": "0",
        "attachments-count": "0",
        "source": source.pk,
        "valid_to": "30/06/2022 00:00",
        "action-submit": "1",
    }
    answer = logged_in(staff.editor).post(address(FaqAnswer, "edit", content.pk), fields, follow=True)
    assert "Đã gửi phê duyệt" in answer.content.decode()
    waiting = logged_in(staff.approver).get(reverse("approval:waiting")).content.decode()
    assert "Đeo khẩu trang khi nào?" in waiting
    assert "Chờ bạn phê duyệt" in waiting


def test_it_keeps_readers_from_editing(staff: Any, draft: Any) -> None:
    """Approvers read; whoever edits could not approve."""
    content = draft()
    answer = logged_in(staff.approver).get(address(FaqAnswer, "edit", content.pk))
    assert answer.status_code == 302


@pytest.mark.django_db(databases=["default", "ledger"])
def test_it_says_that_it_is_a_demonstration(staff: Any, settings: Any, clock: Any) -> None:
    """On every page, with the content's day; never otherwise."""
    client = logged_in(staff.editor)
    assert "Chế độ minh họa" not in client.get("/admin/").content.decode()
    settings.CONTENT_CLOCK = Clock(demo=True, now=lambda: clock.now)
    for path in ("/admin/", "/phe-duyet/", "/ban-phat-hanh/"):
        assert "Chế độ minh họa: hôm nay là 31/12/2021" in client.get(path).content.decode()


def test_it_lists_what_is_in_force(staff: Any, draft: Any, publish: Any) -> None:
    """Filtered by kind and key."""
    publish(draft())
    client = logged_in(staff.editor)
    assert "5k/khau_trang" in client.get("/ban-phat-hanh/").content.decode()
    assert client.get("/ban-phat-hanh/", {"loai": "site"}).context["page"].paginator.count == 0
    assert client.get("/ban-phat-hanh/", {"tim": "khau"}).context["page"].paginator.count == 1


@pytest.mark.parametrize(
    ("role", "said"), [(APPROVERS, "Xem, thu hồi"), (EDITORS, "Xem"), (AUDITORS, "Xem")], ids=lambda value: str(value)
)
def test_it_offers_to_withdraw_to_those_alone_who_may(role: str, said: str, draft: Any, publish: Any) -> None:
    """The others look."""
    publish(draft())
    html = browser_of(person("nguoi_doc", role)).get("/ban-phat-hanh/").content.decode()
    assert re.findall(r'href="/thu-hoi/[^"]*">([^<]*)</a>', html) == [said]


@pytest.mark.parametrize("path", ["/phe-duyet/", "/phe-duyet/1/", "/ban-phat-hanh/", "/thu-hoi/x/"])
def test_it_asks_strangers_to_log_in(path: str, db: None) -> None:
    """Own pages too."""
    assert Client().get(path).headers["Location"].startswith("/admin/login/")


def test_it_asks_the_database_no_more_for_a_longer_list(staff: Any, draft: Any) -> None:
    """The titles of drafts come with their rows."""
    client = logged_in(staff.editor)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(FaqAnswer, "list")).status_code == 200
        return len(queries)

    draft()
    asked()  # what the process keeps in memory is there by now
    before = asked()
    for number in range(5):
        draft(key=f"5k/so_{number}")
    assert asked() == before
