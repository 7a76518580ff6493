"""A release as labelled lines for staff: Vietnamese labels instead of field names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.bulletin import FIGURES, bulletin_as_of, whole
from contracts.media import Picture, picture_of
from contracts.release import Source
from contracts.reply import source_line, vietnamese_date, vietnamese_time

KIND_NAMES = {
    "faq": "Câu hỏi và trả lời",
    "service": "Câu hỏi tra cứu",
    "bulletin": "Bản tin",
    "site": "Điểm tiêm",
    "rule": "Quy định cách ly",
    "hotline": "Đường dây nóng",
    "office": "Cơ quan y tế",
    "fact_check": "Kiểm chứng",
    "safety": "Lời nhắn an toàn",
    "menu": "Danh mục",
    "system": "Văn bản hệ thống",
}
LABELS = {
    "title": "Tiêu đề",
    "text": "Nội dung",
    "buttons": "Nút bấm",
    "facts": "Căn cứ",
    "number": "Số bản tin",
    "as_of": "Số liệu tính đến",
    "districts": "Theo huyện",
    "commentary": "Diễn giải",
    "advice": "Khuyến cáo",
    "attachments": "Tệp kèm theo",
    "picture": "Hình",
    "video": "Video",
    "name": "Tên",
    "address": "Địa chỉ",
    "place_name": "Thuộc",
    "lat": "Vĩ độ",
    "lng": "Kinh độ",
    "hours": "Giờ",
    "sessions": "Lịch tiêm",
    "note": "Lưu ý",
    "demo": "Dữ liệu minh họa",
    "phone": "Số gọi",
    "display": "Cách viết",
    "need": "Nhu cầu",
    "fee_note": "Cước phí",
    "type": "Loại",
    "claim": "Tin đang lan truyền",
    "wordings": "Cách nói khác",
    "verdict": "Kết luận",
    "explanation": "Giải thích",
    "subject": "Đối tượng",
    "vaccinated": "Tình trạng tiêm",
    "isolate_days": "Số ngày cách ly",
    "monitor_days": "Số ngày tự theo dõi",
    "tests": "Xét nghiệm",
    **FIGURES,
}


@dataclass(frozen=True)
class Line:
    """One labelled text, with the picture that it is about."""

    label: str
    text: str
    picture: Picture | None = None


def lines_of(payload: Mapping[str, Any], source: Source | None) -> list[Line]:
    """The payload's fields and the source, empty ones left out."""
    lines = [line for line in _fields(payload) if line.text]
    return [*lines, *([Line("Nguồn", source_line(source))] if source else [])]


def _fields(payload: Mapping[str, Any]) -> Iterator[Line]:
    picture = picture_of(payload)
    for name, value in payload.items():
        label = LABELS.get(name, name)
        if name == "figures":
            figures: Mapping[str, Any] = value
            yield from (Line(LABELS.get(figure, figure), _text(count)) for figure, count in figures.items())
        elif name == "as_of":
            yield Line(label, vietnamese_time(bulletin_as_of(payload)) if value else "")
        elif name == "picture" and picture:
            yield Line(label, f"{picture.text} (nguồn: {picture.credit}; tệp {picture.name[:12]})", picture)
        else:
            yield Line(label, _text(value))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "Có" if value else ""
    if isinstance(value, list):
        return "\n".join(_text(item) for item in value)
    if isinstance(value, Mapping):
        return " → ".join(_part(name, part) for name, part in value.items() if part not in ("", None))
    if isinstance(value, int):
        return whole(value)
    return "" if value is None else str(value)


def _part(name: str, value: Any) -> str:
    return vietnamese_date(date.fromisoformat(value)) if name == "date" else _text(value)
