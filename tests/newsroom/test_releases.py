"""Releases: unchangeable, in force when they should be, taken back for good."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from newsroom.approval.refusal import ApprovalRefusedError
from newsroom.content.models import FaqAnswer
from newsroom.releases.identity import new_release_id
from newsroom.releases.in_force import in_force_now, told_at
from newsroom.releases.models import ImmutableRowError, Release, Retraction
from newsroom.releases.retract import RetractionRefusedError, retract


def texts(releases: list[Any]) -> list[str]:
    """The texts of releases."""
    return [release.payload["text"] for release in releases]


@pytest.mark.parametrize("table", ["releases_release", "releases_retraction"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET reason_or_key = reason_or_key", "DELETE FROM {}"])
def test_it_refuses_changes_by_sql(table: str, statement: str, staff: Any, draft: Any, publish: Any) -> None:
    """The database itself keeps the rows, whoever writes the SQL."""
    retract(publish(draft()), staff.approver, "Sai")
    column = "key" if table == "releases_release" else "reason"
    sql = statement.format(table).replace("reason_or_key", column)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_it_refuses_changes_by_the_orm(draft: Any, publish: Any) -> None:
    """Neither row by row nor as a set."""
    release = publish(draft())
    for change in (release.save, release.delete, Release.objects.all().delete):
        with pytest.raises(ImmutableRowError):
            change()
    with pytest.raises(ImmutableRowError):
        Release.objects.filter(pk=release.pk).update(key="khac")


def test_it_keeps_the_history_of_what_was_released(staff: Any, draft: Any, publish: Any) -> None:
    """Neither by the delete page nor by the bulk action."""
    content = draft()
    publish(content)
    client = Client()
    client.force_login(staff.chief)
    client.post(reverse(FaqAnswer.snippet_viewset.get_url_name("delete"), args=[content.pk]))
    client.post(f"/admin/bulk/content/faqanswer/delete/?id={content.pk}")
    assert FaqAnswer.objects.filter(pk=content.pk).exists()


def test_it_replaces_the_release_of_the_same_slot(staff: Any, draft: Any, publish: Any, edit: Any, clock: Any) -> None:
    """The chain of what was said."""
    content = draft()
    first = publish(content)
    clock.forward(hours=1)
    edit(content, staff.editor, text="Đeo ở mọi nơi công cộng.")
    second = publish(FaqAnswer.objects.get(pk=content.pk))
    assert second.supersedes == first.release_id
    assert texts(in_force_now(clock.now)) == ["Đeo ở mọi nơi công cộng."]
    assert texts(told_at(clock.now - timedelta(minutes=30))) == ["Đeo ở nơi đông người."]


def test_it_holds_from_valid_from_to_valid_to(draft: Any, publish: Any, clock: Any) -> None:
    """By the content clock, the end not included."""
    start, end = clock.now + timedelta(hours=2), clock.now + timedelta(hours=4)
    publish(draft(valid_from=start, valid_to=end))
    assert [bool(in_force_now(start + timedelta(hours=hours))) for hours in (-1, 0, 1, 2)] == [False, True, True, False]


def test_it_begins_at_approval_when_no_start_is_given(draft: Any, publish: Any, clock: Any) -> None:
    """And the time of approval is the content clock's."""
    release = publish(draft())
    assert (release.valid_from, release.approved_at) == (clock.now, clock.now)


def test_it_keeps_an_old_start_only_for_the_first_text(
    staff: Any, draft: Any, publish: Any, edit: Any, clock: Any
) -> None:
    """Otherwise yesterday's residents would seem to have been told today's words."""
    rule_began = clock.now - timedelta(days=15)
    content = draft(valid_from=rule_began)
    assert publish(content).valid_from == rule_began
    clock.forward(hours=1)
    edit(content, staff.editor, text="Mới.")
    assert publish(FaqAnswer.objects.get(pk=content.pk)).valid_from == clock.now


def test_it_says_that_nobody_was_told_what_was_not_yet_approved(draft: Any, publish: Any, clock: Any) -> None:
    """A rule may hold for weeks before we say it."""
    publish(draft(valid_from=clock.now - timedelta(days=15)))
    assert told_at(clock.now - timedelta(days=1)) == []
    assert len(told_at(clock.now)) == 1


def test_it_refuses_a_second_version_while_one_waits_for_its_start(
    staff: Any, draft: Any, publish: Any, edit: Any, clock: Any
) -> None:
    """Two texts would hold at once."""
    content = draft(valid_from=clock.now + timedelta(days=1))
    publish(content)
    edit(content, staff.editor, text="Khác.")
    with pytest.raises(ApprovalRefusedError, match="Hãy thu hồi bản đó trước"):
        publish(FaqAnswer.objects.get(pk=content.pk))


def test_it_goes_on_with_the_old_text_when_a_coming_one_is_retracted(
    staff: Any, draft: Any, publish: Any, edit: Any, clock: Any
) -> None:
    """A release retracted before it began never replaced anything."""
    content = draft()
    publish(content)
    edit(content, staff.editor, text="Từ ngày mai.", valid_from=clock.now + timedelta(days=1))
    retract(publish(FaqAnswer.objects.get(pk=content.pk)), staff.approver, "Hoãn")
    assert texts(in_force_now(clock.now + timedelta(days=2))) == ["Đeo ở nơi đông người."]


@pytest.mark.django_db(databases=["default", "ledger"])  # its page counts the residents who were told
def test_it_takes_a_release_back_with_a_reason(staff: Any, draft: Any, publish: Any, clock: Any) -> None:
    """By the page; what it replaced does not come back."""
    content = draft()
    release = publish(content)
    client = Client()
    client.force_login(staff.approver)
    address = reverse("releases:withdraw", args=[release.release_id])
    assert "Thu hồi" in client.get(address).content.decode()
    assert client.post(address, {"reason": "Số liệu sai"}).status_code == 302
    content.refresh_from_db()
    assert in_force_now(clock.now) == []
    assert not content.live
    assert Retraction.objects.get().shape().reason == "Số liệu sai"


@pytest.mark.parametrize(
    ("who", "reason", "message"),
    [("editor", "Sai", "Chỉ người phê duyệt"), ("approver", "  ", "ghi lý do")],
)
def test_it_refuses_a_retraction(who: str, reason: str, message: str, staff: Any, draft: Any, publish: Any) -> None:
    """By the wrong person, or without a reason."""
    release = publish(draft())
    with pytest.raises(RetractionRefusedError, match=message):
        retract(release, getattr(staff, who), reason)
    assert not Retraction.objects.exists()


def test_it_refuses_a_second_retraction(staff: Any, draft: Any, publish: Any) -> None:
    """The first one stands."""
    release = publish(draft())
    retract(release, staff.approver, "Sai")
    with pytest.raises(RetractionRefusedError, match="trước đó"):
        retract(release, staff.second_approver, "Sai")


def test_it_can_be_released_again_after_a_retraction(
    staff: Any, draft: Any, publish: Any, edit: Any, clock: Any
) -> None:
    """With corrected words, approved anew."""
    content = draft()
    retract(publish(content), staff.approver, "Sai")
    clock.forward(minutes=1)
    edit(content, staff.editor, text="Đúng.")
    publish(FaqAnswer.objects.get(pk=content.pk))
    assert texts(in_force_now(clock.now)) == ["Đúng."]


def test_it_makes_ids_that_sort_by_time() -> None:
    """UUID version 7."""
    ids = [new_release_id() for _ in range(50)]
    assert len(set(ids)) == 50
    assert {(name[14], name[19] in "89ab") for name in ids} == {("7", True)}
    assert [name[:8] for name in ids] == sorted(name[:8] for name in ids)
