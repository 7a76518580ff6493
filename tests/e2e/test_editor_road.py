"""A new question's road: written, tried, approved, trained, answered in other words, withdrawn."""

from __future__ import annotations

import time

import pytest

from tests.support.editor import Editor, NewAnswer
from tests.support.patience import patience
from tests.support.resident import Resident
from tests.support.stack import Stack
from tests.support.staff import Staff, chromium

pytestmark = [pytest.mark.e2e, pytest.mark.browser]

LIVE_S = 90.0  # from approval to the answer, on two cores that nobody else uses
ANSWER = NewAnswer(
    key="giai_tri/xe_dap_nuoc",
    title="Thuê xe đạp nước ở hồ",
    text="Dữ liệu minh họa: tạm dừng thuê xe đạp nước đến khi có thông báo mới.",
    examples=(
        "Hồ có cho thuê xe đạp nước không?",
        "cho mình hỏi thuê xe đạp nước ở hồ giá sao",
        "thue xe dap nuoc o dau",
        "xe đạp vịt ở hồ còn mở không ạ",
        "cuối tuần đạp vịt được chưa",
        "dap vit o ho mo cua lai chua vay",
        "khu xe đạp nước bao giờ hoạt động trở lại",
        "Dịch thế này có được chơi xe đạp nước không?",
        "con tôi muốn đi đạp vịt, có cho không",
        "dịch vụ thuê xe đạp nước có bị cấm không",
        "thuyền đạp nước trên hồ mở mấy giờ",
        "muon cho be di xe dap nuoc thi den dau",
    ),
    questions=(
        "Chủ nhật này đi đạp vịt trên hồ được không?",
        "xe dap nuoc co cho thue lai chua",
        "Dịch vụ xe đạp nước đã mở lại chưa vậy?",
    ),
)
IN_OTHER_WORDS = "nha minh dinh thue xe dap nuoc choi o ho co duoc khong"


def test_a_new_answer_is_tried_approved_trained_told_and_withdrawn(stack: Stack) -> None:
    before = Resident(stack.gateway).ask(IN_OTHER_WORDS)
    with chromium() as browser:
        editor, approver = Editor(browser, stack, "bien_tap"), Staff(browser, stack, "phe_duyet")
        editor.write(ANSWER)
        tried = editor.try_out(patience(2 * LIVE_S))
        editor.submit(ANSWER.title)
        approver.open_submission(ANSWER.title)
        shown = approver.page.inner_text("main")
        if approver.page.locator("#ghi-chu[required]").count():
            approver.page.fill("#ghi-chu", "Đã xem các câu thành sai, chấp nhận được.")
        approver.approve()
        approved, allowed = time.monotonic(), patience(2 * LIVE_S)
        told = _ask_until(stack, ANSWER.key, approved + allowed)
        seconds = time.monotonic() - approved
        approver.withdraw(ANSWER.key, "Thử thu hồi trong kiểm thử")
        withdrawn = time.monotonic()
        _ask_until(stack, "tro_chuyen/chua_co_cau_tra_loi", withdrawn + 5)
        approver.page.goto("/huan-luyen/")
        history = approver.page.locator("#mo-hinh").inner_text()

    print(f"approved → told: {seconds:.0f} s (allowed {allowed:.0f} s)")
    assert before["meta"]["answer"] != ANSWER.key
    assert "Độ chính xác trước và sau" in tried
    assert ANSWER.questions[1] in tried
    assert all(example in shown for example in ANSWER.examples)
    assert ANSWER.text in shown
    assert "Độ chính xác trước và sau" in shown
    assert "minh họa" in told
    assert ANSWER.key in history


def _ask_until(stack: Stack, key: str, deadline: float) -> str:
    """Asks as ever new residents until the answer has this key; its text."""
    while (reply := Resident(stack.gateway).ask(IN_OTHER_WORDS))["meta"]["answer"] != key:
        assert time.monotonic() < deadline, reply
        time.sleep(0.5)
    return str(reply["text"])
