"""The daily bulletin in the admin menu, and its forms beside each bulletin in the list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from newsroom.content.models import Bulletin


@hooks.register("register_admin_menu_item")
def day_menu_item() -> MenuItem:
    """Where today's bulletin stands."""
    return MenuItem("Bản tin 17 giờ", reverse("bulletins:day"), name="ban-tin", icon_name="calendar-alt", order=250)


@hooks.register("register_snippet_listing_buttons")
def forms_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Zalo, SMS, loudspeaker, PDF."""
    if isinstance(snippet, Bulletin):
        yield Button("Các dạng phát hành", reverse("bulletins:forms", args=[snippet.pk]), priority=15)
