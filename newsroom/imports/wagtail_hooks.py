"""The entry "Nhập, xuất tệp" of the admin menu."""

from __future__ import annotations

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_menu_item")
def files_menu_item() -> MenuItem:
    """Leads to import and export."""
    return MenuItem("Nhập, xuất tệp", reverse("imports:start"), name="tep", icon_name="table", order=400)
