"""Times of trainings on staff pages."""

from __future__ import annotations

from datetime import datetime

from django import template

from contracts.reply import vietnamese_time
from newsroom.clock import clock

register = template.Library()


@register.filter
def staff_time(moment: datetime) -> str:
    """``14:05 ngày 12/08/2021``; under the demo clock the pages speak of the content's day throughout."""
    return vietnamese_time(moment + clock().offset)
