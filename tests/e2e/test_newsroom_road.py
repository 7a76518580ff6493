"""An answer's road: edited by one, approved by another, told to the next resident within five seconds."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest

from tests.support.resident import Resident
from tests.support.stack import Stack
from tests.support.staff import Staff, chromium

pytestmark = [pytest.mark.e2e, pytest.mark.browser]

TITLE = "5K là gì"
NEW_TEXT = "5K gồm: Khẩu trang, Khử khuẩn, Khoảng cách, Không tụ tập, Khai báo y tế. Bản sửa trong kiểm thử."


def test_an_edited_answer_approved_by_a_second_person_is_told_within_five_seconds(stack: Stack) -> None:
    with chromium() as browser:
        editor, approver = Staff(browser, stack, "bien_tap"), Staff(browser, stack, "phe_duyet")
        editor.open_answer(TITLE)
        edit_page = urlsplit(editor.page.url).path
        editor.change_text(NEW_TEXT)
        editor.open_submission(TITLE)
        refusal, buttons = editor.page.inner_text("body"), editor.page.locator("form#phe-duyet").count()
        _try_every_door(editor, edit_page)
        before = Resident(stack.gateway).ask("5k là gì vậy")
        approver.open_submission(TITLE)
        approver.approve()
        told = _wait_for_new_text(stack, time.monotonic())

    assert "không có quyền phê duyệt" in refusal
    assert buttons == 0
    assert "kiểm thử" not in before["text"]
    assert told < 5


def test_a_withdrawn_answer_is_told_no_more_within_five_seconds(stack: Stack) -> None:
    with chromium() as browser:
        Staff(browser, stack, "phe_duyet").withdraw("5k/khu_khuan", "Thử thu hồi trong kiểm thử")
        withdrawn = time.monotonic()
        while (reply := Resident(stack.gateway).ask("rửa tay đúng cách thế nào"))["meta"]["answer"] == "5k/khu_khuan":
            assert time.monotonic() - withdrawn < 5, reply
            time.sleep(0.2)

    assert reply["meta"]["answer"] == "tro_chuyen/chua_co_cau_tra_loi"


def _try_every_door(author: Staff, edit_page: str) -> None:
    """The approval page's form, the workflow's own action, and the edit form's buttons; none may release anything."""
    submission = urlsplit(author.page.url).path
    task_state = submission.rstrip("/").rsplit("/", 1)[-1]
    seen = "0" * 64
    assert author.post(submission, {"action": "approve", "comment": "", "seen": seen}) == 403
    action = edit_page.replace("/edit/", "/workflow/action/") + f"approve/{task_state}/"
    for path in (action, edit_page.replace("/edit/", "/unpublish/")):
        author.post(path, {"comment": ""})
    for button in ("action-publish", "action-workflow-action"):
        author.post(edit_page, {button: "1", "workflow-action-name": "approve", "title": TITLE, "text": "tự duyệt"})
    author.post("/admin/bulk/content/faqanswer/publish/?id=all", {})


@pytest.mark.parametrize("path", ["snapshot", "releases/1", "model"])
@pytest.mark.parametrize("token", ["", "Bearer wrong"])
def test_no_door_of_the_newsroom_opens_without_its_token(stack: Stack, path: str, token: str) -> None:
    request = urllib.request.Request(f"{stack.newsroom}/api/v1/{path}", headers={"Authorization": token})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)

    with refused.value:
        assert refused.value.code == 401


def _wait_for_new_text(stack: Stack, since: float) -> float:
    while "kiểm thử" not in (reply := Resident(stack.gateway).ask("5k là gì vậy"))["text"]:
        assert time.monotonic() - since < 10, reply["text"]
        time.sleep(0.2)
    return time.monotonic() - since
