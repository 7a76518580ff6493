"""Correcting: who found which release wrong and why, and what replaced it."""

from __future__ import annotations

from django.contrib.auth import get_permission_codename
from django.db import transaction

from contracts.text import clean_text
from newsroom.accounts.models import User
from newsroom.clock import content_now
from newsroom.releases.models import Correction, Release


class CorrectionRefusedError(Exception):
    """The message is for staff, in Vietnamese."""


def may_correct(user: User, release: Release) -> bool:
    """Whether the account may edit the content of a release; approvers may not, they could not approve it then."""
    content_type = release.revision.base_content_type
    codename = get_permission_codename("change", content_type.model_class()._meta)
    return user.is_active and user.has_perm(f"{content_type.app_label}.{codename}")


@transaction.atomic
def begin_correction(release: Release, by: User, reason: str) -> Correction:
    """Notes that a release is wrong; the new text takes the usual way, and replaces the old one when approved.

    Raises:
        CorrectionRefusedError: not an editor, no reason, replaced already, or its content is gone.
    """
    reason = clean_text(reason)
    if not may_correct(by, release):
        raise CorrectionRefusedError("Chỉ biên tập viên mới được đính chính. Người phê duyệt có thể thu hồi.")
    if not reason:
        raise CorrectionRefusedError("Bạn cần ghi lý do đính chính.")
    if replacement_of(release) is not None:
        raise CorrectionRefusedError("Bản này đã được thay bằng bản khác. Hãy đính chính bản mới nhất.")
    if release.revision.content_object is None:
        raise CorrectionRefusedError("Nội dung của bản này không còn. Hãy soạn nội dung mới.")
    correction = Correction(release=release, at=content_now(), by=by, reason=reason)
    correction.save()
    return correction


def replacement_of(release: Release) -> Release | None:
    """The release that stands in the place of another one; one retracted before it began never did."""
    later: Release
    for later in Release.objects.select_related("retraction").filter(supersedes=release.release_id):
        retraction = getattr(later, "retraction", None)
        if retraction is None or retraction.at >= later.valid_from:
            return later
    return None
