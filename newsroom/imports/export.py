"""Writing content as tables: sheets that can be imported again, and the questions and answers for reading."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.clock import VIETNAM
from newsroom.content.models import FaqAnswer
from newsroom.imports.sheets import Sheet
from newsroom.places import place_name

FAQ_HEADER = (
    "Khóa",
    "Câu hỏi",
    "Câu trả lời",
    "Nút bấm",
    "Căn cứ",
    "Nơi áp dụng",
    "Văn bản nguồn",
    "Hiệu lực từ",
    "Hiệu lực đến",
    "Tình trạng",
)


def header(sheet: Sheet) -> tuple[str, ...]:
    """The titles of a sheet."""
    return tuple(column.title for column in sheet.columns)


def rows(sheet: Sheet) -> Iterator[tuple[str | float, ...]]:
    """The latest version of each content, drafts included: what is imported again is compared with it."""
    for stored in sheet.model._default_manager.select_related("source").order_by("key"):
        content = stored.get_latest_revision_as_object() if stored.has_unpublished_changes else stored
        yield tuple(column.write(content) for column in sheet.columns)


def faq_rows() -> Iterator[tuple[str, ...]]:
    """Every question as it stands in the newsroom; what is not released is marked so."""
    for stored in FaqAnswer.objects.select_related("source").order_by("key", "place"):
        yield (
            stored.key,
            stored.title,
            stored.text,
            "\n".join(_button(block.value) for block in stored.buttons),
            stored.get_facts_display(),
            place_name(stored.place),
            str(stored.source or ""),
            *(f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M}" if at else "" for at in (stored.valid_from, stored.valid_to)),
            _state(stored),
        )


def _button(value: dict[str, str]) -> str:
    return f"{value['title']}: {value.get('answer') or value.get('url') or value.get('phone')}"


def _state(stored: FaqAnswer) -> str:
    if not stored.live:
        return "Chưa phát hành"
    return "Đang phát hành, có bản nháp mới" if stored.has_unpublished_changes else "Đang phát hành"
