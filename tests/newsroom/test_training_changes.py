"""An answer and its examples are one change set: approved together, trained, then adopted or refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.clock import system_now
from newsroom.approval.refusal import ApprovalRefusedError
from newsroom.content.models import FaqAnswer, SafetyText
from newsroom.releases.models import Release
from newsroom.training import truth
from newsroom.training.archives import ReturnRefusedError, activate, archive_path, current_archive, go_back
from newsroom.training.changes import adopt, approve, lists_in, refuse, waiting
from newsroom.training.gate import gate_refusals
from newsroom.training.models import ExampleChange, HeldOutQuestion, ModelArchive, TrainingExample, TrainingJob
from newsroom.training.standing import Sentences, shown, standing

KEY = "moi/gio_lam_viec"
EXAMPLES = "Trạm y tế mở cửa mấy giờ?\nmay gio tram xa lam viec"
QUESTIONS = "Trạm xá chiều nay có làm không?\ntram y te thu bay co mo khong\nbữa ni trạm mở cửa chưa"
TASK = TrainingJob.State


@pytest.fixture
def changed(draft: Any) -> FaqAnswer:
    """A draft of a new key with examples and test questions."""
    content: FaqAnswer = draft(key=KEY, title="Giờ làm việc", examples=EXAMPLES, test_questions=QUESTIONS)
    return content


def tried(content: FaqAnswer, by: Any, broken: list[Any]) -> None:
    """A finished try-out of the latest draft."""
    report = {"broken": broken, "fixed": []}
    TrainingJob.objects.create(
        purpose="try_out",
        state=TASK.DONE,
        revision=content.latest_revision,
        tried=(lists_in(content) or Sentences((), ())).fingerprint(content.key),
        report=report,
        requested_by=by,
        requested_at=system_now(),
    )


def archive(sha256: str, by: Any) -> ModelArchive:
    """A registered model whose file exists, with the data that the tables hold."""
    row = ModelArchive(
        sha256=sha256 * 64, report={"total": {"share": 0.8}}, registered_at=system_now(), registered_by=by
    )
    row.save()
    path = archive_path(row.sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"model")
    truth.keep(row.sha256)
    activate(row, by, "bài thử")
    return row


def test_it_releases_the_text_at_once_and_queues_a_training_when_approved(
    changed: FaqAnswer, publish: Any, staff: Any
) -> None:
    """Submitting saves a new draft of the same sentences: they were tried all the same."""
    tried(changed, staff.editor, broken=[])
    changed.save_revision(user=staff.editor)
    release = publish(FaqAnswer.objects.get())
    change = ExampleChange.objects.get()
    assert "examples" not in release.payload
    assert (change.key, change.state, change.approved_by) == (KEY, "waiting", staff.approver)
    assert change.examples == EXAMPLES.split("\n")
    assert TrainingJob.objects.get(state=TASK.QUEUED).purpose == "approved"
    assert not TrainingExample.objects.exists()


def test_it_trains_nothing_when_only_the_text_changes(draft: Any, publish: Any, edit: Any, staff: Any) -> None:
    content = draft()
    publish(content)
    edit(content, staff.editor, text="Lời mới.")
    publish(FaqAnswer.objects.get())
    assert not TrainingJob.objects.exists()


@pytest.mark.parametrize("broken", [None, [{"text": "x"}]])
def test_it_needs_a_written_reason_when_something_breaks_or_was_not_tried(
    changed: FaqAnswer, submit: Any, staff: Any, broken: Any
) -> None:
    if broken:
        tried(changed, staff.editor, broken)
    state = submit(changed, staff.editor)
    with pytest.raises(ApprovalRefusedError, match="ghi lý do"):
        state.task.specific.on_action(state, staff.approver, "approve", comment="  ")
    assert not Release.objects.exists()
    assert not TrainingJob.objects.filter(purpose="approved").exists()
    state.task.specific.on_action(state, staff.approver, "approve", comment="Câu đó hiếm gặp")
    assert Release.objects.count() == ExampleChange.objects.count() == 1


def test_it_cannot_be_approved_when_test_questions_are_missing(draft: Any, submit: Any, staff: Any) -> None:
    content = draft(key=KEY, examples=EXAMPLES, test_questions="một câu")
    state = submit(content, staff.editor)
    with pytest.raises(ApprovalRefusedError, match="ít nhất 3 câu kiểm tra"):
        state.task.specific.on_action(state, staff.approver, "approve", comment="lý do")


def test_it_keeps_no_lists_in_a_draft_that_changes_none(draft: Any, staff: Any) -> None:
    TrainingExample.objects.create(key="5k/khau_trang", text="đeo khẩu trang không")
    content = draft()
    content.examples = "  đeo khẩu trang không \n"
    content.full_clean()
    assert (content.examples, lists_in(content)) == ("", None)


def test_it_refuses_lists_for_a_narrower_place(draft: Any) -> None:
    content = draft(place="38/395")
    content.examples = "Một câu"
    with pytest.raises(ValidationError, match="mọi nơi"):
        content.full_clean()


def test_it_carries_lists_for_safety_texts_too(source: Any) -> None:
    content = SafetyText(key="nhay_cam/cap_cuu", title="Cấp cứu", text="Gọi 115.", source=source, examples="cứu với")
    content.full_clean()
    assert content.lists() == Sentences(("cứu với",), ())


def test_it_adopts_lists_with_their_model_and_keeps_the_voices_of_what_stays(changed: FaqAnswer, staff: Any) -> None:
    TrainingExample.objects.create(key=KEY, text="may gio tram xa lam viec", voice="c", origin="moi")
    TrainingExample.objects.create(key=KEY, text="câu bỏ đi")
    change = approve(KEY, lists_in(changed) or Sentences((), ()), changed.latest_revision, staff.approver)
    assert standing(KEY).examples == tuple(EXAMPLES.split("\n"))
    adopt([change], archive("a", staff.approver))
    rows = set(TrainingExample.objects.values_list("text", "voice"))
    assert rows == {("may gio tram xa lam viec", "c"), ("Trạm y tế mở cửa mấy giờ?", "toa_soan")}
    assert [q.spelling for q in HeldOutQuestion.objects.all()] == ["full", "none", "full"]
    assert ExampleChange.objects.get().state == "adopted"


def test_it_shows_the_author_a_refused_change_again_but_trains_it_no_more(changed: FaqAnswer, staff: Any) -> None:
    change = approve(KEY, lists_in(changed) or Sentences((), ()), changed.latest_revision, staff.approver)
    refuse(change, "Độ chính xác giảm")
    assert (waiting(), standing(KEY).examples) == ([], ())
    assert shown(KEY).examples == tuple(EXAMPLES.split("\n"))


def test_it_replaces_a_waiting_change_when_a_newer_one_is_approved(changed: FaqAnswer, edit: Any, staff: Any) -> None:
    approve(KEY, Sentences(("một",), ()), changed.latest_revision, staff.approver)
    newer = approve(KEY, Sentences(("hai",), ()), edit(changed, staff.editor, text="Mới."), staff.approver)
    assert waiting() == [newer]
    assert TrainingJob.objects.count() == 1


def test_it_takes_model_and_examples_back_when_an_approver_returns_to_an_earlier_one(
    changed: FaqAnswer, staff: Any
) -> None:
    TrainingExample.objects.create(key="5k/khau_trang", text="câu cũ", voice="b", origin="5k")
    first = archive("a", staff.approver)
    change = approve(KEY, lists_in(changed) or Sentences((), ()), changed.latest_revision, staff.approver)
    adopt([change], archive("b", staff.approver))
    TrainingJob.objects.all().delete()
    with pytest.raises(ReturnRefusedError, match="Chỉ người phê duyệt"):
        go_back(first, staff.editor, "lý do")
    with pytest.raises(ReturnRefusedError, match="lý do"):
        go_back(first, staff.approver, " ")
    assert go_back(first, staff.approver, "Trả lời sai nhiều")
    assert current_archive() == first
    assert list(TrainingExample.objects.values_list("text", "voice", "origin")) == [("câu cũ", "b", "5k")]


def test_it_does_not_return_while_an_approved_change_is_trained(changed: FaqAnswer, staff: Any) -> None:
    first = archive("a", staff.approver)
    archive("b", staff.approver)
    approve(KEY, lists_in(changed) or Sentences((), ()), changed.latest_revision, staff.approver)
    with pytest.raises(ReturnRefusedError, match="chưa xong"):
        go_back(first, staff.approver, "lý do")


def report(broken: int, fixed: int, recall: float = 0.95, before: float | None = 0.95) -> dict[str, Any]:
    """A training report with 1000 questions."""
    then = None if before is None else {"total": {"questions": 1000}, "sensitive_recall": before}
    return {
        "before": then,
        "broken": [{"text": f"sai {n}"} for n in range(broken)],
        "fixed": [{"text": f"đúng {n}"} for n in range(fixed)],
        "sensitive_recall": recall,
    }


@pytest.mark.parametrize(
    ("given", "new", "reason"),
    [
        (report(5, 0), (), ""),
        (report(6, 0), (), "6 câu kiểm tra cũ thành sai"),
        (report(20, 16), (), ""),
        (report(6, 6), ("đúng 0", "đúng 1", "đúng 2", "đúng 3", "đúng 4", "đúng 5"), "thành sai"),
        (report(0, 9, recall=0.9499), (), "nhạy cảm giảm"),
        (report(900, 0, recall=0.1, before=None), (), ""),
    ],
)
def test_it_lets_only_models_through_the_gate_that_lose_little(given: Any, new: Any, reason: str) -> None:
    found = gate_refusals(given, new)
    assert (bool(found), reason in " ".join(found)) == (bool(reason), True)
