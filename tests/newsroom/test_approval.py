"""What an approval does: one revision, one release, or nothing. Refused persons are in test_four_eyes.py."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision, TaskState

from contracts.release import Release as ReleaseShape
from contracts.release import fingerprint
from newsroom.approval.difference import changes
from newsroom.approval.refusal import ApprovalRefusedError
from newsroom.content.models import FaqAnswer, SourceDocument
from newsroom.releases import issue
from newsroom.releases.lines import Line
from newsroom.releases.models import Release


def page(state: TaskState) -> str:
    """Address of a submission's page."""
    return reverse("approval:submission", args=[state.pk])


def logged_in(user: Any) -> Client:
    """A browser of that account."""
    client = Client()
    client.force_login(user)
    return client


def seen_on(client: Client, state: TaskState) -> str:
    """What the page says that it shows."""
    return str(client.get(page(state)).context["review"].seen)


def test_it_publishes_and_releases_when_another_person_approves(staff: Any, draft: Any, submit: Any) -> None:
    """By the page, as an approver does it."""
    content = draft(text="Đeo khẩu trang ở nơi đông người.", internal_note="Chưa cho dân biết")
    state = submit(content, staff.editor)
    client = logged_in(staff.approver)
    answer = client.post(page(state), {"action": "approve", "comment": "", "seen": seen_on(client, state)})
    assert answer.status_code == 302
    content.refresh_from_db()
    shape: ReleaseShape = Release.objects.get().shape()
    assert content.live
    assert (shape.kind, shape.key, shape.place) == ("faq", "5k/khau_trang", "")
    assert shape.payload["text"] == "Đeo khẩu trang ở nơi đông người."
    assert (shape.authors, shape.approver) == (("bien_tap",), "phe_duyet")
    assert shape.sha256 == fingerprint(shape)
    assert "Chưa cho dân biết" not in str(shape)


def test_it_approves_by_wagtails_own_workflow_page_too(staff: Any, draft: Any, submit: Any) -> None:
    """The same rules, another door."""
    content = draft()
    state = submit(content, staff.editor)
    name = FaqAnswer.snippet_viewset.get_url_name("workflow_action")
    logged_in(staff.approver).post(reverse(name, args=[content.pk, "approve", state.pk]), {"comment": ""})
    assert Release.objects.get().approver == "phe_duyet"


def test_it_refuses_a_revision_that_is_no_longer_the_latest(staff: Any, draft: Any, submit: Any, edit: Any) -> None:
    """The approver saw the old text; the new one would be released unseen, or the old one against the author's will."""
    content = draft()
    state = submit(content, staff.editor)
    edit(content, staff.editor, text="Đeo mọi lúc.")
    with pytest.raises(ApprovalRefusedError, match="bản sửa mới hơn"):
        state.task.specific.on_action(state, staff.approver, "approve")
    assert not Release.objects.exists()


def test_it_refuses_when_the_source_changed_after_the_page_was_shown(
    staff: Any, draft: Any, submit: Any, source: SourceDocument
) -> None:
    """A document is not part of the revision, so the page names all that it shows."""
    state = submit(draft(), staff.editor)
    client = logged_in(staff.approver)
    seen = seen_on(client, state)
    source.issuer = "Cơ quan khác"
    source.save()
    answer = client.post(page(state), {"action": "approve", "comment": "", "seen": seen})
    assert answer.status_code == 403
    assert not Release.objects.exists()


def test_it_refuses_the_second_of_two_approvals(staff: Any, draft: Any, submit: Any) -> None:
    """Two approvers had the page open."""
    state = submit(draft(), staff.editor)
    other = TaskState.objects.get(pk=state.pk)
    state.task.specific.on_action(state, staff.approver, "approve")
    with pytest.raises(ApprovalRefusedError, match="không còn chờ"):
        other.task.specific.on_action(other, staff.second_approver, "approve")
    assert Release.objects.get().approver == "phe_duyet"


def test_it_leaves_nothing_behind_when_the_release_cannot_be_written(
    staff: Any, draft: Any, submit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Live without a release, or approved without being live, must not happen."""

    def full(*args: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(issue, "_write", full)
    content = draft()
    state = submit(content, staff.editor)
    with pytest.raises(OSError, match="disk full"):
        state.task.specific.on_action(state, staff.approver, "approve")
    content.refresh_from_db()
    state.refresh_from_db()
    assert (content.live, state.status) == (False, TaskState.STATUS_IN_PROGRESS)


def test_it_sends_back_with_a_reason_and_takes_the_next_version(staff: Any, draft: Any, submit: Any, edit: Any) -> None:
    """Sent back, changed, submitted again, approved."""
    content = draft()
    state = submit(content, staff.editor)
    client = logged_in(staff.approver)
    assert client.post(page(state), {"action": "reject", "comment": ""}).status_code == 403
    assert client.post(page(state), {"action": "reject", "comment": "Thiếu trẻ em"}).status_code == 302
    edit(content, staff.editor, text="Đeo ở nơi đông người, cả trẻ em.")
    content.current_workflow_state.resume(staff.editor)
    again = content.current_workflow_task_state
    again.task.specific.on_action(again, staff.approver, "approve")
    assert Release.objects.get().payload["text"].endswith("cả trẻ em.")


def test_it_locks_the_form_for_everybody_during_review(staff: Any, draft: Any, submit: Any) -> None:
    """Autosave would change the submitted revision under the same id."""
    content = draft()
    state = submit(content, staff.editor)
    address = reverse(FaqAnswer.snippet_viewset.get_url_name("edit"), args=[content.pk])
    fields = {"key": content.key, "title": "Khác", "text": "Khác", "buttons-count": "0", "attachments-count": "0"}
    for user in (staff.editor, staff.chief):
        logged_in(user).post(address, {**fields, "overwrite_revision_id": str(state.revision_id)})
    assert Revision.objects.get(pk=state.revision_id).as_object().text == content.text


def test_it_makes_a_new_revision_when_asked_to_rewrite_one_on_record(staff: Any, draft: Any, publish: Any) -> None:
    """An editor whose form was open since before the approval."""
    content = draft()
    release = publish(content)
    stored = FaqAnswer.objects.get(pk=content.pk)
    stored.text = "Khác."
    revision = stored.save_revision(user=staff.editor, overwrite_revision=release.revision)
    assert revision.pk != release.revision_id
    assert Revision.objects.get(pk=release.revision_id).as_object().text == "Đeo ở nơi đông người."


def test_it_shows_the_submission_with_its_changes(staff: Any, draft: Any, publish: Any, edit: Any, submit: Any) -> None:
    """Against the last release, word by word."""
    content = draft()
    publish(content)
    edit(content, staff.editor, text="Đeo ở nơi công cộng.")
    state = submit(FaqAnswer.objects.get(pk=content.pk), staff.editor)
    html = logged_in(staff.approver).get(page(state)).content.decode()
    assert "<del>đông</del><ins>công</ins> <del>người.</del><ins>cộng.</ins>" in html
    assert "Nguồn: Thông điệp 5K, Bộ Y tế, ngày 31/08/2020." in html


def test_it_lists_what_waits_urgent_first(staff: Any, draft: Any, submit: Any) -> None:
    """The page "Chờ duyệt"."""
    submit(draft(), staff.editor)
    submit(draft(key="5k/xu_phat", title="Bị phạt thế nào?", urgent=True), staff.editor)
    reviews = logged_in(staff.approver).get(reverse("approval:waiting")).context["reviews"]
    assert [review.key for review in reviews] == ["5k/xu_phat", "5k/khau_trang"]


def test_it_submits_nothing_without_a_source(staff: Any, draft: Any) -> None:
    """A draft may lack it, a submission may not."""
    content = draft(source=None)
    address = reverse(FaqAnswer.snippet_viewset.get_url_name("edit"), args=[content.pk])
    fields = {
        "key": content.key,
        "title": content.title,
        "text": "Mới.",
        "buttons-count": "0",
        "attachments-count": "0",
    }
    client = logged_in(staff.editor)
    assert client.post(address, fields).status_code == 302
    assert "Cần văn bản nguồn" in client.post(address, {**fields, "action-submit": "1"}).content.decode()
    assert not TaskState.objects.exists()


def test_it_shows_the_changed_text_when_it_is_submitted_again(
    staff: Any, draft: Any, submit: Any, source: SourceDocument
) -> None:
    """Saved and submitted in one step, as the editor's button does it."""
    content = draft()
    first = submit(content, staff.editor)
    first.task.specific.on_action(first, staff.approver, "reject", comment="Thiếu trẻ em")
    fields = {"key": content.key, "title": content.title, "text": "Trẻ em cũng đeo.", "source": source.pk}
    counts = {"buttons-count": "0", "attachments-count": "0"}
    address = reverse(FaqAnswer.snippet_viewset.get_url_name("edit"), args=[content.pk])
    assert logged_in(staff.editor).post(address, {**fields, **counts, "action-submit": "1"}).status_code == 302

    again = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    content.refresh_from_db()
    assert again.revision == content.latest_revision
    assert "Trẻ em cũng đeo." in unescape(logged_in(staff.approver).get(page(again)).content.decode())
    again.task.specific.on_action(again, staff.approver, "approve")
    assert Release.objects.get().payload["text"] == "Trẻ em cũng đeo."


@pytest.mark.parametrize(
    ("before", "after", "states"),
    [
        ("một hai", "một hai", ["same"]),
        ("một hai", "một ba", ["same", "removed", "added"]),
        ("", "một", ["added"]),
        ("một", "", ["removed"]),
    ],
)
def test_it_compares_word_by_word(before: str, after: str, states: list[str]) -> None:
    """Empty fields are left out of the lines, so one side may lack the label."""
    old, new = ([Line("Nội dung", text)] if text else [] for text in (before, after))
    [change] = changes(old, new)
    assert [piece.state for piece in change.pieces] == states
    assert "".join(piece.text for piece in change.pieces if piece.state != "removed") == after
