"""Repeated parts of content, edited as Wagtail blocks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from wagtail.blocks import CharBlock, ChoiceBlock, DateBlock, IntegerBlock, RegexBlock, StructBlock, TimeBlock, URLBlock

from newsroom.content.wording import ANSWER_KEY, MAX_BUTTON_TITLE, PHONE
from newsroom.places import district_choices, place_name


class ButtonBlock(StructBlock):
    """A button under an answer: exactly one of answer, url, phone."""

    title = CharBlock(label="Chữ trên nút", max_length=MAX_BUTTON_TITLE)
    answer = RegexBlock(ANSWER_KEY.pattern, required=False, label="Khóa câu trả lời", help_text="Ví dụ: 5k/khau_trang")
    url = URLBlock(required=False, label="Liên kết", help_text="Bắt đầu bằng https://")
    phone = RegexBlock(PHONE.pattern, required=False, label="Số điện thoại", help_text="Chỉ chữ số")

    class Meta:
        icon = "link"
        label = "Nút"


class SessionBlock(StructBlock):
    """One vaccination session of a site."""

    date = DateBlock(label="Ngày")
    start = TimeBlock(label="Từ giờ")
    end = TimeBlock(label="Đến giờ")
    vaccine = CharBlock(required=False, label="Loại vắc xin", max_length=80)

    class Meta:
        icon = "date"
        label = "Buổi tiêm"


class DistrictFigureBlock(StructBlock):
    """New cases of one district in a bulletin."""

    place = ChoiceBlock(choices=district_choices, label="Huyện")
    new_cases = IntegerBlock(min_value=0, label="Số ca mới")

    class Meta:
        icon = "site"
        label = "Huyện"


class AttachmentBlock(StructBlock):
    """A document on the department's portal."""

    title = CharBlock(label="Tên", max_length=120)
    url = RegexBlock(r"^https://\S+$", label="Địa chỉ", help_text="Trên cổng của cơ quan, bắt đầu bằng https://")

    class Meta:
        icon = "doc-full"
        label = "Tệp"


class CreditedAttachmentBlock(AttachmentBlock):
    """The same with whose it is, for answers."""

    credit = CharBlock(label="Nguồn", max_length=200, help_text="Ai làm ra, được dùng theo quyền gì.")

    class Meta:
        icon = "doc-full"
        label = "Tệp"


def stream_json(block: str, values: Iterable[Mapping[str, Any]]) -> str:
    """The stored form of a stream of one block type; assigning it to a StreamField parses dates and times."""
    return json.dumps([{"type": block, "value": dict(value)} for value in values], ensure_ascii=False, default=str)


def button_payload(value: Mapping[str, Any]) -> dict[str, str]:
    """``{title, answer | url | phone}``."""
    return {name: str(value[name]) for name in ("title", "answer", "url", "phone") if value.get(name)}


def session_payload(value: Mapping[str, Any]) -> dict[str, str]:
    """``{date, from, to, vaccine}``."""
    return {
        "date": value["date"].isoformat() if value["date"] else "",
        "from": value["start"].strftime("%H:%M") if value["start"] else "",
        "to": value["end"].strftime("%H:%M") if value["end"] else "",
        "vaccine": value["vaccine"] or "",
    }


def district_payload(value: Mapping[str, Any]) -> dict[str, Any]:
    """``{place, name, new_cases}``."""
    return {"place": value["place"], "name": place_name(value["place"]), "new_cases": value["new_cases"]}
