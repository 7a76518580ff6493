"""Everything that an approver has to see of one submission."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from wagtail.models import TaskState

from contracts.media import Picture, picture_of
from contracts.release import source_to_json
from contracts.reply import vietnamese_time
from newsroom.accounts.models import User
from newsroom.approval.admin_urls import edit_url
from newsroom.approval.difference import FieldChange, changes
from newsroom.approval.rules import authors, content_refusals, last_release, person_refusals
from newsroom.clock import clock
from newsroom.releases.issue import ReleaseDraft
from newsroom.releases.lines import KIND_NAMES, Line, lines_of
from newsroom.releases.models import Release
from newsroom.training.review import SentencesReview, sentences_review


@dataclass(frozen=True, kw_only=True)
class Review:
    """One submission as shown on its page. ``seen`` names exactly what is shown; approving repeats it.

    ``sentences`` is the change of examples that comes with an answer, with the report of its try-out.
    """

    state: TaskState
    kind: str
    title: str
    key: str
    authors: str
    submitted_at: str
    urgent: bool
    internal_note: str
    notes: list[str]
    previous: Release | None
    changes: list[FieldChange]
    picture: Picture | None
    person_refusals: list[str]
    content_refusals: list[str]
    edit_url: str
    seen: str
    sentences: SentencesReview | None


def review_of(state: TaskState, user: User) -> Review:
    """Collects the page's content for one account."""
    revision = state.revision
    content = revision.as_object()
    draft: ReleaseDraft = content.release_draft()
    previous = last_release(revision)
    return Review(
        state=state,
        kind=KIND_NAMES[draft.kind],
        title=str(content),
        key=draft.key,
        authors=", ".join(str(author or "không rõ") for author in authors(revision)),
        # Under the demo clock the page speaks of the content's day throughout.
        submitted_at=vietnamese_time(state.started_at + clock().offset),
        urgent=draft.urgent,
        internal_note=content.internal_note,
        notes=content.review_notes(),
        previous=previous,
        changes=changes(_released_lines(previous), draft_lines(draft)),
        picture=picture_of(draft.payload),
        person_refusals=person_refusals(revision, user),
        content_refusals=content_refusals(revision),
        edit_url=edit_url(content),
        seen=fingerprint_of(draft),
        sentences=sentences_review(revision, content),
    )


def draft_lines(draft: ReleaseDraft) -> list[Line]:
    """What would be released, with its validity."""
    return [*lines_of(draft.payload, draft.source), *_validity(draft.valid_from, draft.valid_to)]


def fingerprint_of(draft: ReleaseDraft) -> str:
    """Names what would be released: text, place, validity and the source's fields, which live outside the revision."""
    body: dict[str, Any] = {
        "payload": draft.payload,
        "slot": [draft.kind, draft.key, draft.place],
        "source": None if draft.source is None else source_to_json(draft.source),
        "validity": [str(draft.valid_from), str(draft.valid_to)],
    }
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _released_lines(release: Release | None) -> list[Line]:
    if release is None:
        return []
    shape = release.shape()
    return [*lines_of(shape.payload, shape.source), *_validity(shape.valid_from, shape.valid_to)]


def _validity(start: Any, end: Any) -> list[Line]:
    begins = [Line("Hiệu lực từ", vietnamese_time(start))] if start else []
    return [*begins, *([Line("Hiệu lực đến", vietnamese_time(end))] if end else [])]
