"""What every request of somebody logged in has to pass: a session that is not too old, and the second factor."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from newsroom.accounts.models import User
from newsroom.accounts.second_factor import device_of, must_have
from newsroom.clock import clock

LOGGED_IN_AT = "logged_in_at"
# Pages that somebody needs on the way in or out, and addresses that know no accounts.
OPEN = (
    "/xac-thuc/",
    "/admin/login/",
    "/admin/logout/",
    "/admin/jsi18n/",
    "/admin/sprite/",
    "/desk/dang-xuat/",
    "/static/",
)


def note_login(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Keeps in the session when it began."""
    request.session[LOGGED_IN_AT] = clock().real_now().isoformat()


user_logged_in.connect(note_login, dispatch_uid="newsroom.accounts.gate")


class AccountGate(MiddlewareMixin):
    """Ends sessions ``SESSION_LIMIT`` after their login, whatever was done in them; asks for the second factor."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """None lets the request through."""
        if request.path.startswith(OPEN) or not request.user.is_authenticated:
            return None
        if _too_old(request.session.get(LOGGED_IN_AT), settings.SESSION_LIMIT):
            logout(request)
            return redirect_to_login(request.get_full_path())
        passed = getattr(request.user, "otp_device", None) is not None  # set by django-otp's middleware
        if passed or not _needs_code(User.objects.get(pk=request.user.pk)):
            return None
        back = request.get_full_path() if request.method == "GET" else settings.LOGIN_REDIRECT_URL
        return HttpResponseRedirect(f"{reverse('accounts:enter')}?{urlencode({'next': back})}")


def _too_old(logged_in_at: str | None, limit: timedelta) -> bool:
    return logged_in_at is None or clock().real_now() - datetime.fromisoformat(logged_in_at) > limit


def _needs_code(user: User) -> bool:
    return device_of(user) is not None or must_have(user)
