"""Brings the approval page into Wagtail's admin: in the menu, and on the page of content that waits."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState, WorkflowState
from wagtail.snippets.action_menu import ActionMenuItem


@hooks.register("register_admin_menu_item")
def waiting_menu_item() -> MenuItem:
    """The entry "Chờ duyệt"."""
    return MenuItem("Chờ duyệt", reverse("approval:waiting"), name="cho-duyet", icon_name="clipboard-list", order=100)


class WorkPanel(Component):
    """On the start page: how much waits, for approval and for the account's own changes."""

    name = "work"
    order = 100
    template_name = "approval/work_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Counts."""
        user = parent_context["request"].user
        return {
            "waiting": TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count(),
            "sent_back": WorkflowState.objects.filter(
                status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=user
            ).prefetch_related("content_object"),
        }


@hooks.register("construct_homepage_panels")
def add_work_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Adds the panel."""
    panels.append(WorkPanel())


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
