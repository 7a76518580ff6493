"""Cards about content: drafts, reviews, what was sent back, what expires, what a second person has to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState

from contracts.reply import vietnamese_time
from newsroom.accounts.models import User
from newsroom.approval.admin_urls import edit_url
from newsroom.approval.models import FourEyesTask
from newsroom.approval.rules import person_refusals
from newsroom.clock import clock, content_now
from newsroom.content.models import CONTENT_MODELS
from newsroom.content.names import name_of
from newsroom.releases.in_force import latest_of_slot
from newsroom.releases.lines import KIND_NAMES
from newsroom.releases.models import Release
from newsroom.releases.second_review import awaiting_review
from newsroom.workplace.cards import MOST_LINES, Card, Line, Tone

EXPIRES_WITHIN = timedelta(days=7)


def my_drafts(user: User) -> Card:
    """Content whose latest version is this account's, was never released, and lies nowhere else."""
    drafts = sorted(_drafts(user), key=lambda content: content.latest_revision.created_at, reverse=True)
    lines = [_content_line(content, content.latest_revision.created_at) for content in drafts[:MOST_LINES]]
    return Card(
        name="ban-nhap",
        title="Bản nháp của tôi",
        summary=f"{len(drafts)} bản nháp chưa gửi phê duyệt" if drafts else "Không có bản nháp nào.",
        lines=tuple(lines),
    )


def sent_back(user: User) -> Card:
    """What an approver returned to this account, with the reason."""
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=user)
    returned = [state for state in states.select_related("current_task_state") if state.content_object is not None]
    lines = [
        Line(text=name_of(state.content_object), note=_reason(state), url=edit_url(state.content_object))
        for state in returned
    ]
    return Card(
        name="bi-tra-lai",
        title="Bị trả lại, cần bạn sửa",
        summary=f"{len(lines)} nội dung bị trả lại" if lines else "Không có nội dung nào bị trả lại.",
        tone=Tone.WAITS if lines else Tone.QUIET,
        lines=tuple(lines),
    )


def to_approve(user: User) -> Card:
    """What this account may decide now, urgent first; the count names what others have to decide."""
    states = _waiting_states()
    mine = [state for state in states if not person_refusals(state.revision, user)]
    contents = sorted(((state.revision.as_object(), state) for state in mine), key=lambda pair: not pair[0].urgent)
    lines = [
        Line(
            text=f"Khẩn: {name_of(content)}" if content.urgent else name_of(content),
            note=f"{KIND_NAMES[content.kind]}, gửi lúc {vietnamese_time(state.started_at + clock().offset)}",
            url=reverse("approval:submission", args=[state.pk]),
        )
        for content, state in contents[:MOST_LINES]
    ]
    others = f" {len(states) - len(mine)} nội dung khác chờ người khác." if len(states) > len(mine) else ""
    return Card(
        name="cho-duyet",
        title="Chờ bạn phê duyệt",
        summary=(f"{len(mine)} nội dung chờ bạn." if mine else "Không có nội dung nào chờ bạn.") + others,
        tone=Tone.WAITS if mine else Tone.QUIET,
        lines=tuple(lines),
        url=reverse("approval:waiting"),
        link="Xem tất cả",
    )


def in_review(user: User) -> Card:
    """How much waits for approval, for those who do not decide."""
    waiting = len(_waiting_states())
    return Card(
        name="dang-cho-duyet",
        title="Đang chờ phê duyệt",
        summary=f"{waiting} nội dung chờ phê duyệt" if waiting else "Không có nội dung nào chờ phê duyệt.",
        url=reverse("approval:waiting"),
        link="Xem tất cả",
    )


def expiring(user: User) -> Card:
    """Releases whose validity ends within seven days of the content clock, and that nothing follows."""
    now = content_now()
    ending = Release.objects.filter(valid_to__gt=now, valid_to__lte=now + EXPIRES_WITHIN, retraction=None)
    last = [release for release in ending.order_by("valid_to") if _is_last(release)]
    lines = [
        Line(
            text=_release_title(release),
            note=f"{KIND_NAMES[release.kind]}, đến {vietnamese_time(release.valid_to)}",
            url=reverse("releases:withdraw", args=[release.release_id]),
        )
        for release in last[:MOST_LINES]
        if release.valid_to is not None
    ]
    return Card(
        name="sap-het-han",
        title="Hết hạn trong 7 ngày",
        summary=f"{len(last)} bản phát hành sắp hết hạn" if last else "Không có bản nào sắp hết hạn.",
        tone=Tone.WAITS if last else Tone.QUIET,
        lines=tuple(lines),
    )


def second_reviews(user: User) -> Card:
    """What one approver did alone and nobody has looked at yet."""
    now = content_now()
    acts = awaiting_review()
    late = any(act.is_late(now) for act in acts)
    lines = [
        Line(
            text=_release_title(act.release),
            note=f"{act.by}, {'quá hạn từ' if act.is_late(now) else 'trước'} {vietnamese_time(act.due)}",
            url=reverse("releases:second-review", args=[act.subject, act.release.release_id]),
        )
        for act in acts[:MOST_LINES]
    ]
    return Card(
        name="xem-xet-lai",
        title="Việc khẩn chờ người thứ hai xem xét",
        summary=f"{len(acts)} việc chờ xem xét trong 24 giờ" if acts else "Không có việc khẩn nào chờ xem xét.",
        tone=Tone.LATE if late else Tone.WAITS if acts else Tone.QUIET,
        lines=tuple(lines),
        url=reverse("releases:second-reviews"),
        link="Xem tất cả",
    )


def _drafts(user: User) -> Iterator[Any]:
    released = Release.objects.filter(revision=OuterRef("latest_revision"))
    for model in CONTENT_MODELS:
        own = model._default_manager.filter(~Exists(released), latest_revision__user=user)
        yield from own.exclude(pk__in=_under_review(model)).select_related("latest_revision")


def _under_review(model: Any) -> Iterable[int]:
    open_states = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    states = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(model), status__in=open_states
    )
    return [int(pk) for pk in states.values_list("object_id", flat=True)]


def _waiting_states() -> list[TaskState]:
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__in=FourEyesTask.objects.all())
    return list(states.select_related("revision__user").order_by("pk"))


def _content_line(content: Any, at: Any) -> Line:
    saved = vietnamese_time(at + clock().offset)
    return Line(text=name_of(content), note=f"{KIND_NAMES[content.kind]}, lưu lúc {saved}", url=edit_url(content))


def _reason(state: WorkflowState) -> str:
    return state.current_task_state.comment if state.current_task_state is not None else ""


def _is_last(release: Release) -> bool:
    last = latest_of_slot(release.kind, release.key, release.place)
    return last is not None and last.pk == release.pk


def _release_title(release: Release) -> str:
    payload = release.payload
    return next((str(payload[name]) for name in ("title", "name", "number") if payload.get(name)), release.key)
