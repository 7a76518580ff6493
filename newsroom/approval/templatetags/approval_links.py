"""Links from templates to the pages where content is edited."""

from __future__ import annotations

from typing import Any

from django import template

from newsroom.approval.admin_urls import edit_url

register = template.Library()


@register.simple_tag
def edit_link(content: Any) -> str:
    """The address of the editing page of some content."""
    return edit_url(content)
