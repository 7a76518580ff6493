"""Finding stored content by what it answers."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from newsroom.content.models import ApprovedContent, Bulletin, VaccinationSite


def stored_in_same_slot(content: ApprovedContent) -> ApprovedContent | None:
    """The stored content of the same key and place; a bulletin is found by its number, a site by its key alone."""
    stored: QuerySet[Any] = type(content)._default_manager.all()
    if isinstance(content, Bulletin):
        return stored.filter(number=content.number).first()
    if isinstance(content, VaccinationSite):
        return stored.filter(key=content.key).first()
    return stored.filter(key=content.key, place=content.place).first()
