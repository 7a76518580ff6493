"""Boxes for dates that keep what was typed: the picker would put this very moment in place of what it cannot read."""

from __future__ import annotations

from typing import Any

from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput


class DateBox(AdminDateInput):
    """A day; what is no date is refused with a message when the form is sent."""

    def get_config(self) -> dict[str, Any]:
        """See parent class."""
        return {**super().get_config(), "validateOnBlur": False}


class DateTimeBox(AdminDateTimeInput):
    """A day and time, likewise."""

    def get_config(self) -> dict[str, Any]:
        """See parent class."""
        return {**super().get_config(), "validateOnBlur": False}


register_form_field_override(models.DateField, override={"widget": DateBox})
register_form_field_override(models.DateTimeField, override={"widget": DateTimeBox})
