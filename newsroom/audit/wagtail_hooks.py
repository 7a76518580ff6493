"""The entry "Nhật ký" of the admin menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from newsroom.audit.views import may_audit


class LogMenuItem(MenuItem):
    """Shown to whoever may read the log."""

    def is_shown(self, request: HttpRequest) -> bool:
        """See parent class for the full docstring."""
        return may_audit(request)


@hooks.register("register_admin_menu_item")
def log_menu_item() -> MenuItem:
    """Leads to the log."""
    return LogMenuItem("Nhật ký", reverse("audit:log"), name="nhat-ky", icon_name="list-ul", order=600)
