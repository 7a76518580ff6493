"""Pages of the daily bulletin: where today's stands, and each bulletin in all forms in which it goes out."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET
from wagtail.admin.auth import require_admin_access

from contracts.bulletin import bulletin_as_of, bulletin_title, figure_lines
from contracts.reply import source_line, vietnamese_date, vietnamese_time
from newsroom.approval.admin_urls import edit_url
from newsroom.audit.models import Event
from newsroom.audit.record import record
from newsroom.bulletins.day import Timing, state_of_day, timing_of
from newsroom.bulletins.forms.chat import chat_messages
from newsroom.bulletins.forms.edition import Edition, edition_of
from newsroom.bulletins.forms.loudspeaker import loudspeaker_script
from newsroom.bulletins.forms.pdf import bulletin_pdf
from newsroom.bulletins.forms.sms import sms_parts
from newsroom.clock import content_now
from newsroom.content.models import Bulletin
from newsroom.content.pictures import content_type

PER_PAGE = 30


@require_admin_access
@require_GET
def day(request: HttpRequest) -> HttpResponse:
    """Where today's bulletin stands by the 17:00 clock, and the bulletins, newest first, late ones marked."""
    now = content_now()
    state, last = state_of_day(now)
    page = Paginator(Bulletin.objects.order_by("-as_of"), PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "state": state.value,
        "today": vietnamese_date(now.date()),
        "last": bulletin_title(last.payload) if last else "",
        "page": page,
        "rows": [(bulletin, timing_of(bulletin)) for bulletin in page],
        "late": Timing.LATE,
    }
    return render(request, "bulletins/day.html", context)


@require_admin_access
@require_GET
def forms(request: HttpRequest, pk: int) -> HttpResponse:
    """One bulletin in every form."""
    bulletin = get_object_or_404(Bulletin, pk=pk)
    edition = edition_of(bulletin)
    context = {
        "bulletin": bulletin,
        "edition": edition,
        "edit_url": edit_url(bulletin),
        "messages_of_chat": chat_messages(edition),
        "sms": [(part, len(part)) for part in sms_parts(edition)],
        "script": loudspeaker_script(edition),
        "files": FILES,
        **_shown(edition),
    }
    return render(request, "bulletins/forms.html", context)


@require_admin_access
@require_GET
def file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One form as a file; ``name`` is one of ``FILES``."""
    if name not in FILES:
        raise Http404
    _, content_type, make = FILES[name]
    bulletin = get_object_or_404(Bulletin, pk=pk)
    edition = edition_of(bulletin)
    status = "bản nháp" if edition.draft else "bản đã phát hành"
    record(Event.Area.EXPORT, "export", bulletin, detail=f"{name}, {status}")
    stem = f"ban-tin-{bulletin_as_of(edition.payload):%Y-%m-%d}{'-nhap' if edition.draft else ''}"
    response = HttpResponse(make(edition), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{stem}-{name}"'
    return response


def portal_page(edition: Edition) -> str:
    """A page of its own for the department's portal: no script, nothing fetched from elsewhere."""
    return render_to_string(
        "bulletins/portal.html", {"edition": edition, "picture_data": _inline(edition), **_shown(edition)}
    )


def _inline(edition: Edition) -> str:
    """The picture as a data address: the page goes to the portal as one file."""
    path = edition.picture
    return f"data:{content_type(path)};base64,{b64encode(path.read_bytes()).decode()}" if path else ""


def _shown(edition: Edition) -> dict[str, object]:
    return {
        "title": bulletin_title(edition.payload),
        "as_of": vietnamese_time(bulletin_as_of(edition.payload)),
        "figures": [line.split(": ", 1) for line in figure_lines(edition.payload)],
        "source": source_line(edition.source) if edition.source else "",
    }


def _text(make: Callable[[Edition], str]) -> Callable[[Edition], bytes]:
    """A draft's text file says in its first line that it is one."""
    return lambda edition: (("BẢN NHÁP, CHƯA PHÁT HÀNH\n\n" if edition.draft else "") + make(edition)).encode()


_PLAIN = "text/plain; charset=utf-8"
FILES: dict[str, tuple[str, str, Callable[[Edition], bytes]]] = {
    "zalo.txt": ("Tin nhắn Zalo", _PLAIN, _text(lambda edition: "\n\n----\n\n".join(chat_messages(edition)))),
    "sms.txt": ("SMS không dấu", _PLAIN, _text(lambda edition: "\n".join(sms_parts(edition)))),
    "loa.txt": ("Kịch bản phát thanh", _PLAIN, _text(loudspeaker_script)),
    "trang.html": ("Trang cổng thông tin", "text/html; charset=utf-8", lambda edition: portal_page(edition).encode()),
    "in.pdf": ("PDF", "application/pdf", bulletin_pdf),
}
