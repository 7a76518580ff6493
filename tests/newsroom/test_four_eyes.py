"""Nobody publishes their own words, through no door. What may be approved is in test_approval.py."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, TaskState

from newsroom.accounts.models import User
from newsroom.approval.refusal import ApprovalRefusedError
from newsroom.approval.review import fingerprint_of
from newsroom.content.models import FaqAnswer, LiveStateError
from newsroom.releases.models import Release

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Attempt:
    """Content under review, and somebody who may not approve it."""

    content: FaqAnswer
    state: TaskState
    user: User | None

    @property
    def revision(self) -> Revision:
        """What was submitted."""
        return self.state.revision

    def client(self) -> Client:
        """A browser logged in as the user."""
        client = Client()
        assert self.user is not None
        client.force_login(self.user)
        return client

    def address(self, name: str, *args: Any) -> str:
        """An admin address of the content."""
        return reverse(FaqAnswer.snippet_viewset.get_url_name(name), args=[self.content.pk, *args])


def approval_page(attempt: Attempt) -> None:
    """The own page, with a correct form."""
    seen = fingerprint_of(attempt.revision.as_object().release_draft())
    address = reverse("approval:submission", args=[attempt.state.pk])
    answer = attempt.client().post(address, {"action": "approve", "comment": "", "seen": seen})
    assert answer.status_code == 403


def dashboard(attempt: Attempt) -> None:
    """Wagtail's own workflow action."""
    attempt.client().post(attempt.address("workflow_action", "approve", attempt.state.pk), {"comment": ""})


def edit_form(attempt: Attempt) -> None:
    """The edit form with every action that might publish."""
    fields = {
        "key": attempt.content.key,
        "title": "Khác",
        "text": "Khác",
        "buttons-count": "0",
        "attachments-count": "0",
    }
    for action in ("action-publish", "action-workflow-action"):
        attempt.client().post(attempt.address("edit"), {**fields, action: "1", "workflow-action-name": "approve"})


def unpublish_form(attempt: Attempt) -> None:
    """Wagtail's page for taking content down."""
    attempt.client().post(attempt.address("unpublish"))


def shell_publish(attempt: Attempt) -> None:
    """``instance.publish`` as in a Django shell."""
    with pytest.raises(ApprovalRefusedError):
        attempt.content.publish(attempt.revision, user=attempt.user, skip_permission_checks=True)


def shell_revision(attempt: Attempt) -> None:
    """``revision.publish`` as in a Django shell."""
    with pytest.raises(ApprovalRefusedError):
        attempt.revision.publish(user=attempt.user)


def shell_task_state(attempt: Attempt) -> None:
    """Approving the workflow's row directly, past the task."""
    with pytest.raises(ApprovalRefusedError):
        attempt.state.approve(user=attempt.user)
    attempt.state.refresh_from_db()
    assert attempt.state.status == TaskState.STATUS_IN_PROGRESS


def shell_task(attempt: Attempt) -> None:
    """The task's action."""
    with pytest.raises(ApprovalRefusedError):
        attempt.state.task.specific.on_action(attempt.state, attempt.user, "approve")


def shell_finish(attempt: Attempt) -> None:
    """Ending the workflow without any approval."""
    with pytest.raises(ApprovalRefusedError):
        attempt.state.workflow_state.finish(user=attempt.user)


def scheduler(attempt: Attempt) -> None:
    """``publish_scheduled`` with a schedule that somebody wrote into the revision."""
    Revision.objects.filter(pk=attempt.revision.pk).update(approved_go_live_at=timezone.now() - timedelta(days=1))
    with pytest.raises(ApprovalRefusedError):
        call_command("publish_scheduled")


def saving_live(attempt: Attempt) -> None:
    """``live = True`` and ``save()``."""
    attempt.content.live = True
    with pytest.raises(LiveStateError):
        attempt.content.save()


def creating_live(attempt: Attempt) -> None:
    """``create(live=True)``."""
    with pytest.raises(LiveStateError):
        FaqAnswer.objects.create(key="5k/khac", title="Khác", text="Khác", live=True)


WEB = (approval_page, dashboard, edit_form, unpublish_form)
SHELL = (
    shell_publish,
    shell_revision,
    shell_task_state,
    shell_task,
    shell_finish,
    scheduler,
    saving_live,
    creating_live,
)


@pytest.mark.parametrize("door", [*WEB, *SHELL], ids=lambda door: door.__name__)
@pytest.mark.parametrize("who", ["editor", "both", "chief"])
def test_it_releases_nothing_when_an_author_tries(
    door: Callable[[Attempt], None], who: str, staff: Any, draft: Any, submit: Any
) -> None:
    """Neither an editor, nor an approver who wrote it, nor a superuser who wrote it."""
    user = getattr(staff, who)
    content = draft(user)
    state = submit(content, user)
    door(Attempt(content, state, user))
    content.refresh_from_db()
    assert not content.live
    assert not Release.objects.exists()


@pytest.mark.parametrize("door", [*SHELL], ids=lambda door: door.__name__)
def test_it_releases_nothing_when_nobody_signs(
    door: Callable[[Attempt], None], staff: Any, draft: Any, submit: Any
) -> None:
    """Background jobs have no user."""
    content = draft()
    door(Attempt(content, submit(content, staff.editor), None))
    assert not Release.objects.exists()


@pytest.mark.parametrize("door", [shell_publish, shell_revision, shell_finish], ids=lambda door: door.__name__)
def test_it_releases_nothing_when_an_approver_skips_the_workflow(
    door: Callable[[Attempt], None], staff: Any, draft: Any, submit: Any
) -> None:
    """A release always has an approval on record in the workflow."""
    content = draft()
    door(Attempt(content, submit(content, staff.editor), staff.approver))
    assert not Release.objects.exists()


def test_it_releases_nothing_when_a_superuser_who_is_no_approver_tries(staff: Any, draft: Any, submit: Any) -> None:
    """Being a superuser grants no approval."""
    staff.chief.groups.clear()
    content = draft()
    attempt = Attempt(content, submit(content, staff.editor), staff.chief)
    for door in WEB:
        with suppress(AssertionError):
            door(attempt)
    assert not Release.objects.exists()


def test_it_refuses_whoever_touched_the_text_since_the_last_release(
    staff: Any, draft: Any, edit: Any, submit: Any
) -> None:
    """All authors since the release count, not the last one alone."""
    content = draft(staff.both)
    edit(content, staff.editor, text="Đeo ở nơi đông người và trên xe.")
    state = submit(content, staff.editor)
    with pytest.raises(ApprovalRefusedError, match="đã soạn hoặc sửa"):
        state.task.specific.on_action(state, staff.both, "approve")


def test_it_refuses_a_revision_that_nobody_signed(staff: Any, draft: Any, submit: Any) -> None:
    """An unknown author might be the approver."""
    content = draft()
    content.save_revision()
    state = submit(content, staff.editor)
    with pytest.raises(ApprovalRefusedError, match="không rõ ai soạn"):
        state.task.specific.on_action(state, staff.approver, "approve")


def test_it_lets_an_earlier_author_approve_after_a_release(staff: Any, draft: Any, edit: Any, publish: Any) -> None:
    """Only the words since the last release count."""
    content = draft(staff.both)
    publish(content)
    edit(content, staff.editor, text="Đeo ở nơi đông người và trên xe.")
    release = publish(FaqAnswer.objects.get(pk=content.pk), staff.both)
    assert (release.authors, release.approver) == (["bien_tap"], "kiem_nhiem")


def test_it_offers_no_publishing_in_the_editor_to_a_superuser(staff: Any, draft: Any) -> None:
    """The button would only be refused."""
    content = draft()
    client = Client()
    client.force_login(staff.chief)
    page = client.get(reverse(FaqAnswer.snippet_viewset.get_url_name("edit"), args=[content.pk])).content.decode()
    assert "action-submit" in page
    assert "action-publish" not in page


def test_it_changes_content_tables_nowhere_by_query_set() -> None:
    """``QuerySet.update`` and ``bulk_create`` pass by every guard of a model, so our code has neither.

    But for training: its tables hold no content, and its queue is claimed by conditional updates.
    """
    pattern = re.compile(r"\.(update|bulk_update|bulk_create)\(")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "newsroom").rglob("*.py")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if pattern.search(line) and "globals()" not in line and not {"migrations", "training"} & {*path.parts}
    ]
    assert found == []
