"""The pages under ``/xac-thuc/``: set the second factor up, type the code, take it from somebody who lost it."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_otp import login as pass_second_factor
from wagtail.admin.auth import require_admin_access

from newsroom.accounts import second_factor
from newsroom.accounts.models import User
from newsroom.audit.models import Event
from newsroom.audit.record import record

WRONG = "Mã không đúng hoặc đã dùng. Hãy nhập mã đang hiện trên ứng dụng."


class CodeForm(forms.Form):
    """Six digits; spaces between them are forgiven."""

    code = forms.CharField(label="Mã 6 chữ số", max_length=12)

    def clean_code(self) -> str:
        """The digits alone."""
        return "".join(self.cleaned_data["code"].split())


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Asks for the code after the password."""
    device = second_factor.device_of(_user(request))
    if device is None:
        return redirect(f"{request.path}thiet-lap/?next={_next(request)}")
    problem = ""
    if request.method == "POST":
        form = CodeForm(request.POST)
        if form.is_valid() and second_factor.verify(device, form.cleaned_data["code"]) is not None:
            pass_second_factor(request, device)
            return redirect(_next(request))
        _note_failure(device.user)
        device.refresh_from_db()
        problem = _problem(second_factor.waiting_seconds(device))
    return render(request, "accounts/enter_code.html", {"problem": problem, "next": _next(request)})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Shows the secret of a new device, once, and takes the first code. Whoever has a device never sees one again."""
    user = _user(request)
    if second_factor.device_of(user) is not None:
        return redirect("accounts:enter")
    problem = ""
    if request.method == "POST":
        form = CodeForm(request.POST)
        device = second_factor.confirm(user, form.cleaned_data["code"]) if form.is_valid() else None
        if device is not None:
            pass_second_factor(request, device)
            messages.success(request, "Đã bật xác thực hai lớp cho tài khoản của bạn.")
            return redirect(_next(request))
        _note_failure(user)
        problem = _problem(second_factor.waiting_seconds(second_factor.new_device(user)))
    device = second_factor.new_device(user)
    context = {
        "problem": problem,
        "next": _next(request),
        "secret": second_factor.typed_secret(device),
        "picture": mark_safe(second_factor.qr_code(device)),  # noqa: S308 -- drawn here, from our own address
        "must_have": second_factor.must_have(user),
    }
    return render(request, "accounts/set_up.html", context)


@require_admin_access
@require_http_methods(["GET", "POST"])
def forget(request: HttpRequest, user_id: int) -> HttpResponse:
    """Administrators remove the second factor of somebody else; the next login sets a new one up."""
    administrator, owner = _user(request), get_object_or_404(User, pk=user_id)
    if not administrator.has_perm("accounts.change_user") or owner == administrator:
        raise PermissionDenied
    if request.method == "POST":
        second_factor.forget(owner, administrator)
        messages.success(request, f"Đã gỡ xác thực hai lớp của {owner}.")
        return redirect("wagtailusers_users:edit", owner.pk)
    return render(request, "accounts/forget.html", {"owner": owner, "device": second_factor.device_of(owner)})


def _note_failure(user: User) -> None:
    record(Event.Area.LOGIN, "second_factor_failed", user, actor=user)


def _problem(seconds: int) -> str:
    return f"{WRONG} Bạn chờ {seconds} giây rồi thử lại." if seconds else WRONG


def _next(request: HttpRequest) -> str:
    """Where to go on: an address of this site only."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if own else settings.LOGIN_REDIRECT_URL


def _user(request: HttpRequest) -> User:
    user = request.user
    assert user.is_authenticated
    return User.objects.get(pk=user.pk)
