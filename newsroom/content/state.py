"""Where some content stands, in words for a list: draft, waiting, released, taken back, and whether something newer is there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet
from wagtail.models import Revision, WorkflowState

from contracts.reply import vietnamese_time
from newsroom.clock import content_now
from newsroom.releases.models import Release

DRAFT, RELEASED, WITHDRAWN = "Bản nháp, chưa phát hành", "Đang phát hành", "Đã thu hồi"
ENDED, REPLACED, NEWER_DRAFT = "Đã hết hiệu lực", "Đã được bản khác thay", "có bản nháp mới hơn"
# Of the open submission: what is said of content that was never released, and of a newer version of released content.
REVIEW = {
    WorkflowState.STATUS_IN_PROGRESS: ("Chờ phê duyệt", "bản mới chờ phê duyệt"),
    WorkflowState.STATUS_NEEDS_CHANGES: ("Bị trả lại, cần sửa", "bản mới bị trả lại, cần sửa"),
}


def with_state(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with what ``state_of`` reads: two queries more, however many rows a page has."""
    submissions = WorkflowState.objects.filter(status__in=REVIEW)
    read: QuerySet[Any] = rows.prefetch_related(
        Prefetch("_workflow_states", submissions, to_attr="open_submissions"),
        Prefetch("_revisions", _released_revisions(content_now()), to_attr="released_revisions"),
    )
    return read


def state_of(content: Any) -> str:
    """In words, of a row that came through ``with_state``; by the content clock."""
    released: list[Revision] = content.released_revisions
    told = _told(released, content_now())
    for submission in content.open_submissions:
        new, newer = REVIEW[submission.status]
        return f"{told}; {newer}" if released else new
    is_newer = bool(released) and content.latest_revision_id > released[0].pk
    return f"{told}; {NEWER_DRAFT}" if is_newer else told


def _released_revisions(now: datetime) -> QuerySet[Revision]:
    """Newest first, each with its release; ``replaced`` says that another release of the same slot has begun since."""
    slot = {name: OuterRef(f"release__{name}") for name in ("kind", "key", "place")}
    later = Release.objects.filter(**slot, sequence__gt=OuterRef("release__sequence"), valid_from__lte=now)
    revisions = Revision.objects.filter(release__isnull=False).select_related("release__retraction")
    told: QuerySet[Revision] = revisions.annotate(
        replaced=Exists(later.exclude(retraction__at__lt=F("valid_from")))
    ).defer("content", "release__payload", "release__source", "release__authors")
    return told.order_by("-release__sequence")


def _told(released: Sequence[Any], now: datetime) -> str:
    """What residents are told of it now; a release that was taken back before it began never counted."""
    if not released:
        return DRAFT
    revision, *earlier = released
    release, retraction = revision.release, getattr(revision.release, "retraction", None)
    if retraction is not None:
        before_begin = retraction.at < release.valid_from and earlier
        return _told(earlier, now) if before_begin else WITHDRAWN
    if release.valid_from > now:
        coming = f"có hiệu lực từ {vietnamese_time(release.valid_from)}"
        goes_on = bool(earlier) and _told(earlier, now) == RELEASED
        return f"{RELEASED}; bản mới {coming}" if goes_on else f"Đã phê duyệt, {coming}"
    if release.valid_to is not None and release.valid_to <= now:
        return ENDED
    return REPLACED if revision.replaced else RELEASED
