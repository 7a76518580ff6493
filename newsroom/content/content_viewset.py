"""What the admin pages of all kinds of content have in common."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import Select
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.generic.mixins import CreateEditViewOptionalFeaturesMixin
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from newsroom.clock import content_now
from newsroom.content import reading_pages
from newsroom.content.models import ApprovedContent
from newsroom.content.names import NAMELESS, latest_name
from newsroom.content.previewing import AnyTextPreview, AnyTextPreviewOnCreate
from newsroom.content.state import state_of, with_state
from newsroom.places import place_choices


class PlaceSelect(Select):
    """A list of the province's units."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=place_choices())


class NameColumn(TitleColumn):
    """The link to a row's content, also where the draft has no name yet."""

    empty_value_display = NAMELESS


class ContentIndexView(IndexView):
    """Wagtail's list, which would not tell a draft from what residents are told."""

    def _get_title_column(self, field_name: str, **kwargs: Any) -> Column:
        accessor = latest_name if field_name == "__str__" else None
        return super()._get_title_column(field_name, NameColumn, accessor=accessor, **kwargs)

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """See parent class."""
        return [*super().columns, Column("state", label="Tình trạng", accessor=state_of)]


class CompleteWhenSubmitted(CreateEditViewOptionalFeaturesMixin):
    """A draft may lack things; what is submitted may not."""

    def is_valid(self, form: Any) -> bool:
        """Adds what is missing for approval to the form's errors when the action is to submit."""
        if not super().is_valid(form):
            return False
        if self.action not in {"submit", "restart-workflow"}:
            return True
        content: ApprovedContent = form.instance
        if content.valid_to and content.valid_to <= content_now():
            form.add_error("valid_to", "Thời điểm này đã qua, người dân sẽ không bao giờ được đọc nội dung này.")
        for field, message in content.missing_for_approval().items():
            form.add_error(field if field in form.fields else None, message)
        if form.errors:
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
        return not form.errors


class ContentCreateView(CompleteWhenSubmitted, CreateView):
    """Wagtail's page for new content, strict when submitting."""


class ContentEditView(CompleteWhenSubmitted, EditView):
    """Wagtail's page for editing, strict when submitting."""


def common_panels(*, placed: bool = True) -> list[Panel]:
    """Source, validity and the internal fields, the same for all kinds."""
    place = [FieldPanel("place", widget=PlaceSelect)] if placed else []
    validity = FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")])
    return [
        MultiFieldPanel([FieldPanel("source"), *place, validity], heading="Nguồn và hiệu lực"),
        MultiFieldPanel(
            [FieldPanel("urgent"), FieldPanel("internal_note")],
            heading="Nội bộ, không phát hành",
            classname="collapsed",
        ),
    ]


class ContentViewSet(SnippetViewSet):
    """Lists, edits and previews one kind of content. ``fields`` are names of fields, or panels of several."""

    index_view_class = ContentIndexView
    add_view_class = ContentCreateView
    edit_view_class = ContentEditView
    copy_view_enabled = False
    inspect_view_enabled = True  # for those who may read but not edit
    inspect_view_class = reading_pages.ContentInspectView
    inspect_view_fields_exclude = reading_pages.BOOKKEEPING
    history_view_class = reading_pages.ContentHistoryView
    revisions_view_class = reading_pages.ContentRevisionView
    revisions_compare_view_class = reading_pages.ContentCompareView
    usage_view_class = reading_pages.ContentUsageView
    workflow_history_view_class = reading_pages.ContentWorkflowHistoryView
    workflow_history_detail_view_class = reading_pages.ContentWorkflowDetailView
    list_per_page = 50
    fields: tuple[str | Panel, ...] = ()
    placed = True

    def __init__(self, **kwargs: Any) -> None:
        own = (FieldPanel(field) if isinstance(field, str) else field for field in self.fields)
        self.panels = [*own, *common_panels(placed=self.placed)]
        super().__init__(**kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """For the list, which shows title and state of each row's latest draft: read with the rows, not one by one."""
        rows: QuerySet[Any] = self.model._default_manager.select_related("latest_revision")
        return with_state(rows.defer("latest_revision__content"))


class TextViewSet(ContentViewSet):
    """Content that is one text; its preview follows every keystroke, mistakes included."""

    preview_on_add_view_class = AnyTextPreviewOnCreate
    preview_on_edit_view_class = AnyTextPreview
