"""Puts the content into Wagtail's admin, without the buttons that would pass the approval by."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.snippets.action_menu import ActionMenuItem, PublishMenuItem, UnpublishMenuItem
from wagtail.snippets.models import register_snippet

from newsroom.approval.rules import released
from newsroom.content.models import ApprovedContent
from newsroom.content.viewsets import ContentGroup

register_snippet(ContentGroup)


@hooks.register("construct_snippet_action_menu")
def drop_publishing(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Superusers would see "Publish": content is published by approval and taken down by retraction only."""
    menu_items[:] = [item for item in menu_items if not isinstance(item, PublishMenuItem | UnpublishMenuItem)]


@hooks.register("before_delete_snippet")
def keep_what_was_released(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """What residents were told stays on record: such content is retracted, not deleted, one by one or in bulk."""
    for content in instances:
        if isinstance(content, ApprovedContent) and released(content).exists():
            messages.error(request, f"Không xóa được “{content}” vì đã từng phát hành. Hãy dùng “Thu hồi”.")
            return redirect(content.snippet_viewset.get_url_name("list"))
    return None
