"""The entry "Đang phát hành" of the admin menu."""

from __future__ import annotations

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_menu_item")
def releases_menu_item() -> MenuItem:
    """Leads to the releases in force."""
    return MenuItem("Đang phát hành", reverse("releases:listing"), name="phat-hanh", icon_name="view", order=300)
