"""The field of a form that takes a picture: checked at once, shown again, and removable."""

from __future__ import annotations

from typing import Any

from django import forms

from newsroom.content.box_form import BoxForm
from newsroom.content.pictures import MAX_BYTES, TOO_LARGE, PictureRefusedError, keep_picture


class PictureInput(forms.ClearableFileInput):
    """Shows the picture that is there by its name; Django's own wants a file with an address."""

    template_name = "content/picture_input.html"
    clear_checkbox_label = "Bỏ hình này"

    def is_initial(self, value: Any) -> bool:
        """See parent class for the full docstring."""
        return bool(value) and isinstance(value, str)


class PictureField(forms.FileField):
    """Gives the name of the kept picture, "" when there is none."""

    widget = PictureInput

    def clean(self, data: Any, initial: Any = None) -> str:
        """See parent class for the full docstring.

        Raises:
            ValidationError: no picture, in Vietnamese.
        """
        given = super().clean(data, initial)
        if not given or isinstance(given, str):
            return given or ""
        if given.size > MAX_BYTES:  # a large file is not even read
            raise forms.ValidationError(TOO_LARGE)
        try:
            return keep_picture(given.read())
        except PictureRefusedError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class PictureForm(BoxForm):
    """The form of content that may have a picture."""

    picture = PictureField(
        label="Hình",
        required=False,
        help_text="JPEG hoặc PNG, tối đa 10 MB. Phần mềm tự thu nhỏ hình. Lưu nháp rồi hình hiện trong phần xem trước.",
    )
