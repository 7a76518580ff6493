"""The pages of trainings and try-outs: what each role sees and may do."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from contracts.clock import system_now
from newsroom.accounts.roles import OPERATORS
from newsroom.training import jobs
from newsroom.training.archives import activate, archive_path, current_archive
from newsroom.training.models import ModelArchive, TrainingExample, TrainingJob
from newsroom.training.report_page import percent, report_page, titles_of

State = TrainingJob.State
COUNTS = {"questions": 100, "right": 81, "wrong": 9, "asked_back": 10, "share": 0.81}
BEFORE = {
    "total": {**COUNTS, "share": 0.8},
    "by_spelling": {"full": {**COUNTS, "share": 0.79}},
    "sensitive_recall": 0.95,
}
TURNED = {"text": "đeo khẩu trang vải", "spelling": "none", "expected": "5k/khau_trang", "before": "5k/khau_trang"}
REPORT = {
    "total": COUNTS,
    "by_spelling": {"full": COUNTS},
    "sensitive_recall": 0.955,
    "before": BEFORE,
    "fixed": [],
    "broken": [{**TURNED, "after": "moi/gio_lam_viec"}],
}
QUESTIONS = "Trạm xá chiều nay có làm không?\ntram y te thu bay co mo khong\nbữa ni trạm mở cửa chưa"


@pytest.fixture
def browse(staff: Any) -> Any:
    """``browse(user)``: a logged-in client."""

    def login(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return login


@pytest.fixture
def changed(draft: Any) -> Any:
    """A draft of a new key with lists."""
    return draft(
        key="moi/gio_lam_viec", title="Giờ làm việc", examples="Trạm y tế mở cửa mấy giờ?", test_questions=QUESTIONS
    )


def text(response: Any) -> str:
    """The page."""
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def test_it_starts_a_try_out_and_shows_its_report_in_words(
    changed: Any, publish: Any, draft: Any, browse: Any, staff: Any
) -> None:
    publish(draft())
    page = reverse("training:try_out", args=[changed.latest_revision_id])
    client = browse(staff.editor)
    assert "Bắt đầu thử nghiệm" in text(client.get(page))
    client.post(page)
    job = TrainingJob.objects.get()
    assert (job.purpose, job.revision_id) == ("try_out", changed.latest_revision_id)
    assert 'http-equiv="refresh"' in text(client.get(page))
    TrainingJob.objects.update(state=State.DONE, report=REPORT)
    shown = text(client.get(page))
    for words in ("80,0 %", "81,0 %", "95,5 %", "không dấu", "Đeo khẩu trang khi nào?", "Giờ làm việc", "thành sai: 1"):
        assert words in shown, words


def test_it_shows_the_approver_difference_warnings_and_report_on_one_page(
    changed: Any, submit: Any, browse: Any, staff: Any
) -> None:
    job = jobs.enqueue_try_out(changed.latest_revision, changed.lists().fingerprint(changed.key), staff.editor)
    TrainingJob.objects.update(state=State.DONE, report=REPORT)
    state = submit(changed, staff.editor)
    client = browse(staff.approver)
    page = reverse("approval:submission", args=[state.pk])
    shown = text(client.get(page))
    for words in (
        "Trạm y tế mở cửa mấy giờ?",
        "bữa ni trạm mở cửa chưa",
        "Mới có 1 câu ví dụ",
        "đeo khẩu trang vải",
        "bắt buộc",
    ):
        assert words in shown, words
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    refused = client.post(page, {"action": "approve", "seen": seen, "comment": ""})
    assert (refused.status_code, "ghi lý do" in refused.content.decode()) == (403, True)
    approved = client.post(page, {"action": "approve", "seen": seen, "comment": "Câu đó ít gặp"})
    assert approved.status_code == 302
    assert TrainingJob.objects.exclude(pk=job.pk).get().purpose == "approved"


def test_it_shows_the_form_with_the_lists_that_the_key_has(draft: Any, publish: Any, browse: Any, staff: Any) -> None:
    TrainingExample.objects.create(key="5k/khau_trang", text="đeo khẩu trang khi mô")
    content = draft()
    publish(content)
    shown = text(browse(staff.editor).get(reverse("wagtailsnippets_content_faqanswer:edit", args=[content.pk])))
    assert "đeo khẩu trang khi mô" in shown
    assert reverse("training:try_out", args=[content.latest_revision_id]) in shown


def test_it_says_that_nothing_is_to_be_tried_when_a_draft_changes_no_lists(draft: Any, browse: Any, staff: Any) -> None:
    page = reverse("training:try_out", args=[draft().latest_revision_id])
    client = browse(staff.editor)
    assert "không cần thử nghiệm" in text(client.get(page))
    client.post(page)
    assert not TrainingJob.objects.exists()


def test_it_lets_only_writers_and_approvers_train_and_only_approvers_cancel_approved_changes(
    changed: Any, browse: Any, staff: Any, django_user_model: Any
) -> None:
    """Wagtail answers a refusal with a message and the start page."""
    operator = django_user_model.objects.create_user("truc_ban_2", password="mật khẩu dài của bài thử")
    operator.groups.set(Group.objects.filter(name=OPERATORS))
    browse(operator).post(reverse("training:try_out", args=[changed.latest_revision_id]))
    assert not TrainingJob.objects.exists()
    job = jobs.enqueue_approved(staff.approver)
    cancel = reverse("training:cancel", args=[job.pk])
    for user in (operator, staff.editor):
        browse(user).post(cancel)
        assert TrainingJob.objects.get(pk=job.pk).state == State.QUEUED
    browse(staff.approver).post(cancel)
    assert TrainingJob.objects.get(pk=job.pk).state == State.CANCELLED


def test_it_returns_to_an_earlier_model_by_one_click_of_an_approver(browse: Any, staff: Any) -> None:
    rows = []
    for letter in "ab":
        row = ModelArchive(sha256=letter * 64, report=REPORT, registered_at=system_now(), registered_by=staff.approver)
        row.save()
        archive_path(row.sha256).parent.mkdir(parents=True, exist_ok=True)
        archive_path(row.sha256).write_bytes(b"model")
        activate(row, staff.approver, "bài thử")
        rows.append(row)
    overview = reverse("training:overview")
    assert "Dùng lại" not in text(browse(staff.editor).get(overview))
    shown = text(browse(staff.approver).get(overview))
    assert shown.count("Dùng lại</button>") == 1
    assert "81,0 %" in shown
    back = reverse("training:use_again", args=[rows[0].pk])
    browse(staff.editor).post(back, {"reason": "không được"})
    assert current_archive() == rows[1]
    browse(staff.approver).post(back, {"reason": "Trả lời sai nhiều"})
    assert current_archive() == rows[0]


@pytest.mark.django_db
def test_it_sends_strangers_to_the_login() -> None:
    response = Client().get(reverse("training:overview"))
    assert (response.status_code, "/login/" in response.headers["Location"]) == (302, True)


@pytest.mark.django_db
def test_it_names_answers_in_words_and_says_when_one_was_only_offered() -> None:
    lost = {"text": "a", "spelling": "long", "expected": "ban_tin/dang_ky", "before": "ban_tin/dang_ky"}
    page = report_page({**REPORT, "broken": [{**lost, "after": "ban_tin/dang_ky"}], "fixed": []})
    asks = titles_of(["ban_tin/dang_ky"])["ban_tin/dang_ky"]
    (turned,) = page.broken
    assert (turned.before, turned.after) == (asks, f"hỏi lại, đưa ra để chọn: {asks}")
    assert asks != "ban_tin/dang_ky"
    assert percent(None) == "–"
