"""Where staff edit some content."""

from __future__ import annotations

from typing import Any

from django.urls import reverse


def edit_url(content: Any) -> str:
    """Address of Wagtail's editing page of a piece of content."""
    return reverse(content.snippet_viewset.get_url_name("edit"), args=[content.pk])


def history_url(content: Any) -> str:
    """Address of Wagtail's history page of a piece of content."""
    return reverse(content.snippet_viewset.get_url_name("history"), args=[content.pk])
