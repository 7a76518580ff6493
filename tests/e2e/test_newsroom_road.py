"""An answer's road: edited by one, approved by another, told to the next resident within five seconds."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FilePayload, Page

from tests.support.camera import drawing
from tests.support.resident import Resident
from tests.support.sandbox_phone import SandboxPhone
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


def test_the_picture_of_an_answer_reaches_browser_and_phone_when_it_is_approved(stack: Stack) -> None:
    """Until then it is to be had nowhere."""
    with chromium() as browser:
        editor, approver = Staff(browser, stack, "bien_tap"), Staff(browser, stack, "phe_duyet")
        editor.open_answer(TITLE)
        _add_picture(editor.page)
        editor.change_text(editor.page.input_value("[name=text]"))
        approver.open_submission(TITLE)
        name = str(approver.page.locator("#hinh img").get_attribute("src")).rpartition("/")[2]
        early = _picture(stack, name)
        approver.approve()
        since = time.monotonic()
        while not (reply := Resident(stack.gateway).ask("5k là gì vậy"))["image"]:
            assert time.monotonic() - since < 10, reply["text"]
            time.sleep(0.2)

    assert early == (404, "application/json; charset=utf-8")
    assert (reply["image"], reply["meta"]["image_text"]) == (f"/pictures/{name}", "Năm việc của thông điệp 5K")
    assert "Hình: Năm việc của thông điệp 5K. Nguồn: dữ liệu minh họa." in reply["text"]
    assert _picture(stack, name) == (200, "image/png")
    phone = SandboxPhone(stack.sandbox, "Cô Sáu")
    shown = phone.ask("5k là gì vậy")
    assert shown["kind"] == "image"
    assert "Hình: Năm việc của thông điệp 5K." in shown["text"]


def test_a_withdrawn_answer_is_told_no_more_within_five_seconds(stack: Stack) -> None:
    with chromium() as browser:
        Staff(browser, stack, "phe_duyet").withdraw("5k/khu_khuan", "Thử thu hồi trong kiểm thử")
        withdrawn = time.monotonic()
        while (reply := Resident(stack.gateway).ask("rửa tay đúng cách thế nào"))["meta"]["answer"] == "5k/khu_khuan":
            assert time.monotonic() - withdrawn < 5, reply
            time.sleep(0.2)

    assert reply["meta"]["answer"] == "tro_chuyen/chua_co_cau_tra_loi"


def _add_picture(page: Page) -> None:
    """Opens the panel of pictures and fills it."""
    toggle = page.locator("section", has_text="Hình, video và tệp kèm theo").locator("[data-panel-toggle]").first
    if toggle.get_attribute("aria-expanded") == "false":
        toggle.click()
    file: FilePayload = {"name": "5k.png", "mimeType": "image/png", "buffer": drawing()}
    page.set_input_files("[name=picture]", file)
    page.fill("[name=picture_text]", "Năm việc của thông điệp 5K")
    page.fill("[name=picture_credit]", "dữ liệu minh họa")


def _picture(stack: Stack, name: str) -> tuple[int, str]:
    """Status and type of what anybody gets at a picture's public address."""
    try:
        with urllib.request.urlopen(f"{stack.gateway}/pictures/{name}", timeout=10) as response:
            return response.status, response.headers["Content-Type"]
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"]


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
