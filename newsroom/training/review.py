"""What the author and the approver see of a draft's change of examples: lists, warnings, and the try-out's report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail.models import Revision

from newsroom.training.alike import warnings_for
from newsroom.training.changes import last_try_out, lists_in, needs_reason
from newsroom.training.models import TrainingJob
from newsroom.training.report_page import ReportPage, report_page
from newsroom.training.standing import standing

State = TrainingJob.State


@dataclass(frozen=True, kw_only=True)
class SentencesReview:
    """One draft's change. ``job`` is its last try-out, ``page`` the report of it."""

    revision: int
    tried: str
    is_new_key: bool
    examples_added: tuple[str, ...]
    examples_removed: tuple[str, ...]
    questions_added: tuple[str, ...]
    questions_removed: tuple[str, ...]
    warnings: tuple[str, ...]
    job: TrainingJob | None
    page: ReportPage | None
    needs_reason: bool

    @property
    def active(self) -> bool:
        """Whether the try-out has not ended yet."""
        return self.job is not None and self.job.state in {State.QUEUED, State.RUNNING}


def sentences_review(revision: Revision, content: Any) -> SentencesReview | None:
    """The review of a draft, None when it brings no new lists."""
    lists = lists_in(content) if hasattr(content, "test_questions") else None
    if lists is None:
        return None
    before = standing(content.key)
    job = last_try_out(content.key, lists)
    reported = job is not None and job.state == State.DONE and job.report
    return SentencesReview(
        revision=revision.pk,
        tried=lists.fingerprint(content.key),
        is_new_key=not before.examples,
        examples_added=_without(lists.examples, before.examples),
        examples_removed=_without(before.examples, lists.examples),
        questions_added=_without(lists.questions, before.questions),
        questions_removed=_without(before.questions, lists.questions),
        warnings=tuple(warnings_for(content.key, lists.examples)),
        job=job,
        page=report_page(job.report, {content.key: str(content)}) if job is not None and reported else None,
        needs_reason=needs_reason(job),
    )


def _without(lines: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    known = set(others)
    return tuple(line for line in lines if line not in known)
