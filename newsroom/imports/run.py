"""Carrying an import out, and approving what it brought in one go; each approval asks all the rules of four eyes."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import ModelLogEntry, Revision
from wagtail.signal_handlers import disable_reference_index_auto_update

from newsroom.accounts.models import User
from newsroom.approval.refusal import ApprovalRefusedError
from newsroom.approval.rules import person_refusals
from newsroom.clock import content_now
from newsroom.content.models import ApprovedContent
from newsroom.imports.models import ImportRun, UploadedSheet
from newsroom.imports.plan import Plan, plan_import
from newsroom.imports.reading import read_table
from newsroom.imports.sheets import SHEETS, Sheet

REMARK = "Phê duyệt cả lô nhập từ tệp"


class ImportRefusedError(Exception):
    """The message is for staff, in Vietnamese."""


@dataclass
class Approved:
    """What came of approving a run: how many were released, and which were not and why."""

    released: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def may_import(user: User, sheet: Sheet) -> bool:
    """Whoever may add and change that content by hand."""
    meta = sheet.model._meta
    return user.has_perms([f"content.{verb}_{meta.model_name}" for verb in ("add", "change")])


def plan_of(uploaded: UploadedSheet) -> Plan:
    """The dry run of an uploaded file.

    Raises:
        FileError: the file cannot be read at all.
    """
    return plan_import(SHEETS[uploaded.sheet], read_table(uploaded.name, bytes(uploaded.body)))


@transaction.atomic
def run_import(uploaded: UploadedSheet, by: User) -> ImportRun:
    """Makes a draft of every row that adds or changes something; all or nothing.

    Raises:
        FileError: the file cannot be read.
        ImportRefusedError: a row has a problem, nothing would change, or the file was imported before.
    """
    if not may_import(by, SHEETS[uploaded.sheet]):
        raise ImportRefusedError("Tài khoản của bạn không được nhập loại dữ liệu này.")
    plan = plan_of(uploaded)
    if plan.problems:
        raise ImportRefusedError(f"Tệp còn {len(plan.problems)} lỗi. Chưa nhập dòng nào.")
    if not plan.added and not plan.changed:
        raise ImportRefusedError("Không có dòng nào mới hoặc thay đổi.")
    revisions = [_draft(content, by, "wagtail.create") for content in plan.added]
    revisions += [_draft(content, by, "wagtail.edit") for content in plan.changed]
    run = ImportRun(
        uploaded=uploaded,
        at=content_now(),
        by=by,
        added=len(plan.added),
        changed=len(plan.changed),
        revisions=revisions,
    )
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError as error:
        raise ImportRefusedError("Tệp này đã được nhập.") from error
    return run


def approve_run(run: ImportRun, by: User) -> Approved:
    """Submits and approves each draft of a run that still stands; one that cannot be released does not stop the others."""
    result = Approved()
    for revision in waiting_of(run):
        content: ApprovedContent = revision.content_object
        try:
            _approve(content, revision, run.by, by)
        except ApprovalRefusedError as refusal:
            result.refused.append((str(content), str(refusal)))
        else:
            result.released += 1
    return result


def waiting_of(run: ImportRun) -> list[Revision]:
    """The drafts of a run that were not released yet and that nobody has edited since."""
    model = SHEETS[run.uploaded.sheet].model
    latest = model._default_manager.filter(latest_revision__in=run.revisions).values("latest_revision")
    return list(Revision.objects.filter(pk__in=latest, release=None).order_by("pk"))


def approval_refusals(run: ImportRun, user: User) -> list[str]:
    """What stands against this account approving the run."""
    first = Revision.objects.filter(pk__in=run.revisions).first()
    return person_refusals(first, user) if first else []


@transaction.atomic
def _approve(content: ApprovedContent, revision: Revision, importer: User, by: User) -> None:
    state = content.current_workflow_task_state
    if state is None:
        content.get_workflow().start(content, importer)
        state = content.current_workflow_task_state
    if state.revision_id != revision.pk:
        raise ApprovalRefusedError(["Đang chờ phê duyệt một bản khác."])
    state.task.specific.on_action(state, by, "approve", comment=REMARK)


def _draft(content: ApprovedContent, by: User, action: str) -> int:
    """The plan has checked the content. Wagtail's index of references is renewed when it is approved and saved again."""
    with disable_reference_index_auto_update():
        if content.pk is None:
            content.save()
        revision = content.save_revision(user=by, clean=False)
    _log(revision, by, action)
    return int(revision.pk)


def _log(revision: Revision, by: User, action: str) -> None:
    """The entry of Wagtail's log, which the audit hears, as ``save_revision`` would write it; but without the check of
    each entry, which asks the database four times for what was just written."""
    entry = ModelLogEntry(
        content_type=revision.content_type,
        object_id=revision.object_id,
        label=revision.object_str,
        action=action,
        timestamp=timezone.now(),
        uuid=get_active_log_context().uuid,
        user=by,
        revision=revision,
        content_changed=True,
    )
    entry.save_base(force_insert=True)
