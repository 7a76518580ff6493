"""Who may enter the desk: active accounts in one of three groups. Being a superuser grants nothing here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse

# The newsroom creates these groups (newsroom/accounts/roles.py); a test holds the names together.
OPERATORS = "Trực ban"
LEADS = "Trưởng ca"
ADMINISTRATORS = "Quản trị"
ADMITTED = (OPERATORS, LEADS, ADMINISTRATORS)

MAX_ID = 64
MAX_NAME = 128
# Marks requests of the page's own script, which wants a status to act on instead of a login page.
SCRIPT_HEADER = "X-Desk"
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'self'"
)


@dataclass(frozen=True, kw_only=True)
class Operator:
    """Whoever sits at the desk: id and display name as the ledger keeps them; a lead may return others' conversations."""

    id: str
    name: str
    leads: bool


def operator_of(user: AbstractBaseUser | AnonymousUser) -> Operator | None:
    """The operator that this account is, None when it may not enter."""
    if not isinstance(user, AbstractUser) or not user.is_active:
        return None
    groups = set(user.groups.filter(name__in=ADMITTED).values_list("name", flat=True))
    if not groups:
        return None
    name = user.get_full_name() or user.get_username()
    return Operator(id=str(user.pk)[:MAX_ID], name=name[:MAX_NAME], leads=groups != {OPERATORS})


def is_administrator(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether the account may connect channels."""
    return isinstance(user, AbstractUser) and user.is_active and user.groups.filter(name=ADMINISTRATORS).exists()


def refusal(request: HttpRequest, back: str) -> HttpResponse:
    """The answer to a request that may not enter: the login page (401 to scripts), or a page that says why not."""
    if request.user.is_authenticated:
        return render(request, "desk/refused.html", status=403)
    login = redirect_to_login(back)
    if SCRIPT_HEADER in request.headers:
        return JsonResponse({"login": login["Location"]}, status=401)
    return login


def page_of(conversation_id: str | None) -> str:
    """Where a person goes on after logging in: the conversation's page, else the queue."""
    return reverse("desk:conversation", args=[conversation_id]) if conversation_id else reverse("desk:queue")


def secured(response: HttpResponseBase) -> HttpResponseBase:
    """Headers of every answer of the desk: nothing of others runs in it, and no copy of a conversation stays behind."""
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


def for_operators(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Calls ``view(request, operator, …)`` for operators only."""

    @wraps(view)
    def guarded(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        operator = operator_of(request.user)
        if operator is None:
            return secured(refusal(request, page_of(arguments.get("conversation_id"))))
        return secured(view(request, operator, **arguments))

    return guarded
