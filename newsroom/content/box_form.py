"""The form of all content: its boxes take what an editor can mean, and cut off a paste of megabytes."""

from __future__ import annotations

from typing import Any

from django.forms import Textarea
from wagtail.admin.forms import WagtailAdminModelForm

import newsroom.content.date_field  # noqa: F401 -- registers the boxes for dates

LONGEST_BOX = 20_000  # characters: ten times the longest text that may be approved
LONGEST_LIST = 300_000  # of examples or test questions: 500 lines of 600 characters


class BoxForm(WagtailAdminModelForm):
    """The browser itself stops at these lengths; that a text is too long for residents is said by the content's checks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field.widget, Textarea):
                field.widget.attrs["maxlength"] = LONGEST_LIST if name in self.lists else LONGEST_BOX

    lists: tuple[str, ...] = ()
