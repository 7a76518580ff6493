"""The log for auditors and administrators: read, narrow, export. No page changes it."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET
from wagtail.admin.auth import require_admin_access

from newsroom.accounts.models import User
from newsroom.accounts.roles import ADMINISTRATORS, AUDITORS
from newsroom.audit.models import Event
from newsroom.audit.record import record
from newsroom.audit.search import search, shown_time
from newsroom.audit.wording import action_name
from newsroom.tables import FORMATS, table_response

PER_PAGE = 50
MOST_EXPORTED = 100_000  # rows; a spreadsheet of more is of no use to anybody
HEADER = ("Lúc", "Mảng", "Việc", "Tài khoản", "Người làm", "Loại đối tượng", "Đối tượng", "Mã đối tượng", "Chi tiết")


def may_audit(request: HttpRequest) -> bool:
    """Auditors and administrators; being a superuser grants nothing here."""
    user = request.user
    return isinstance(user, User) and user.groups.filter(name__in=(AUDITORS, ADMINISTRATORS)).exists()


@require_admin_access
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Events, newest first."""
    _check(request)
    form, events = search(request.GET)
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("trang"))
    query = request.GET.copy()
    query.pop("trang", None)
    rows = [(event, shown_time(event), action_name(event.action)) for event in page]
    context = {"form": form, "page": page, "rows": rows, "query": query.urlencode(), "formats": FORMATS}
    return render(request, "audit/log.html", context)


@require_admin_access
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The same events as CSV or XLSX; the export is an event itself."""
    _check(request)
    if form not in FORMATS:
        raise Http404
    asked, events = search(request.GET)
    count = events.count()
    if not asked.is_valid() or count > MOST_EXPORTED:
        messages.error(request, f"Có {count} dòng, tối đa {MOST_EXPORTED}. Hãy chọn khoảng ngày ngắn hơn.")
        return redirect("audit:log")
    newest = events.values_list("pk", flat=True).first() or 0
    record(Event.Area.EXPORT, "export", detail=f"Nhật ký, {count} dòng, {form.upper()}. {request.GET.urlencode()}")
    return table_response(form, "nhat-ky", HEADER, _rows(events.filter(pk__lte=newest).iterator()))


def _rows(events: Iterator[Event]) -> Iterator[tuple[str, ...]]:
    for event in events:
        yield (
            f"{shown_time(event):%d/%m/%Y %H:%M:%S}",
            str(event.get_area_display()),
            action_name(event.action),
            event.actor,
            event.actor_name,
            event.subject_kind,
            event.subject,
            event.subject_id,
            event.detail,
        )


def _check(request: HttpRequest) -> None:
    if not may_audit(request):
        raise PermissionDenied
