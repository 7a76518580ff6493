"""Brings the approval page into Wagtail's admin: in the menu, and on the page of content that waits."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import TaskState
from wagtail.snippets.action_menu import ActionMenuItem


@hooks.register("register_admin_menu_item")
def waiting_menu_item() -> MenuItem:
    """The entry "Chờ duyệt"."""
    return MenuItem("Chờ duyệt", reverse("approval:waiting"), name="cho-duyet", icon_name="clipboard-list", order=100)


class ReviewMenuItem(ActionMenuItem):
    """On content under review: a link to its approval page, where the decision is made."""

    label = "Xem trang phê duyệt"
    name = "action-review"
    icon_name = "clipboard-list"
    template_name = "approval/review_menu_item.html"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Only while it waits."""
        return context["view"] == "edit" and context["instance"].current_workflow_task_state is not None

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """The submission's page."""
        state: TaskState = parent_context["instance"].current_workflow_task_state
        return reverse("approval:submission", args=[state.pk])


@hooks.register("construct_snippet_action_menu")
def decide_on_own_page(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Content under review is locked for all, so its form offers only the way to the approval page."""
    review = ReviewMenuItem(order=0)
    if (
        context.get("instance") is not None
        and hasattr(context["instance"], "approval_problems")
        and review.is_shown(context)
    ):
        menu_items.insert(0, review)
