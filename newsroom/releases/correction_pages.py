"""Pages of what was corrected or taken back, with the residents who had been told the old text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.auth import require_admin_access

from newsroom.accounts.models import User
from newsroom.approval.admin_urls import edit_url
from newsroom.releases.correct import CorrectionRefusedError, begin_correction, replacement_of
from newsroom.releases.models import Correction, Release, Retraction
from newsroom.releases.told import Told, told

PER_PAGE = 30
BEGUN = "Đã ghi việc đính chính. Bạn sửa nội dung rồi gửi phê duyệt; bản cũ được thay ngay khi bản mới được duyệt."


@dataclass(frozen=True, kw_only=True)
class Change:
    """A correction or retraction in the list."""

    what: str
    release: Release
    at: datetime
    by: User
    reason: str

    @property
    def replacement(self) -> Release | None:
        """What residents are told instead, when something is."""
        return replacement_of(self.release)

    @property
    def told(self) -> list[Told] | None:
        """Who was told the old text."""
        return told(self.release.release_id)


class CorrectionForm(forms.Form):
    """The reason is kept with the correction."""

    reason = forms.CharField(label="Lý do đính chính", max_length=1000)


@require_admin_access
@require_GET
def changed(request: HttpRequest) -> HttpResponse:
    """Corrections and retractions, newest first."""
    corrections = Correction.objects.select_related("release", "by")
    retractions = Retraction.objects.select_related("release", "by")
    changes = [_change("Đính chính", row) for row in corrections] + [_change("Thu hồi", row) for row in retractions]
    changes.sort(key=lambda change: change.at, reverse=True)
    page = Paginator(changes, PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "releases/changed.html", {"page": page})


@require_admin_access
@require_POST
def correct(request: HttpRequest, release_id: str) -> HttpResponse:
    """Notes the correction and leads to the editing page of the content."""
    release = get_object_or_404(Release, release_id=release_id)
    assert isinstance(request.user, User)
    form = CorrectionForm(request.POST)
    try:
        begin_correction(release, request.user, form.cleaned_data["reason"] if form.is_valid() else "")
    except CorrectionRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("releases:withdraw", release_id)
    messages.success(request, BEGUN)
    return redirect(edit_url(release.revision.content_object))


def _change(what: str, row: Correction | Retraction) -> Change:
    return Change(what=what, release=row.release, at=row.at, by=row.by, reason=row.reason)
