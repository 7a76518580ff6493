"""Puts the second factor into Wagtail's pages about accounts, and keeps those pages from what they must not do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry

from newsroom.accounts.models import User
from newsroom.accounts.second_factor import device_of

NEVER_DELETED = "Không xóa tài khoản, vì lịch sử và các bản phát hành còn ghi tên. Hãy bỏ chọn “Đang hoạt động”."
NOT_ONESELF = "Bạn không tự đổi vai trò của mình. Hãy nhờ một quản trị viên khác."


@hooks.register("register_account_menu_item")
def own_second_factor(request: HttpRequest) -> dict[str, Any]:
    """On the page of one's own account."""
    assert request.user.is_authenticated
    has_one = device_of(User.objects.get(pk=request.user.pk)) is not None
    state = "Đang bật. Nếu mất điện thoại, hãy nhờ quản trị viên gỡ." if has_one else "Chưa bật. Bấm để thiết lập."
    return {
        "url": reverse("accounts:enter" if has_one else "accounts:set-up"),
        "label": "Xác thực hai lớp",
        "help_text": state,
    }


@hooks.register("register_user_listing_buttons")
def second_factor_button(user: User, request_user: User) -> Iterator[Button]:
    """In the list of accounts, for administrators."""
    if user != request_user and request_user.has_perm("accounts.change_user") and device_of(user) is not None:
        yield Button("Gỡ xác thực hai lớp", reverse("accounts:forget", args=[user.pk]), icon_name="key", priority=60)


@hooks.register("before_delete_user")
def never_delete(request: HttpRequest, user: User) -> HttpResponse:
    """One by one."""
    messages.error(request, NEVER_DELETED)
    return redirect("wagtailusers_users:index")


@hooks.register("before_bulk_action")
def refuse_in_bulk(request: HttpRequest, kind: str, objects: Iterable[Any], action: Any) -> HttpResponse | None:
    """Many at once: no deleting of accounts, no role for oneself."""
    if action.model is not User:
        return None
    if kind == "delete":
        messages.error(request, NEVER_DELETED)
    elif kind == "assign_role" and request.user in objects:
        messages.error(request, NOT_ONESELF)
    else:
        return None
    return redirect("wagtailusers_users:index")


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the second factor writes into Wagtail's log."""
    actions.register_action("accounts.second_factor_set", "Bật xác thực hai lớp", "Đã bật xác thực hai lớp")
    actions.register_action("accounts.second_factor_forgotten", "Gỡ xác thực hai lớp", "Đã gỡ xác thực hai lớp")
