"""Whether Zalo lets us write, and the way back when it does not: a one-time link on which an admin of the OA agrees."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from contracts.reply import vietnamese_time
from desk.access import Operator, for_operators, is_administrator
from desk.apps import DeskConfig
from desk.clock import real_now
from desk.queue_page import page_context
from ledger.credentials import connections, consent_address, make_link

CHANNEL = "zalo"


@dataclass(frozen=True, kw_only=True)
class Account:
    """An Official Account as the page shows it; ``trouble`` is empty while it works."""

    id: str
    state: str
    trouble: str


@require_GET
@for_operators
def connection(request: HttpRequest, operator: Operator) -> HttpResponse:
    """Every account with its state; administrators see the button."""
    return _page(request, operator)


@require_POST
@for_operators
def new_link(request: HttpRequest, operator: Operator) -> HttpResponse:
    """Shows a new link, once: only its fingerprint is kept. 403 for anybody but administrators."""
    if not is_administrator(request.user):
        return render(request, "desk/refused.html", status=403)
    config = apps.get_app_config("desk")
    assert isinstance(config, DeskConfig)
    return _page(request, operator, consent_address(config.callback_url, make_link(CHANNEL, real_now())))


def _page(request: HttpRequest, operator: Operator, link: str = "") -> HttpResponse:
    context = page_context(operator) | {
        "accounts": _accounts(),
        "link": link,
        "may_connect": is_administrator(request.user),
    }
    return render(request, "desk/connection.html", context)


def _accounts() -> list[Account]:
    now, shown = real_now(), []
    for account in connections(CHANNEL):
        if account.trouble:
            state = "Mất kết nối"
        elif account.expires_at <= now:
            state = f"Mã truy cập hết hạn lúc {vietnamese_time(account.expires_at)}, cổng chưa làm mới"
        else:
            state = f"Đang kết nối, mã truy cập dùng được đến {vietnamese_time(account.expires_at)}"
        shown.append(Account(id=account.account, state=state, trouble=account.trouble))
    return shown
