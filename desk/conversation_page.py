"""One conversation: its transcript, who owns it, and the form to answer."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from contracts.clock import VIETNAM
from contracts.text import MAX_MESSAGE_CHARS
from desk.access import Operator, for_operators
from desk.clock import real_now
from desk.drafts import kept_draft
from desk.queue_page import alarm_context, page_context, waited_text
from desk.reasons import CLOSING_REASONS, URGENT, channel_name, priority_name, reason_name
from desk.transcript import lines_of, time_text
from desk.writing import writing_to
from ledger.desk_queries import transcript
from ledger.models import Conversation, State

PAGE_ROWS = 200
FORM_CHANNELS = frozenset({"zalo"})  # where contact details can be asked for


@require_GET
@for_operators
def conversation(request: HttpRequest, operator: Operator, conversation_id: str) -> HttpResponse:
    """The whole page; ``?truoc=ID`` shows the rows before that one."""
    context = page_context(operator)
    found = _find(conversation_id)
    context |= _panel(found, operator) | _transcript(request, found) | alarm_context()
    context |= {
        "draft": kept_draft(request, found.pk, operator.id) if context["is_mine"] else "",
        "reply_id": uuid.uuid4().hex,
    }
    return render(request, "desk/conversation.html", context)


@require_GET
@for_operators
def transcript_part(request: HttpRequest, operator: Operator, conversation_id: str) -> HttpResponse:
    """The newest rows alone."""
    return render(request, "desk/transcript_part.html", _transcript(request, _find(conversation_id)))


@require_GET
@for_operators
def panel_part(request: HttpRequest, operator: Operator, conversation_id: str) -> HttpResponse:
    """State and buttons alone."""
    return render(request, "desk/panel_part.html", _panel(_find(conversation_id), operator))


@require_GET
@for_operators
def closing(request: HttpRequest, operator: Operator, conversation_id: str) -> HttpResponse:
    """Asks why a conversation is closed in which the resident still waits for a person's first word."""
    context = page_context(operator) | _panel(_find(conversation_id), operator) | alarm_context()
    return render(request, "desk/closing.html", context | {"reasons": CLOSING_REASONS.items()})


def _find(conversation_id: str) -> Conversation:
    found = Conversation.objects.filter(pk=conversation_id).first()
    if found is None:
        raise Http404(f"conversation {conversation_id} does not exist")
    return found


def _panel(found: Conversation, operator: Operator) -> dict[str, Any]:
    now = real_now()
    return {
        "conversation_id": found.pk,
        "code": found.pk[:6],
        "state": found.state,
        "state_name": State(found.state).label,
        "channel": channel_name(found.channel),
        "reason": reason_name(found.reason) if found.reason else "",
        "priority": found.priority,
        "priority_name": priority_name(found.priority),
        "is_urgent": found.priority == URGENT,
        "waited": waited_text(found.waiting_since, now) if found.state == State.WAITING else "",
        "since": _time(found, now) if found.waiting_since else "",
        "owner": found.owner_name,
        "is_mine": found.state == State.HUMAN and found.owner_id == operator.id,
        "reader": operator.id,
        "may_take": found.state != State.HUMAN and found.erased_at is None,
        "may_return": found.state == State.HUMAN and (found.owner_id == operator.id or operator.leads),
        "erased": found.erased_at is not None,
        "longest": MAX_MESSAGE_CHARS,
        "writing": writing_to(found, now),
        "has_form": found.channel in FORM_CHANNELS,
    }


def _time(found: Conversation, now: Any) -> str:
    assert found.waiting_since is not None
    return time_text(found.waiting_since, now.astimezone(VIETNAM).date())


def _transcript(request: HttpRequest, found: Conversation) -> dict[str, Any]:
    before = request.GET.get("truoc", "")
    entries = transcript(found.pk, int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None)
    return {
        "conversation_id": found.pk,
        "lines": lines_of(entries, real_now().astimezone(VIETNAM).date()),
        "older": entries[0].pk if len(entries) == PAGE_ROWS else None,
        "is_past": bool(before),
    }
