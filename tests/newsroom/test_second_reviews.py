"""What one approver did alone waits for a second one, for 24 hours."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.releases.models import SecondReview
from newsroom.releases.retract import retract
from newsroom.releases.second_review import ReviewRefusedError, SoleAct, awaiting_review, review, sole_acts

pytestmark = pytest.mark.django_db(databases=["default", "ledger"])


def only(acts: list[SoleAct]) -> SoleAct:
    """The one act."""
    [act] = acts
    return act


def test_it_flags_urgent_releases_and_retractions_only(staff: Any, draft: Any, publish: Any, clock: Any) -> None:
    """The most pressing first."""
    plain = publish(draft())
    clock.forward(minutes=1)
    urgent = publish(draft(key="5k/xu_phat", urgent=True))
    clock.forward(minutes=1)
    retract(plain, staff.approver, "Sai")
    assert [(act.subject, act.release.pk) for act in awaiting_review()] == [
        ("release", urgent.pk),
        ("retraction", plain.pk),
    ]


def test_it_is_settled_by_a_second_approver(staff: Any, draft: Any, publish: Any) -> None:
    """By the page; the first one sees that it is not for them."""
    release = publish(draft(urgent=True))
    address = reverse("releases:second-review", args=["release", release.release_id])
    first, second = Client(), Client()
    first.force_login(staff.approver)
    second.force_login(staff.second_approver)
    assert "Người phê duyệt khác phải xem xét" in first.post(address, {"agrees": "yes"}, follow=True).content.decode()
    assert not SecondReview.objects.exists()
    second.post(address, {"agrees": "yes"})
    assert SecondReview.objects.get().by == staff.second_approver
    assert awaiting_review() == []


@pytest.mark.parametrize("who", ["editor", "approver"])
def test_it_refuses_the_wrong_person(who: str, staff: Any, draft: Any, publish: Any) -> None:
    """Neither who decided nor who may not approve."""
    publish(draft(urgent=True))
    with pytest.raises(ReviewRefusedError):
        review(only(sole_acts()), getattr(staff, who), agrees=True, remark="")


def test_it_refuses_the_author_of_an_urgent_release(staff: Any, draft: Any, publish: Any) -> None:
    """Although an approver, too."""
    publish(draft(staff.both, urgent=True))
    with pytest.raises(ReviewRefusedError, match="soạn"):
        review(only(sole_acts()), staff.both, agrees=True, remark="")


def test_it_wants_a_reason_for_a_disagreement(staff: Any, draft: Any, publish: Any) -> None:
    """And keeps it; the release stays until somebody withdraws it."""
    publish(draft(urgent=True))
    with pytest.raises(ReviewRefusedError, match="lý do"):
        review(only(sole_acts()), staff.second_approver, agrees=False, remark=" ")
    row = review(only(sole_acts()), staff.second_approver, agrees=False, remark="Thiếu văn bản")
    assert (row.agrees, row.remark) == (False, "Thiếu văn bản")


def test_it_takes_one_judgement_only(staff: Any, draft: Any, publish: Any) -> None:
    """Two approvers looked at the same page."""
    publish(draft(urgent=True))
    seen = only(sole_acts())
    review(seen, staff.second_approver, agrees=True, remark="")
    with pytest.raises(ReviewRefusedError, match="đã được xem xét"):
        review(seen, staff.both, agrees=False, remark="Không")


def test_it_says_what_is_overdue(staff: Any, draft: Any, publish: Any, clock: Any) -> None:
    """For the auditor, also after it was looked at too late."""
    publish(draft(urgent=True))
    clock.forward(hours=24)
    assert not only(sole_acts()).is_late(clock.now)
    clock.forward(minutes=1)
    assert only(sole_acts()).is_late(clock.now)
    client = Client()
    client.force_login(staff.editor)
    assert "Quá hạn" in client.get(reverse("releases:second-reviews")).content.decode()
    review(only(sole_acts()), staff.second_approver, agrees=True, remark="")
    clock.forward(days=3)
    assert only(sole_acts()).is_late(clock.now)
