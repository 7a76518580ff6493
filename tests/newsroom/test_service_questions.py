"""Look-ups have their examples in the newsroom too: drafted, approved by a second person, trained like an answer's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from newsroom.approval.refusal import ApprovalRefusedError
from newsroom.content.kinds.service import ServiceQuestion, service_keys
from newsroom.releases.models import Release
from newsroom.training.importing import import_files
from newsroom.training.models import ExampleChange, HeldOutQuestion, TrainingExample, TrainingJob

ROOT = Path(__file__).resolve().parents[2]
KEY = "ban_tin/moi_nhat"
FRESH = "cho xem bản tin chiều nay với"


@pytest.fixture
def look_up(staff: Any) -> ServiceQuestion:
    """The look-up of the newest bulletin, with its present examples."""
    TrainingExample.objects.bulk_create(TrainingExample(key=KEY, text=f"bản tin số {number}") for number in range(10))
    HeldOutQuestion.objects.bulk_create(
        HeldOutQuestion(key=KEY, text=f"hỏi bản tin {number}", spelling="full") for number in range(3)
    )
    made = ServiceQuestion(key=KEY, title="Xem bản tin mới nhất")
    made.full_clean()
    made.save()
    made.save_revision(user=staff.editor)
    return made


@pytest.mark.django_db
def test_it_shows_an_editor_the_present_examples_and_takes_new_ones(look_up: Any, staff: Any, publish: Any) -> None:
    """In the form as on an answer; approved by somebody else they wait for training."""
    client = Client()
    client.force_login(staff.editor)
    address = reverse(ServiceQuestion.snippet_viewset.get_url_name("edit"), args=[look_up.pk])
    page = client.get(address)
    assert "bản tin số 9" in page.content.decode()
    examples = "\n".join([*(f"bản tin số {number}" for number in range(10)), FRESH])
    questions = "\n".join(f"hỏi bản tin {number}" for number in range(3))
    fields = {"key": KEY, "title": "Xem bản tin mới nhất", "examples": examples, "test_questions": questions}
    assert client.post(address, fields).status_code == 302
    stored = ServiceQuestion.objects.get()
    state_of(stored, staff)
    change = ExampleChange.objects.get()
    assert (change.key, FRESH in change.examples, change.approved_by) == (KEY, True, staff.approver)
    assert TrainingJob.objects.get().purpose == "approved"
    assert Release.objects.get().payload == {"title": "Xem bản tin mới nhất"}


def state_of(content: Any, staff: Any) -> None:
    """Submitted and approved with a reason, for nobody tried it out; the author alone cannot."""
    content.get_workflow().start(content, staff.editor)
    state = content.current_workflow_task_state
    with pytest.raises(ApprovalRefusedError):
        state.task.specific.on_action(state, staff.editor, "approve", comment="Cần ngay")
    state.task.specific.on_action(state, staff.approver, "approve", comment="Cần ngay")


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "word"), [("5k/khau_trang", "không có việc tra cứu này"), ("x", "Khóa có dạng")])
def test_it_takes_only_what_the_assistant_looks_up(key: str, word: str) -> None:
    """A key of its own would never be answered."""
    with pytest.raises(ValidationError, match=word):
        ServiceQuestion(key=key, title="Khác").full_clean()


@pytest.mark.django_db
def test_it_leaves_keys_alone_that_an_answer_carries(draft: Any) -> None:
    """Or two forms would hold the same list."""
    draft(key="ban_tin/tien_do_tiem")
    with pytest.raises(ValidationError, match="có câu trả lời riêng"):
        ServiceQuestion(key="ban_tin/tien_do_tiem", title="Tiến độ tiêm").full_clean()


@pytest.mark.django_db
def test_it_takes_files_for_look_ups_as_drafts(look_up: Any, staff: Any, tmp_path: Path) -> None:
    """They had to be left out when no form carried them."""
    (tmp_path / "nlu").mkdir()
    (tmp_path / "tests").mkdir()
    block = f"- intent: {KEY.replace('/', '.')}\n  examples: |\n    - {FRESH}\n"
    (tmp_path / "nlu" / "ban_tin.yml").write_text(f'version: "3.1"\nnlu:\n{block}', "utf-8")
    question = {"text": "bản tin đâu rồi", "answer": KEY}
    (tmp_path / "tests" / "a.yml").write_text(yaml.safe_dump([question], allow_unicode=True), "utf-8")
    done = import_files(tmp_path / "nlu", tmp_path / "tests", staff.editor)
    assert (done.drafts, done.left_out) == ([KEY], [])
    assert look_up.__class__.objects.get().get_latest_revision_as_object().examples == FRESH


def test_it_ships_every_look_up_that_no_answer_carries() -> None:
    """So that none has its examples in files only."""
    shipped = {entry["key"] for entry in yaml.safe_load((ROOT / "content" / "services.yml").read_text("utf-8"))}
    files = [*(ROOT / "content" / "faq").glob("*.yml"), ROOT / "content" / "chat.yml"]
    answered = {entry["key"] for file in files for entry in yaml.safe_load(file.read_text("utf-8"))}
    assert shipped == set(service_keys()) - answered
