"""What one approver did alone is looked at by a second one within a day: urgent releases, and retractions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from contracts.text import clean_text
from newsroom.accounts.models import User
from newsroom.accounts.roles import is_approver
from newsroom.clock import content_now
from newsroom.releases.models import Release, Retraction, SecondReview

WITHIN = timedelta(hours=24)  # the urgent path of the department's rules: one approver now, a second within a day

Subject = SecondReview.Subject


class ReviewRefusedError(Exception):
    """The message is for staff, in Vietnamese."""


@dataclass(frozen=True, kw_only=True)
class SoleAct:
    """Something that one approver did alone. ``reason`` is that of a retraction; ``review`` is None while it waits."""

    subject: Subject
    release: Release
    by: str
    at: datetime
    reason: str
    review: SecondReview | None

    @property
    def due(self) -> datetime:
        """When the second person has to have looked."""
        return self.at + WITHIN

    def is_late(self, now: datetime) -> bool:
        """Whether nobody looked in time, up to now."""
        return (self.review.at if self.review else now) > self.due


def sole_acts() -> list[SoleAct]:
    """All of them, newest first."""
    reviews = {(review.subject, review.release_id): review for review in SecondReview.objects.select_related("by")}
    acts = [_of_release(release, reviews) for release in Release.objects.filter(urgent=True)]
    retractions = Retraction.objects.select_related("release", "by")
    acts += [_of_retraction(retraction, reviews) for retraction in retractions]
    return sorted(acts, key=lambda act: act.at, reverse=True)


def awaiting_review() -> list[SoleAct]:
    """Those that nobody looked at yet, the most pressing first."""
    return sorted((act for act in sole_acts() if act.review is None), key=lambda act: act.due)


def find_act(subject: str, release: Release) -> SoleAct | None:
    """The act of one kind on one release."""
    fitting = (act for act in sole_acts() if act.subject == subject and act.release.pk == release.pk)
    return next(fitting, None)


def review_refusal(act: SoleAct, user: User) -> str:
    """Why this account may not look at an act as the second person; "" when it may."""
    if act.review is not None:
        return "Việc này đã được xem xét."
    if not is_approver(user):
        return "Chỉ người phê duyệt mới được xem xét lại."
    if user.username == act.by:
        return "Bạn đã làm việc này. Người phê duyệt khác phải xem xét."
    if act.subject == Subject.RELEASE and user.username in act.release.authors:
        return "Bạn đã soạn bản này. Người phê duyệt khác phải xem xét."
    return ""


def review(act: SoleAct, by: User, *, agrees: bool, remark: str) -> SecondReview:
    """Records the second person's judgement; it changes nothing that is live.

    Raises:
        ReviewRefusedError: the wrong person, no remark with a disagreement, or somebody else was faster.
    """
    remark = clean_text(remark)
    if refusal := review_refusal(act, by):
        raise ReviewRefusedError(refusal)
    if not agrees and not remark:
        raise ReviewRefusedError("Bạn cần ghi lý do khi không đồng ý.")
    row = SecondReview(subject=act.subject, release=act.release, at=content_now(), by=by, agrees=agrees, remark=remark)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ReviewRefusedError("Việc này đã được xem xét.") from error
    return row


def _of_release(release: Release, reviews: dict[tuple[str, int], SecondReview]) -> SoleAct:
    return SoleAct(
        subject=Subject.RELEASE,
        release=release,
        by=release.approver,
        at=release.approved_at,
        reason="",
        review=reviews.get((Subject.RELEASE, release.pk)),
    )


def _of_retraction(retraction: Retraction, reviews: dict[tuple[str, int], SecondReview]) -> SoleAct:
    return SoleAct(
        subject=Subject.RETRACTION,
        release=retraction.release,
        by=retraction.by.username,
        at=retraction.at,
        reason=retraction.reason,
        review=reviews.get((Subject.RETRACTION, retraction.release_id)),
    )
