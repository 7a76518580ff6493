"""Pages on which a second person looks at what one approver did alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.auth import require_admin_access

from newsroom.accounts.models import User
from newsroom.clock import content_now
from newsroom.releases.models import Release
from newsroom.releases.second_review import ReviewRefusedError, SoleAct, find_act, review, review_refusal, sole_acts

SHOWN = 200


@require_admin_access
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What waits first, then what was looked at, newest first."""
    assert isinstance(request.user, User)
    now = content_now()
    acts = sorted(sole_acts(), key=lambda act: act.review is not None)[:SHOWN]
    rows = [_row(act, request.user, now) for act in acts]
    return render(request, "releases/second_reviews.html", {"rows": rows})


@require_admin_access
@require_POST
def decide(request: HttpRequest, subject: str, release_id: str) -> HttpResponse:
    """``agrees=yes|no`` and a remark."""
    assert isinstance(request.user, User)
    act = find_act(subject, get_object_or_404(Release, release_id=release_id))
    if act is None:
        raise Http404
    agrees = request.POST.get("agrees") == "yes"
    try:
        review(act, request.user, agrees=agrees, remark=request.POST.get("remark", "")[:1000])
    except ReviewRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("releases:second-reviews")
    messages.success(request, "Đã ghi ý kiến của bạn.")
    return redirect("releases:second-reviews" if agrees else "releases:withdraw", *(() if agrees else (release_id,)))


def _row(act: SoleAct, user: User, now: datetime) -> dict[str, Any]:
    return {"act": act, "late": act.is_late(now), "refusal": review_refusal(act, user)}
