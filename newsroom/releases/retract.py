"""Taking a release back."""

from __future__ import annotations

from django.db import transaction

from contracts.text import clean_text
from newsroom.accounts.models import User
from newsroom.accounts.roles import is_approver
from newsroom.clock import content_now
from newsroom.releases.issue import serialise_releases
from newsroom.releases.live import changing_live
from newsroom.releases.models import Release, Retraction


class RetractionRefusedError(Exception):
    """The message is for staff, in Vietnamese."""


@transaction.atomic
def retract(release: Release, by: User, reason: str) -> Retraction:
    """Takes a release back from now on; what it replaced stays replaced, and the content becomes a draft again.

    Raises:
        RetractionRefusedError: not an approver, no reason, or retracted before.
    """
    serialise_releases()
    reason = clean_text(reason)
    if not is_approver(by):
        raise RetractionRefusedError("Chỉ người phê duyệt mới được thu hồi.")
    if not reason:
        raise RetractionRefusedError("Bạn cần ghi lý do thu hồi.")
    if Retraction.objects.filter(release=release).exists():
        raise RetractionRefusedError("Bản phát hành này đã được thu hồi trước đó.")
    retraction = Retraction(release=release, at=content_now(), by=by, reason=reason)
    retraction.save()
    _take_down(release, by)
    return retraction


def _take_down(release: Release, by: User) -> None:
    """Marks the content as not live, when this release is the one that it shows."""
    content = release.revision.content_object
    if content is not None and content.live_revision_id == release.revision_id:
        with changing_live():
            content.unpublish(user=by)
