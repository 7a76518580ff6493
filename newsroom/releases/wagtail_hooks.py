"""The entries of the admin menu about releases."""

from __future__ import annotations

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

_said = Menu(register_hook_name="register_release_menu_item")


@hooks.register("register_admin_menu_item")
def releases_menu() -> SubmenuMenuItem:
    """The group "Đã phát hành"."""
    return SubmenuMenuItem("Đã phát hành", _said, name="phat-hanh", icon_name="view", order=300)


@hooks.register("register_release_menu_item")
def in_force_menu_item() -> MenuItem:
    """The releases in force."""
    return MenuItem("Đang phát hành", reverse("releases:listing"), name="dang-phat-hanh", icon_name="view", order=10)


@hooks.register("register_release_menu_item")
def changed_menu_item() -> MenuItem:
    """What was corrected or taken back."""
    return MenuItem("Đính chính, thu hồi", reverse("releases:changed"), name="dinh-chinh", icon_name="rotate", order=20)


@hooks.register("register_release_menu_item")
def second_reviews_menu_item() -> MenuItem:
    """What one approver did alone."""
    address = reverse("releases:second-reviews")
    return MenuItem("Xem xét lại", address, name="xem-xet-lai", icon_name="clipboard-list", order=30)


@hooks.register("register_release_menu_item")
def said_menu_item() -> MenuItem:
    """Time travel."""
    return MenuItem("Đã nói gì", reverse("releases:said"), name="da-noi-gi", icon_name="history", order=40)
