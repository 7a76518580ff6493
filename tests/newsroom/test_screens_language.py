"""Every screen that staff can reach speaks Vietnamese: each role follows every link, and no English word is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.accounts.roles import ADMINISTRATORS, APPROVERS, AUDITORS, EDITORS, LEADS, OPERATORS
from newsroom.content.models import CONTENT_MODELS, FaqAnswer, Hotline, SourceDocument
from tests.support.newsroom_people import browser_of, person
from tests.support.visible_text import foreign_words, read

ELSEWHERE = ("/static/", "/admin/bulk/", "/admin/logout/", "/desk/dang-xuat/", "/admin/sprite/", "/media/")
pytestmark = pytest.mark.django_db(databases=["default", "ledger"])


@pytest.fixture
def content(draft: Any, publish: Any, submit: Any, edit: Any, staff: Any, source: Any) -> None:
    """Something at every stage: released and changed since, under review, sent back, a draft."""
    released = draft()
    publish(released)
    edit(released, staff.editor, text="Đeo khi ra khỏi nhà.")
    submit(draft(key="5k/khoang_cach", title="Giữ khoảng cách bao nhiêu?"), staff.editor)
    returned = submit(draft(key="5k/khu_khuan", title="Rửa tay thế nào?"), staff.editor)
    returned.task.specific.on_action(returned, staff.approver, "reject", comment="Cần nói rõ hơn.")
    line = Hotline(key="cap-cuu", name="Cấp cứu", phone="115", display="115", source=source)
    line.save()
    line.save_revision(user=staff.editor, log_action=True)


def walk(client: Client, starts: list[str]) -> Iterator[tuple[str, str]]:
    """(address, page) of everything that links lead to, each kind of page once or twice, however many objects."""
    waiting, seen = list(starts), dict[str, int]()
    while waiting:
        address = waiting.pop(0)
        shape = re.sub(r"\d+", "0", address.partition("?")[0]) + "?".join(re.findall(r"[?&](\w+)=", address))
        seen[shape] = seen.get(shape, 0) + 1
        if seen[shape] > 2:
            continue
        answer = client.get(address, follow=True)
        if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.streaming:
            continue
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        html = answer.content.decode()
        yield address, html
        found = (link.partition("#")[0] for link in read(html)[1])
        own = [link if link.startswith("/") else f"{urlsplit(address).path}{link}" for link in found if local(link)]
        waiting += [link for link in own if not link.startswith(ELSEWHERE)]


def assert_vietnamese(words: dict[str, str]) -> None:
    """Fails with every foreign word, each once, and the first address where it stands."""
    first = {line: address for address, lines in reversed(words.items()) for line in lines.splitlines()}
    assert "\n".join(f"{address}  {line}" for line, address in sorted(first.items())) == ""


def local(link: str) -> bool:
    """Whether a link stays in the newsroom."""
    return link.startswith(("/", "?")) and not link.startswith("//")


@pytest.mark.parametrize("role", [EDITORS, APPROVERS, OPERATORS, LEADS, AUDITORS, ADMINISTRATORS])
def test_it_leaves_no_english_on_any_page_that_a_role_can_reach(role: str, content: None) -> None:
    """From the start page, by links alone."""
    client = browser_of(person("nguoi_doc", role))
    visited = {address: foreign_words(html) for address, html in walk(client, ["/admin/"])}
    assert len(visited) > 10
    assert_vietnamese(visited)


def test_it_leaves_no_english_on_the_pages_that_a_superuser_can_reach(content: None, staff: Any) -> None:
    """Who sees what Wagtail shows to nobody else."""
    assert_vietnamese({page: foreign_words(html) for page, html in walk(browser_of(staff.chief), ["/admin/"])})


def test_it_leaves_no_english_where_no_link_leads(content: None, staff: Any) -> None:
    """Pages that scripts open, or that come after a form: usage, comparing, deleting, withdrawing, choosing."""
    client, words = browser_of(staff.editor), dict[str, str]()
    changed = FaqAnswer.objects.get(key="5k/khau_trang")
    waiting = FaqAnswer.objects.get(key="5k/khoang_cach")
    models: tuple[Any, ...] = (*CONTENT_MODELS, SourceDocument)
    addresses = [
        *(reverse(model.snippet_viewset.get_url_name("add")) for model in models),
        *(
            reverse(FaqAnswer.snippet_viewset.get_url_name(name), args=[changed.pk])
            for name in ("edit", "history", "usage", "inspect", "workflow_history")
        ),
        reverse(FaqAnswer.snippet_viewset.get_url_name("revisions_compare"), args=[changed.pk, "earliest", "latest"]),
        reverse(FaqAnswer.snippet_viewset.get_url_name("confirm_workflow_cancellation"), args=[waiting.pk]),
        reverse(FaqAnswer.snippet_viewset.get_url_name("delete"), args=[waiting.pk]),
        "/admin/snippets/choose/content/sourcedocument/",
        f"/admin/bulk/content/faqanswer/delete/?id={changed.pk}&id={waiting.pk}",
    ]
    for address in addresses:
        answer = client.get(address, follow=True)
        is_part = answer.headers["Content-Type"].startswith("application/json")  # a dialogue: {html, step}
        words[address] = foreign_words(answer.json()["html"] if is_part else answer.content.decode())
    assert_vietnamese(words)


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        (
            "/admin/snippets/content/faqanswer/add/",
            {"key": "", "title": "", "text": "", "buttons-count": "0", "attachments-count": "0"},
        ),
        (
            "/admin/snippets/content/faqanswer/add/",
            {"key": "A B", "valid_to": "mai", "buttons-count": "0", "attachments-count": "0"},
        ),
        ("/admin/snippets/content/hotline/add/", {"key": "a", "phone": "x" * 300, "action-submit": "1"}),
        (
            "/admin/snippets/content/bulletin/add/",
            {"new_cases": "-5", "as_of": "32/13/2021", "districts-count": "0", "attachments-count": "0"},
        ),
        ("/admin/snippets/content/sourcedocument/add/", {"slug": "dấu cách", "date": "hôm qua", "url": "abc"}),
        ("/admin/users/new/", {"username": "có dấu!", "password1": "123", "password2": "124"}),
        (
            "/admin/users/new/",
            {"username": "moi", "first_name": "A", "last_name": "B", "password1": "1", "password2": "1"},
        ),
        (
            "/admin/account/",
            {"password-old_password": "x", "password-new_password1": "a", "password-new_password2": "b"},
        ),
    ],
)
def test_it_explains_wrong_input_in_vietnamese(address: str, fields: dict[str, str], staff: Any) -> None:
    """Django's messages too."""
    answer = browser_of(staff.chief).post(address, fields, follow=True)
    assert foreign_words(answer.content.decode()) == ""


def test_it_refuses_a_wrong_login_in_vietnamese(staff: Any) -> None:
    """The page and its message."""
    client = Client()
    html = client.post("/admin/login/", {"username": "bien_tap", "password": "sai"}).content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in html
    assert foreign_words(html) == ""


@pytest.mark.parametrize("path", ["/khong-co/", "/admin/khong-co/", "/admin/pages/", "/admin/workflows/list/"])
def test_it_says_in_vietnamese_that_a_page_does_not_exist(path: str, staff: Any) -> None:
    """And keeps the unused parts of Wagtail shut, for superusers too."""
    answer = browser_of(staff.chief).get(path)
    assert answer.status_code == 404
    assert foreign_words(answer.content.decode()) == ""


def test_it_finds_english_where_there_is_some() -> None:
    """The detector itself: words, hints and labels that scripts show; not names of accounts or keys."""
    page = """<p>Lưu nháp của bien_tap, khóa 5k/khau_trang</p><a title="Save draft">Sửa</a>
    <script type="application/json">{"label": "Help", "id": "save"}</script><script>var save = 1</script>"""
    found = [line.partition(":")[0] for line in foreign_words(page).splitlines()]
    assert found == ["Help", "Save", "draft"]
