"""What did not arrive: shown to everybody at the desk, sent again by a lead, never blindly twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from contracts.clock import VIETNAM
from desk import acts
from desk.access import Operator, for_operators
from desk.clock import real_now
from desk.delivery_words import reason_text
from desk.handling import do, note
from desk.queue_page import DEAD_SHOWN_FOR, alarm_context, page_context, shortened
from desk.reasons import channel_name
from desk.transcript import time_text
from ledger.models import Author
from ledger.resending import DeadLetter, dead_letters


@dataclass(frozen=True, kw_only=True)
class Card:
    """A dead letter as the list shows it."""

    delivery_id: int
    conversation_id: str
    code: str
    who: str
    channel: str
    words: str
    has_picture: bool
    reason: str
    said: str
    failed: str
    resent_by: str


@require_GET
@for_operators
def dead_letter_page(request: HttpRequest, operator: Operator) -> HttpResponse:
    """The page with its list filled; the list renews itself."""
    context = page_context(operator) | _list(operator) | alarm_context()
    return render(request, "desk/dead_letters.html", context)


@require_GET
@for_operators
def dead_letter_part(request: HttpRequest, operator: Operator) -> HttpResponse:
    """The list alone."""
    return render(request, "desk/dead_letters_part.html", _list(operator))


@require_POST
@for_operators
def resend(request: HttpRequest, operator: Operator, conversation_id: str, delivery_id: int) -> HttpResponse:
    """Gửi lại."""
    refused = do(
        "resent", conversation_id, operator, lambda: acts.resend(conversation_id, operator, delivery_id, real_now())
    )
    note(request, refused, "Đã cho gửi lại. Hệ thống tìm tin này trên Zalo trước, rồi mới gửi.")
    return redirect(reverse("desk:dead-letters"))


def _list(operator: Operator) -> dict[str, Any]:
    now = real_now()
    letters = [_card(letter, now) for letter in dead_letters(now - DEAD_SHOWN_FOR)]
    return {"letters": letters, "may_resend": operator.leads}


def _card(letter: DeadLetter, now: datetime) -> Card:
    today = now.astimezone(VIETNAM).date()
    return Card(
        delivery_id=letter.delivery_id,
        conversation_id=letter.conversation_id,
        code=letter.conversation_id[:6],
        who=letter.actor or str(Author(letter.author).label),
        channel=channel_name(letter.channel),
        words=shortened(letter.text),
        has_picture=letter.image != "",
        reason=reason_text(letter.reason),
        said=time_text(letter.said_at, today),
        failed=time_text(letter.failed_at, today),
        resent_by=letter.resent_by,
    )
