"""What those may see of one piece of content who read it but do not edit it: fields, history, every version, comparisons.

Wagtail wants the permission to change for all of it; approvers and auditors have to know what was there before.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import reverse
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import (
    HistoryView,
    InspectView,
    PreviewRevisionView,
    RevisionsCompareView,
    UsageView,
    WorkflowHistoryDetailView,
    WorkflowHistoryView,
)

WORDS = {None: "(trống)", "": "(trống)", True: "Có", False: "Không"}
# Wagtail's own bookkeeping; its history page shows it better.
BOOKKEEPING = (
    *("id", "locked", "locked_at", "locked_by", "latest_revision", "live_revision", "approved_schedule"),
    *("has_unpublished_changes", "first_published_at", "last_published_at", "go_live_at", "expire_at", "expired"),
)


class ContentInspectView(InspectView):
    """Wagtail's page of fields with less in it, and with a way to the history."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """See parent class for the full docstring."""
        address = reverse(self.object.snippet_viewset.get_url_name("history"), args=[self.object.pk])
        return [*super().header_more_buttons, Button("Lịch sử", url=address, icon_name="history", priority=30)]

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """See parent class for the full docstring."""
        value = super().get_field_display_value(field_name, field)
        return WORDS.get(value, value) if value is None or isinstance(value, str | bool) else value


class ContentHistoryView(HistoryView):
    """Who did what when."""

    any_permission_required = ("view",)


class ContentRevisionView(PreviewRevisionView):
    """One version, as residents would see it."""

    permission_required = "view"


class ContentCompareView(RevisionsCompareView):
    """Two versions side by side."""

    permission_required = "view"


class ContentUsageView(UsageView):
    """What refers to it."""

    permission_required = "view"


class ContentWorkflowHistoryView(WorkflowHistoryView):
    """Its submissions."""

    permission_required = "view"


class ContentWorkflowDetailView(WorkflowHistoryDetailView):
    """One submission."""

    permission_required = "view"
