"""The entry "Huấn luyện" of the admin menu, and "Thử nghiệm" on the form of an answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.action_menu import ActionMenuItem


@hooks.register("register_admin_menu_item")
def training_menu_item() -> MenuItem:
    """Leads to the trainings and models."""
    return MenuItem("Huấn luyện", reverse("training:overview"), name="huan-luyen", icon_name="cogs", order=350)


class TryOutMenuItem(ActionMenuItem):
    """On an answer with a saved draft: the way to its try-out."""

    label = "Thử nghiệm"
    name = "action-try-out"
    icon_name = "view"
    template_name = "training/try_out_menu_item.html"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Where there are examples and a draft."""
        content: Any = context.get("instance")
        return context["view"] == "edit" and hasattr(content, "test_questions") and bool(content.latest_revision_id)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """The page of the draft that was saved last."""
        return reverse("training:try_out", args=[parent_context["instance"].latest_revision_id])


@hooks.register("construct_snippet_action_menu")
def offer_try_out(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Adds the item behind the others."""
    item = TryOutMenuItem(order=90)
    if item.is_shown(context):
        menu_items.append(item)
