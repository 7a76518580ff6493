"""The queue page and its parts: who waits, what is mine, what colleagues have, and the alarm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from contracts.clock import VIETNAM
from desk.access import Operator, for_operators, page_of
from desk.clock import demo_notice, real_now
from desk.reasons import ORDINARY, URGENT, channel_name, priority_name, reason_name
from desk.transcript import time_text
from desk.upkeep import UPKEEP
from ledger.credentials import disconnected
from ledger.desk_queries import Listed, alarms, owned, waiting
from ledger.reading import last_id
from ledger.resending import count_dead

SHORT = 110  # characters of a message in a list
DEAD_SHOWN_FOR = timedelta(days=7)  # after that no window is open any more


@dataclass(frozen=True, kw_only=True)
class Card:
    """A conversation as the lists show it. ``words`` are those that need a person; ``newest`` what came after them."""

    id: str
    code: str
    channel: str
    priority: int
    priority_name: str
    reason: str
    waited: str
    since: str
    owner: str
    words: str
    newest: str
    unanswered: bool

    @property
    def urgent(self) -> bool:
        """Whether it stands out in red."""
        return self.priority == URGENT


@require_GET
@for_operators
def queue(request: HttpRequest, operator: Operator) -> HttpResponse:
    """The page with its parts filled; they renew themselves by event stream."""
    return render(request, "desk/queue.html", page_context(operator) | _lists(operator) | alarm_context())


@require_GET
@for_operators
def queue_part(request: HttpRequest, operator: Operator) -> HttpResponse:
    """The lists alone."""
    return render(request, "desk/queue_part.html", _lists(operator))


@require_GET
@for_operators
def alarm_part(request: HttpRequest, operator: Operator) -> HttpResponse:
    """The alarm alone."""
    return render(request, "desk/alarm_part.html", alarm_context())


@require_POST
@for_operators
def log_out(request: HttpRequest, operator: Operator) -> HttpResponse:
    """Ends the session; the login page leads back to the queue."""
    logout(request)
    return redirect(page_of(None))


def page_context(operator: Operator) -> dict[str, Any]:
    """What every page needs. The cursor is read first: what comes later arrives by event stream."""
    return {"cursor": last_id(), "operator": operator, "demo": demo_notice(), "disconnected": disconnected()}


def alarm_context() -> dict[str, Any]:
    """``sounding``: names of the alarms, which change when a new danger comes; ``first`` leads to the first of them."""
    found = alarms()
    return {
        "sounding": [f"{conversation}:{row}" for conversation, row in found],
        "first": found[0][0] if found else "",
    }


def shortened(text: str) -> str:
    """One line of a message, cut at its end."""
    words = " ".join(text.split())
    return words if len(words) <= SHORT else f"{words[:SHORT].rstrip()}…"


def waited_text(since: datetime | None, now: datetime) -> str:
    """``dưới 1 phút``, ``5 phút``, ``2 giờ 10 phút``."""
    minutes = 0 if since is None else int((now - since).total_seconds() // 60)
    if minutes < 1:
        return "dưới 1 phút"
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} giờ" if hours else "", f"{rest} phút" if rest else "") if part)


def _lists(operator: Operator) -> dict[str, Any]:
    UPKEEP.run_when_due()
    now = real_now()
    held = owned()
    mine = [row for row in held if row.owner_id == operator.id]
    mine.sort(key=lambda row: not row.unanswered)
    return {
        "waiting": [_card(row, now) for row in waiting()],
        "mine": [_card(row, now) for row in mine],
        "others": [_card(row, now) for row in held if row.owner_id != operator.id],
        "dead": count_dead(now - DEAD_SHOWN_FOR),
    }


def _card(row: Listed, now: datetime) -> Card:
    since = row.waiting_since if row.state == "waiting" else row.last_at
    return Card(
        id=row.id,
        code=row.id[:6],
        channel=channel_name(row.channel),
        priority=row.priority or ORDINARY,
        priority_name=priority_name(row.priority),
        reason=reason_name(row.reason),
        waited=waited_text(since, now),
        since=time_text(since, now.astimezone(VIETNAM).date()) if since is not None else "",
        owner=row.owner_name,
        words=shortened(row.cause_words or row.last_words or ""),
        newest=shortened(row.last_words or "") if row.cause_words else "",
        unanswered=row.unanswered,
    )
