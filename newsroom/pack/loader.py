"""Loading a pack: each entry becomes a draft of the editor, is submitted, and is approved by the approver."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from newsroom.accounts.models import User
from newsroom.approval.refusal import ApprovalRefusedError
from newsroom.clock import content_now
from newsroom.content.models import MODEL_OF_KIND, ApprovedContent, SourceDocument
from newsroom.content.slots import stored_in_same_slot
from newsroom.pack.reader import Entry, PackError, contents, sources

REMARK = "Nạp từ gói nội dung"


@dataclass
class Tally:
    """How many entries were added and how many were there already."""

    added: int = 0
    kept: int = 0


@transaction.atomic
def load(folder: Path, editor: User, approver: User) -> Tally:
    """Loads what is missing, all or nothing; what exists is left as it is, edited or not.

    Raises:
        PackError: an entry cannot be used.
    """
    tally = Tally()
    for entry in sources(folder):
        _count(tally, _add_source(entry, editor))
    for entry in contents(folder):
        _count(tally, _add_content(entry, editor, approver))
    return tally


def approve(content: ApprovedContent, editor: User, approver: User) -> None:
    """Submits the latest draft as the editor and approves it as the approver, through the workflow.

    Raises:
        ApprovalRefusedError: the rules forbid it.
    """
    content.get_workflow().start(content, editor)
    state = content.current_workflow_task_state
    state.task.specific.on_action(state, approver, "approve", comment=REMARK)


def _count(tally: Tally, added: bool) -> None:
    if added:
        tally.added += 1
    else:
        tally.kept += 1


def _add_source(entry: Entry, editor: User) -> bool:
    slug = str(entry.body.get("id", ""))
    if SourceDocument.objects.filter(slug=slug).exists():
        return False
    document = SourceDocument(slug=slug)
    document.fill(entry.body)
    try:
        document.full_clean()
    except ValidationError as error:
        raise PackError(f"{entry.where}: {'; '.join(error.messages)}") from error
    document.save()
    document.save_revision(user=editor, log_action="wagtail.create")
    return True


def _add_content(entry: Entry, editor: User, approver: User) -> bool:
    content = MODEL_OF_KIND[entry.kind]()
    try:
        content.fill(entry.body)
        if stored_in_same_slot(content) is not None:
            return False
        # What the pack gives no start holds from the beginning of the day on which it is loaded.
        content.valid_from = content.valid_from or content_now().replace(hour=0, minute=0, second=0, microsecond=0)
        content.full_clean()
        content.save()
        content.save_revision(user=editor, log_action="wagtail.create")
        approve(content, editor, approver)
    except ValidationError as error:
        raise PackError(f"{entry.where}: {'; '.join(error.messages)}") from error
    except ApprovalRefusedError as error:
        raise PackError(f"{entry.where}: {' '.join(error.reasons)}") from error
    return True
