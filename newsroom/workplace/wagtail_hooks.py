"""Wagtail's admin as this staff needs it: no pages, a demo banner, and only the entries of the daily work."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from contracts.reply import vietnamese_date
from newsroom.accounts.models import User
from newsroom.accounts.roles import ADMINISTRATORS, LEADS, OPERATORS
from newsroom.clock import clock
from newsroom.workplace.cards import cards_for

# These lead to what newsroom/workplace/closed.py keeps shut.
HIDDEN = frozenset({"explorer", "help", "reports", "images", "documents"})
HIDDEN_SETTINGS = frozenset({"workflows", "workflow-tasks", "groups", "collections", "sites"})


class DeskMenuItem(MenuItem):
    """Shown to whoever may enter the operators' desk."""

    def is_shown(self, request: HttpRequest) -> bool:
        """See parent class for the full docstring."""
        return request.user.groups.filter(name__in=(OPERATORS, LEADS, ADMINISTRATORS)).exists()


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> MenuItem:
    """Leads to the operators' desk."""
    return DeskMenuItem("Bàn trực", reverse("desk:queue"), name="ban-truc", icon_name="mail", order=50)


@hooks.register("construct_main_menu")
def hide_unused(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Drops the entries that lead to page trees and English help."""
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN]


@hooks.register("construct_settings_menu")
def hide_unused_settings(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """The same for the entries under "Cài đặt"."""
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN_SETTINGS]


class Cards(Component):
    """All of the start page: what waits for this account."""

    order = 100
    template_name = "workplace/cards.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """``{cards}``."""
        return {"cards": cards_for(User.objects.get(pk=parent_context["request"].user.pk))}


@hooks.register("construct_homepage_panels")
def start_page(request: HttpRequest, panels: list[Any]) -> None:
    """The cards instead of Wagtail's panels, which are about pages."""
    panels[:] = [Cards()]


@hooks.register("construct_homepage_summary_items")
def drop_page_summary(request: HttpRequest, summary_items: list[Any]) -> None:
    """Drops the count of pages."""
    summary_items.clear()


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    """The product's name in the menu, and in demonstration mode a line on every page that says so."""
    today = vietnamese_date(clock().content_now().date()) if clock().demo else ""
    return render_to_string("workplace/style.html", {"today": today})
