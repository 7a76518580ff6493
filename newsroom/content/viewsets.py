"""The admin pages of each kind of content."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from contracts.bulletin import FIGURES
from newsroom.content.content_viewset import ContentViewSet, TextViewSet
from newsroom.content.models import (
    Bulletin,
    FactCheck,
    FaqAnswer,
    HealthOffice,
    Hotline,
    Menu,
    QuarantineRule,
    SafetyText,
    ServiceQuestion,
    SourceDocument,
    SystemText,
    VaccinationSite,
)

_MEDIA = MultiFieldPanel(
    [
        *(FieldPanel(name) for name in ("picture", "picture_text", "picture_credit")),
        *(FieldPanel(name) for name in ("video", "video_credit", "attachments")),
    ],
    heading="Hình, video và tệp kèm theo",
    classname="collapsed",
)


class FaqAnswerViewSet(TextViewSet):
    """Questions and answers."""

    model = FaqAnswer
    icon = "help"
    fields = ("key", "title", "text", "buttons", "facts", _MEDIA, "examples", "test_questions")
    list_display = ["__str__", "key", "valid_to"]
    search_fields = ["key", "title", "text"]


class ServiceQuestionViewSet(ContentViewSet):
    """How residents ask for what is looked up."""

    model = ServiceQuestion
    icon = "search"
    fields = ("key", "title", "examples", "test_questions")
    list_display = ["title", "key"]
    search_fields = ["key", "title"]
    placed = False


class BulletinViewSet(ContentViewSet):
    """Daily bulletins."""

    model = Bulletin
    icon = "calendar-alt"
    fields = (
        *("number", "as_of", *FIGURES, "districts", "commentary", "advice"),
        *("picture", "picture_text", "picture_credit", "attachments", "figures_note"),
    )
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


class HealthOfficeViewSet(ContentViewSet):
    """Health offices."""

    model = HealthOffice
    icon = "home"
    fields = ("key", "type", "name", "address", "phone", "hours", "note", "demo")
    list_display = ["name", "address"]
    search_fields = ["key", "name", "address"]


class QuarantineRuleViewSet(ContentViewSet):
    """Quarantine rules."""

    model = QuarantineRule
    icon = "time"
    fields = ("key", "subject", "vaccinated", "isolate_days", "monitor_days", "tests", "text")
    list_display = ["__str__", "isolate_days", "monitor_days"]
    search_fields = ["key", "text"]


class FactCheckViewSet(ContentViewSet):
    """Fact-checks."""

    model = FactCheck
    icon = "search"
    fields = ("key", "claim", "wordings", "verdict", "explanation", "buttons")
    list_display = ["claim", "verdict"]
    search_fields = ["key", "claim", "explanation"]


class SafetyTextViewSet(TextViewSet):
    """Safety texts."""

    model = SafetyText
    icon = "warning"
    fields = ("key", "title", "text", "buttons", "examples", "test_questions")
    list_display = ["title", "key"]
    search_fields = ["key", "title", "text"]


class SystemTextViewSet(TextViewSet):
    """Technical texts."""

    model = SystemText
    icon = "cogs"
    fields = ("key", "text")
    list_display = ["key"]
    search_fields = ["key", "text"]
    placed = False


class MenuViewSet(TextViewSet):
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
        ServiceQuestionViewSet,
        BulletinViewSet,
        VaccinationSiteViewSet,
        HotlineViewSet,
        HealthOfficeViewSet,
        QuarantineRuleViewSet,
        FactCheckViewSet,
        SafetyTextViewSet,
        SystemTextViewSet,
        MenuViewSet,
        SourceDocumentViewSet,
    )
