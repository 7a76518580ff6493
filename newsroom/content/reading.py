"""Reading values as the content pack and the drafts API write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError


def moment(value: Any) -> datetime | None:
    """An ISO time with zone; None or "" is none.

    Raises:
        ValidationError: another form, or no zone.
    """
    if value in (None, ""):
        return None
    try:
        parsed = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise ValidationError(f"Thời điểm “{value}” không đúng dạng 2021-12-31T09:00+07:00.") from error
    if parsed.tzinfo is None:
        raise ValidationError(f"Thời điểm “{value}” thiếu múi giờ. Viết: {value}+07:00.")
    return parsed


def text(body: Mapping[str, Any], name: str) -> str:
    """A text field; missing is "".

    Raises:
        ValidationError: not a text.
    """
    value = body.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValidationError(f"Trường “{name}” phải là văn bản.")
    return value


def items(body: Mapping[str, Any], name: str) -> list[Any]:
    """A list field; missing is empty.

    Raises:
        ValidationError: not a list.
    """
    value = body.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValidationError(f"Trường “{name}” phải là danh sách.")
    return value


def records(body: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """A list of objects; missing is empty.

    Raises:
        ValidationError: another form.
    """
    values = items(body, name)
    if not all(isinstance(value, Mapping) for value in values):
        raise ValidationError(f"Trường “{name}” phải là danh sách các đối tượng.")
    return values


def degrees(body: Mapping[str, Any], name: str) -> float:
    """A coordinate.

    Raises:
        ValidationError: missing or not a number.
    """
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValidationError(f"Trường “{name}” phải là số, ví dụ 19.8.")
    return float(value)


def number(body: Mapping[str, Any], name: str) -> int | None:
    """A whole number from 0; missing or null is none.

    Raises:
        ValidationError: another form.
    """
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValidationError(f"Trường “{name}” phải là số nguyên không âm.")
    return value
