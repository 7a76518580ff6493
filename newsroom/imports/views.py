"""Pages of import and export: upload, dry run, import, approval of a run."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin.auth import require_admin_access
from wagtail.models import Revision

from contracts.text import clean_text
from newsroom.accounts.models import User
from newsroom.audit.models import Event
from newsroom.audit.record import record
from newsroom.clock import content_now
from newsroom.content.models import ApprovedContent
from newsroom.imports.export import FAQ_HEADER, faq_rows, header, rows
from newsroom.imports.models import ImportRun, UploadedSheet
from newsroom.imports.reading import MAX_BYTES, FileError
from newsroom.imports.run import (
    ImportRefusedError,
    approval_refusals,
    approve_run,
    may_import,
    plan_of,
    run_import,
    waiting_of,
)
from newsroom.imports.sheets import SHEETS, Sheet
from newsroom.tables import FORMATS, table_response

SHOWN = 200  # problems on a page
RECENT = 20
FAQ = "cau-hoi"


class UploadForm(forms.Form):
    """Which sheet, and the file."""

    sheet = forms.ChoiceField(label="Loại dữ liệu", choices=[(sheet.name, sheet.title) for sheet in SHEETS.values()])
    file = forms.FileField(label="Tệp .xlsx hoặc .csv (bấm vào ô để chọn)", max_length=200)

    def clean_file(self) -> tuple[str, bytes]:
        """Name and bytes; a large file is not even read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(f"Tệp lớn hơn {MAX_BYTES // 1_000_000} MB. Hãy chia thành nhiều tệp.")
        return clean_text(file.name), file.read()


@require_admin_access
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Upload a file for the dry run; export; the last imports."""
    user = _user(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sheet = SHEETS[form.cleaned_data["sheet"]]
        _check(user, sheet)
        name, body = form.cleaned_data["file"]
        uploaded = UploadedSheet(sheet=sheet.name, name=name, body=body, at=content_now(), by=user)
        uploaded.save()
        return redirect("imports:dry-run", uploaded.pk)
    context = {
        "form": form,
        "sheets": SHEETS.values(),
        "formats": FORMATS,
        "may_import": any(may_import(user, sheet) for sheet in SHEETS.values()),
        "runs": ImportRun.objects.select_related("uploaded", "by").defer("uploaded__body").order_by("-pk")[:RECENT],
    }
    return render(request, "imports/start.html", context)


@require_admin_access
@require_http_methods(["GET", "POST"])
def dry_run(request: HttpRequest, uploaded_id: int) -> HttpResponse:
    """What the file would do, for everybody who reads content; POST does it."""
    uploaded = get_object_or_404(UploadedSheet, pk=uploaded_id)
    sheet = SHEETS[uploaded.sheet]
    try:
        if request.method == "POST":
            _check(_user(request), sheet)
            run = run_import(uploaded, _user(request))
            messages.success(request, f"Đã nhập {run.added + run.changed} bản nháp. Chờ người phê duyệt.")
            return redirect("imports:run", run.pk)
        plan = plan_of(uploaded)
    except ImportRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("imports:dry-run", uploaded.pk)
    except FileError as error:
        return render(request, "imports/dry_run.html", {"uploaded": uploaded, "sheet": sheet, "file_error": str(error)})
    context = {
        "uploaded": uploaded,
        "sheet": sheet,
        "plan": plan,
        "problems": plan.problems[:SHOWN],
        "may_import": may_import(_user(request), sheet),
    }
    return render(request, "imports/dry_run.html", context)


@require_admin_access
@require_http_methods(["GET", "POST"])
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """One import; an approver releases all its drafts by POST."""
    imported = get_object_or_404(ImportRun.objects.select_related("uploaded", "by"), pk=run_id)
    refusals = approval_refusals(imported, _user(request))
    refused: list[tuple[str, str]] = []
    if request.method == "POST" and refusals:
        messages.error(request, " ".join(refusals))
    elif request.method == "POST":
        approved = approve_run(imported, _user(request))
        refused = approved.refused
        messages.success(request, f"Đã phê duyệt và phát hành {approved.released} bản.")
    waiting = waiting_of(imported)
    context = {
        "run": imported,
        "sheet": SHEETS[imported.uploaded.sheet],
        "waiting": len(waiting),
        "refusals": refusals,
        "refused": refused[:SHOWN],
        "contents": _contents(waiting[:SHOWN]),
    }
    return render(request, "imports/run.html", context, status=403 if request.method == "POST" and refusals else 200)


@require_admin_access
@require_GET
def export(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """A sheet as XLSX or CSV; the questions as well."""
    if form not in FORMATS or name not in {*SHEETS, FAQ}:
        raise Http404
    record(Event.Area.EXPORT, "export", detail=f"{name}.{form}")
    if name == FAQ:
        return table_response(form, name, FAQ_HEADER, faq_rows())
    return table_response(form, name, header(SHEETS[name]), rows(SHEETS[name]))


@require_admin_access
@require_GET
def template(request: HttpRequest, name: str) -> HttpResponse:
    """An empty sheet with its titles."""
    if name not in SHEETS:
        raise Http404
    return table_response("xlsx", f"mau-{name}", header(SHEETS[name]), [])


def _contents(revisions: Sequence[Revision]) -> list[ApprovedContent]:
    """What the revisions hold, with their sources, in a few questions to the database."""
    prefetch_related_objects(revisions, "content_object__latest_revision")
    contents = [revision.as_object() for revision in revisions]
    prefetch_related_objects(contents, "source")
    return contents


def _check(user: User, sheet: Sheet) -> None:
    if not may_import(user, sheet):
        raise PermissionDenied


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
