"""The preview behind the form of a text: whatever is typed is shown, with its mistakes named beside it.

Wagtail shows nothing new while a form has errors; an editor who pastes Markdown would see neither text nor reason.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from wagtail.blocks import StreamBlockValidationError
from wagtail.snippets.views.snippets import PreviewOnCreateView, PreviewOnEditView
from wagtail.utils.decorators import xframe_options_sameorigin_override

from newsroom.content.kinds.record import label_of

IN_PARTS = "có ô chưa điền hoặc điền sai."


class AnyTextPreview(PreviewOnEditView):
    """Wagtail's preview, shown although the form has errors."""

    def validate_form(self, form: Any) -> bool:
        """Fills the form's instance with all that can be read; empty boxes are read as empty."""
        for field in form.fields.values():
            field.required = False
        super().validate_form(form)
        return True

    @method_decorator(xframe_options_sameorigin_override)
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """See parent class for the full docstring."""
        form = self.get_form(self._get_form_data(self._get_form_state()))
        self.validate_form(form)
        mode = request.GET.get("mode", self.object.default_preview_mode)
        attributes = {**self.get_extra_request_attrs(), "unreadable": unreadable(form)}
        response: HttpResponse = self.object.make_preview_request(request, mode, attributes)
        return response


class AnyTextPreviewOnCreate(AnyTextPreview, PreviewOnCreateView):
    """The same for content that is not saved yet."""


def unreadable(form: Any) -> dict[str, str]:
    """Label → reason of each field that the form refused; what the content itself says of it is not repeated."""
    return {
        label_of(form.instance, name): " ".join(dict.fromkeys(_reason(error) for error in errors))
        for name, errors in form.errors.as_data().items()
        if name in form.fields
    }


def _reason(error: ValidationError) -> str:
    """Of repeated parts only that something is wrong: each box names its own mistake when the draft is saved."""
    return IN_PARTS if isinstance(error, StreamBlockValidationError) else " ".join(error.messages)
