"""The sheets that can be imported and exported: their columns, in order, and how each is read and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.clock import VIETNAM
from newsroom.content.blocks import session_payload, stream_json
from newsroom.content.models import ApprovedContent, Hotline, SourceDocument, VaccinationSite
from newsroom.imports import values
from newsroom.imports.values import Cell, CellError
from newsroom.places import places


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column. ``read`` gives the value of a cell or raises CellError; ``write`` gives the cell of some content."""

    title: str
    name: str
    read: Callable[[Cell], Any]
    write: Callable[[Any], Any]
    required: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A kind of content as a table. ``fill`` puts the values of a row, by column name, into some content."""

    name: str
    title: str
    model: type[ApprovedContent]
    columns: tuple[Column, ...]
    fill: Callable[[Any, Mapping[str, Any]], None]
    slot: Callable[[Any], tuple[str, ...]]


def plain(title: str, name: str, read: Callable[[Cell], Any] = values.text, *, required: bool = False) -> Column:
    """A column that is a field."""
    return Column(title=title, name=name, read=read, write=lambda content: getattr(content, name), required=required)


def _source(cell: Cell) -> SourceDocument | None:
    written = values.text(cell)
    if not written:
        return None
    found = SourceDocument.objects.filter(slug=written).first() or SourceDocument.objects.filter(number=written).first()
    if found is None:
        raise CellError(f"không có văn bản nguồn “{written}”. Viết mã ngắn hoặc số hiệu đã nhập")
    return found


def _day(moment: datetime | None) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y %H:%M}" if moment else ""


COMMON = (
    Column(
        title="Nguồn",
        name="source",
        read=_source,
        write=lambda content: content.source.slug if content.source else "",
        required=True,
    ),
    Column(title="Hiệu lực từ", name="valid_from", read=values.moment, write=lambda content: _day(content.valid_from)),
    Column(title="Hiệu lực đến", name="valid_to", read=values.moment, write=lambda content: _day(content.valid_to)),
)


def _fill_fields(content: Any, row: Mapping[str, Any]) -> None:
    for name, value in row.items():
        setattr(content, name, value)


def _fill_site(content: Any, row: Mapping[str, Any]) -> None:
    rest = dict(row)
    content.place = values.commune(rest.pop("commune"), rest.pop("district"))
    content.sessions = stream_json("session", rest.pop("sessions"))
    _fill_fields(content, rest)


def _district_name(content: Any) -> str:
    return places().get("/".join(content.place.split("/")[:2]), "")


def _commune_name(content: Any) -> str:
    return places().get(content.place, "") if content.place.count("/") > 1 else ""


def _written_sessions(content: Any) -> str:
    shown = (session_payload(block.value) for block in content.sessions)
    return "\n".join(f"{_date(s['date'])} {s['from']}-{s['to']} {s['vaccine']}".rstrip() for s in shown)


def _date(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))


SITES = Sheet(
    name="diem-tiem",
    title="Điểm tiêm",
    model=VaccinationSite,
    fill=_fill_site,
    slot=lambda content: (content.key,),
    columns=(
        plain("Mã", "key", required=True),
        plain("Tên", "name", required=True),
        plain("Địa chỉ", "address", required=True),
        Column(title="Huyện", name="district", read=values.district, write=_district_name, required=True),
        Column(title="Xã, phường", name="commune", read=lambda cell: cell, write=_commune_name),
        plain("Vĩ độ", "lat", values.degrees, required=True),
        plain("Kinh độ", "lng", values.degrees, required=True),
        plain("Giờ làm việc", "hours"),
        Column(title="Lịch tiêm", name="sessions", read=values.sessions, write=_written_sessions),
        plain("Lưu ý", "note"),
        Column(
            title="Dữ liệu minh họa",
            name="demo",
            read=values.yes_no,
            write=lambda content: "có" if content.demo else "không",
        ),
        *COMMON,
    ),
)
HOTLINES = Sheet(
    name="duong-day-nong",
    title="Đường dây nóng",
    model=Hotline,
    fill=_fill_fields,
    slot=lambda content: (content.key, content.place),
    columns=(
        plain("Mã", "key", required=True),
        plain("Tên", "name", required=True),
        plain("Số gọi", "phone", values.phone, required=True),
        plain("Cách viết", "display", required=True),
        Column(title="Nhu cầu", name="need", read=values.words, write=lambda content: ", ".join(content.need)),
        plain("Giờ trực", "hours"),
        plain("Cước phí", "fee_note"),
        plain("Lưu ý", "note"),
        Column(title="Nơi áp dụng", name="place", read=values.place, write=lambda content: content.place),
        *COMMON,
    ),
)
SHEETS = {sheet.name: sheet for sheet in (SITES, HOTLINES)}
