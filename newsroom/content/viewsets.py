"""The admin pages of each kind of content."""

from __future__ import annotations

from typing import Any

from django.forms import Select
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.admin.views.generic.mixins import CreateEditViewOptionalFeaturesMixin
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet, SnippetViewSetGroup

from newsroom.content.kinds.bulletin import FIGURES
from newsroom.content.models import (
    ApprovedContent,
    Bulletin,
    FaqAnswer,
    Hotline,
    Menu,
    QuarantineRule,
    SafetyText,
    SourceDocument,
    SystemText,
    VaccinationSite,
)
from newsroom.places import place_choices


class PlaceSelect(Select):
    """A list of the province's units."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=place_choices())


class CompleteWhenSubmitted(CreateEditViewOptionalFeaturesMixin):
    """A draft may lack things; what is submitted may not."""

    def is_valid(self, form: Any) -> bool:
        """Adds what is missing for approval to the form's errors when the action is to submit."""
        if not super().is_valid(form):
            return False
        if self.action not in {"submit", "restart-workflow"}:
            return True
        content: ApprovedContent = form.instance
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
    """Lists, edits and previews one kind of content."""

    add_view_class = ContentCreateView
    edit_view_class = ContentEditView
    copy_view_enabled = False
    inspect_view_enabled = True  # for those who may read but not edit
    list_per_page = 50
    fields: tuple[str, ...] = ()
    placed = True

    def __init__(self, **kwargs: Any) -> None:
        self.panels = [*(FieldPanel(name) for name in self.fields), *common_panels(placed=self.placed)]
        super().__init__(**kwargs)


class FaqAnswerViewSet(ContentViewSet):
    """Questions and answers."""

    model = FaqAnswer
    icon = "help"
    fields = ("key", "title", "text", "buttons", "facts")
    list_display = ["__str__", "key", "valid_to"]
    search_fields = ["key", "title", "text"]


class BulletinViewSet(ContentViewSet):
    """Daily bulletins."""

    model = Bulletin
    icon = "calendar-alt"
    fields = ("number", "as_of", *FIGURES, "districts", "commentary", "advice")
    list_display = ["number", "as_of"]
    search_fields = ["number", "commentary"]


class VaccinationSiteViewSet(ContentViewSet):
    """Vaccination sites."""

    model = VaccinationSite
    icon = "site"
    fields = ("key", "name", "address", "lat", "lng", "hours", "sessions", "note", "demo")
    list_display = ["name", "address"]
    search_fields = ["key", "name", "address"]


class HotlineViewSet(ContentViewSet):
    """Public telephone numbers."""

    model = Hotline
    icon = "comment"
    fields = ("key", "name", "phone", "display", "need", "hours", "fee_note", "note")
    list_display = ["name", "phone"]
    search_fields = ["key", "name", "phone"]


class QuarantineRuleViewSet(ContentViewSet):
    """Quarantine rules."""

    model = QuarantineRule
    icon = "time"
    fields = ("key", "subject", "vaccinated", "isolate_days", "monitor_days", "tests", "text")
    list_display = ["__str__", "isolate_days", "monitor_days"]
    search_fields = ["key", "text"]


class SafetyTextViewSet(ContentViewSet):
    """Safety texts."""

    model = SafetyText
    icon = "warning"
    fields = ("key", "title", "text", "buttons")
    list_display = ["title", "key"]
    search_fields = ["key", "title", "text"]


class SystemTextViewSet(ContentViewSet):
    """Technical texts."""

    model = SystemText
    icon = "cogs"
    fields = ("key", "text")
    list_display = ["key"]
    search_fields = ["key", "text"]
    placed = False


class MenuViewSet(ContentViewSet):
    """Menus."""

    model = Menu
    icon = "list-ul"
    fields = ("key", "text", "buttons")
    list_display = ["key"]
    placed = False


class SourceDocumentViewSet(SnippetViewSet):
    """Source documents."""

    model = SourceDocument
    icon = "doc-full"
    list_display = ["number", "title", "issuer", "date"]
    search_fields = ["slug", "number", "title"]
    copy_view_enabled = False
    panels = [FieldPanel(name) for name in ("slug", "number", "title", "issuer", "date", "url")]


class ContentGroup(SnippetViewSetGroup):
    """The "Nội dung" entry of the admin menu."""

    menu_label = "Nội dung"
    menu_icon = "folder-open-inverse"
    menu_order = 200
    items = (
        FaqAnswerViewSet,
        BulletinViewSet,
        VaccinationSiteViewSet,
        HotlineViewSet,
        QuarantineRuleViewSet,
        SafetyTextViewSet,
        SystemTextViewSet,
        MenuViewSet,
        SourceDocumentViewSet,
    )
