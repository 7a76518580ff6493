"""Four eyes: who wrote, who may approve, and what stands against it. Every door ends here."""

from __future__ import annotations

from typing import Any, Protocol

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Revision, RevisionMixin, TaskState

from contracts.reply import vietnamese_time
from newsroom.accounts.models import User
from newsroom.accounts.roles import is_approver
from newsroom.clock import content_now
from newsroom.releases.in_force import latest_of_slot
from newsroom.releases.issue import ReleaseDraft
from newsroom.releases.models import Release


class Approvable(Protocol):
    """Content as the rules see it; ``newsroom.content.models.ApprovedContent`` is the implementation."""

    pk: Any

    def approval_problems(self) -> list[str]:
        """What is wrong or missing in the content itself."""
        ...

    def release_draft(self) -> ReleaseDraft:
        """What publishing this content would release."""
        ...


def last_release(revision: Revision) -> Release | None:
    """The last release of the content that a revision belongs to."""
    of_same = Revision.objects.filter(base_content_type_id=revision.base_content_type_id, object_id=revision.object_id)
    return Release.objects.filter(revision__in=of_same).order_by("-sequence").first()


def released(content: RevisionMixin) -> QuerySet[Release]:
    """All releases of some content."""
    return Release.objects.filter(revision__in=content.revisions).order_by("-sequence")


def unreleased_revisions(revision: Revision) -> list[Revision]:
    """The revisions made since the last release, oldest first, without their texts."""
    previous = last_release(revision)
    revisions = Revision.objects.filter(
        base_content_type_id=revision.base_content_type_id, object_id=revision.object_id
    )
    if previous is not None:
        revisions = revisions.filter(pk__gt=previous.revision_id)
    return list(revisions.select_related("user").defer("content").order_by("pk"))


def authors(revision: Revision) -> list[User | None]:
    """Whoever made a revision since the last release; None stands for one that nobody signed."""
    return list(dict.fromkeys(made.user for made in unreleased_revisions(revision)))


def refusals(revision: Revision, user: User | None) -> list[str]:
    """Vietnamese reasons why this account may not approve this revision; empty when it may."""
    return [*person_refusals(revision, user), *content_refusals(revision)]


def person_refusals(revision: Revision, user: User | None) -> list[str]:
    """What stands against the person."""
    if user is None or not user.is_active:
        return ["Không xác định được người phê duyệt."]
    if not is_approver(user):
        return ["Tài khoản của bạn không có quyền phê duyệt."]
    wrote = authors(revision)
    if user in wrote:
        return ["Bạn đã soạn hoặc sửa bản này. Người khác phải phê duyệt."]
    if None in wrote:
        return ["Có bản nháp không rõ ai soạn. Hãy nhờ biên tập viên lưu lại nội dung."]
    return []


def content_refusals(revision: Revision) -> list[str]:
    """What stands against the revision, whoever approves."""
    if Release.objects.filter(revision_id=revision.pk).exists():
        return ["Bản này đã được phát hành."]
    if not revision.is_latest_revision():
        return ["Đã có bản sửa mới hơn. Hãy xem và phê duyệt bản mới nhất."]
    content: Approvable = revision.as_object()
    problems = content.approval_problems()
    draft = content.release_draft()
    return problems or [*moved_refusals(revision, draft), *slot_refusals(draft)]


def moved_refusals(revision: Revision, draft: ReleaseDraft) -> list[str]:
    """Content that changed its key or place would stand beside its old release, which nothing replaces then."""
    previous = last_release(revision)
    if previous is None or (previous.kind, previous.key, previous.place) == (draft.kind, draft.key, draft.place):
        return []
    if hasattr(previous, "retraction") or (previous.valid_to is not None and previous.valid_to <= content_now()):
        return []
    return ["Khóa hoặc nơi áp dụng đã đổi so với bản đang phát hành. Hãy thu hồi bản đó trước."]


def slot_refusals(draft: ReleaseDraft) -> list[str]:
    """A release that was approved but has not begun, or a bulletin that is newer, must not be overtaken."""
    predecessor = latest_of_slot(draft.kind, draft.key, draft.place)
    if predecessor is None:
        return []
    if predecessor.valid_from > content_now():
        start = vietnamese_time(predecessor.valid_from)
        return [f"Đã có bản được phê duyệt, bắt đầu từ {start}. Hãy thu hồi bản đó trước."]
    if draft.kind == "bulletin" and draft.payload["as_of"] < predecessor.payload["as_of"]:
        return ["Đã phát hành một bản tin có số liệu mới hơn."]
    return []


def was_approved_by(revision: Revision, user: User) -> bool:
    """Whether the workflow holds this person's approval of exactly this revision."""
    approvals = TaskState.objects.filter(
        revision_id=revision.pk,
        finished_by=user,
        status=TaskState.STATUS_APPROVED,
        task__content_type=ContentType.objects.get(app_label="approval", model="foureyestask"),
    )
    return bool(approvals.exists())
