"""Small questions that all content asks: are its texts clean, is a revision on record, how do errors read."""

from __future__ import annotations

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from wagtail.models import Revision, TaskState

from contracts.text import clean_text
from newsroom.releases.models import Release

ALREADY_THERE = "Đã có nội dung khác mang tên này cho nơi này. Hãy sửa nội dung đó, hoặc chọn tên khác."


def clean_texts(content: models.Model) -> None:
    """Brings all texts of some content to the form in which the product keeps them (NFC, no control characters)."""
    for field in content._meta.concrete_fields:
        if isinstance(field, models.CharField | models.TextField):
            value = getattr(content, field.attname)
            if isinstance(value, str):
                setattr(content, field.attname, clean_text(value))


def is_on_record(revision: Revision) -> bool:
    """Whether a revision was ever submitted or released; such a one is never rewritten in place."""
    return bool(
        TaskState.objects.filter(revision_id=revision.pk).exists()
        or Release.objects.filter(revision_id=revision.pk).exists()
    )


def sentences(content: models.Model, error: ValidationError) -> list[str]:
    """The messages of a validation error, each with the Vietnamese name of its field."""
    found = []
    for name, messages in error.message_dict.items():
        label = "" if name == NON_FIELD_ERRORS else label_of(content, name)
        found += [labelled(label, message) if label else message for message in messages]
    return found


def labelled(label: str, message: str) -> str:
    """``khóa: có dạng 5k/khau_trang.``: a message that begins with the name of its field does not say it twice."""
    again = f"{label} ".casefold()
    rest = message[len(again) :] if message.casefold().startswith(again) else message
    return f"{label}: {rest}"


def label_of(content: models.Model, name: str) -> str:
    """The Vietnamese name of a field."""
    return str(getattr(content._meta.get_field(name), "verbose_name", name))


def one_per_slot(name: str, *fields: str) -> models.UniqueConstraint:
    """Nothing else of its kind has the same name (``fields``, else key and place); drafts may lack it, any number of them."""
    fields = fields or ("key", "place")
    return models.UniqueConstraint(
        fields=fields, condition=~models.Q(**{fields[0]: ""}), name=name, violation_error_message=ALREADY_THERE
    )
