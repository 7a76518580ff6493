"""Pages for staff: what is in force, one release, and taking it back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin.auth import require_admin_access

from contracts.reply import vietnamese_time
from newsroom.accounts.models import User
from newsroom.accounts.roles import is_approver
from newsroom.clock import content_now
from newsroom.places import place_name
from newsroom.releases.correct import may_correct, replacement_of
from newsroom.releases.in_force import in_force_now
from newsroom.releases.lines import KIND_NAMES, lines_of
from newsroom.releases.models import Release
from newsroom.releases.retract import RetractionRefusedError, retract
from newsroom.releases.told import told

PER_PAGE = 50


class RetractionForm(forms.Form):
    """The reason is kept with the retraction."""

    reason = forms.CharField(label="Lý do thu hồi", max_length=1000)


@require_admin_access
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Releases in force now, newest first; ``?loai=faq&tim=…`` narrows."""
    kind, words = request.GET.get("loai", ""), request.GET.get("tim", "").strip()
    holding = [release.id for release in in_force_now(content_now())]
    rows = Release.objects.filter(release_id__in=holding).order_by("-sequence")
    if kind:
        rows = rows.filter(kind=kind)
    if words:
        rows = rows.filter(key__icontains=words)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    shown = [(row, place_name(row.place)) for row in page]
    assert isinstance(request.user, User)
    narrowed = {"kinds": KIND_NAMES, "kind": kind, "words": words}
    context = {"page": page, "rows": shown, **narrowed, "may_retract": is_approver(request.user)}
    return render(request, "releases/listing.html", context)


@require_admin_access
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, release_id: str) -> HttpResponse:
    """Shows one release and who was told it; an approver takes it back by POST with a reason."""
    release = get_object_or_404(Release.objects.select_related("retraction__by"), release_id=release_id)
    assert isinstance(request.user, User)
    form, status = RetractionForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            retract(release, request.user, form.cleaned_data["reason"])
        except RetractionRefusedError as refusal:
            messages.error(request, str(refusal))
            status = 403
        else:
            messages.success(request, f"Đã thu hồi {release.key}. Trợ lý không còn trả lời bằng bản này.")
            return redirect("releases:changed")
    return render(
        request, "releases/withdraw.html", {**_one_release(release, request.user), "form": form}, status=status
    )


def _one_release(release: Release, user: User) -> dict[str, Any]:
    """What the page of a release shows."""
    shape = release.shape()
    replacement = replacement_of(release)
    return {
        "release": release,
        "retraction": getattr(release, "retraction", None),
        "replacement": replacement,
        "corrections": release.corrections.select_related("by").order_by("pk"),
        "kind": KIND_NAMES[release.kind],
        "lines": lines_of(shape.payload, shape.source),
        "approved_at": vietnamese_time(shape.approved_at),
        "valid_from": vietnamese_time(shape.valid_from),
        "valid_to": vietnamese_time(shape.valid_to) if shape.valid_to else "",
        "told": told(release.release_id),
        "may_retract": is_approver(user),
        "may_correct": replacement is None and may_correct(user, release),
    }
