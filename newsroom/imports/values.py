"""Reading the cells of a spreadsheet as staff fill them in. Messages are for whoever filled them in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Any

from contracts.clock import VIETNAM
from contracts.text import clean_text
from newsroom.places import places, province
from vitext.fold import fold

type Cell = str | int | float | bool | datetime | date | time | None

YES = frozenset({"co", "x", "yes", "1", "dung", "true"})
NO = frozenset({"", "khong", "no", "0", "sai", "false"})
_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\s+(\d{1,2}):(\d{2}))?$")
_SESSION = re.compile(r"^(\d{1,2}/\d{1,2}/\d{4})\s+(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})\s*(.*)$")
# Whole numbers that lose nothing as numbers: a telephone number that begins with 0 does.
_SHORT_PHONE = re.compile(r"^(?:\d{3,4}|1[89]\d{6})$")


class CellError(Exception):
    """What is wrong with a cell, and what to write instead, in Vietnamese."""


def text(cell: Cell) -> str:
    """Any cell as a text."""
    if cell is None:
        return ""
    if isinstance(cell, bool | datetime | date | time):
        raise CellError(f"cần chữ, nhưng ô là “{cell}”. Hãy định dạng ô thành văn bản")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return clean_text(str(cell))


def phone(cell: Cell) -> str:
    """Digits; a number cell has lost a zero at its beginning."""
    digits = re.sub(r"[\s.]", "", text(cell))
    if isinstance(cell, int | float) and not _SHORT_PHONE.match(digits):
        raise CellError(f"ô là số {digits}, có thể đã mất số 0 ở đầu. Hãy định dạng ô thành văn bản rồi nhập lại")
    return digits


def degrees(cell: Cell) -> float:
    """A coordinate; a comma is a decimal sign, too."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str) or cell == "":
        raise CellError("cần số thập phân, ví dụ 19.822")
    try:
        return float(str(cell).strip().replace(",", "."))
    except ValueError as error:
        raise CellError(f"“{cell}” không phải là số. Ví dụ: 19.822") from error


def yes_no(cell: Cell) -> bool:
    """``có`` or ``không``."""
    word = fold(text(int(cell) if isinstance(cell, bool) else cell))
    if word not in YES | NO:
        raise CellError(f"“{cell}” không rõ. Viết: có, hoặc không")
    return word in YES


def moment(cell: Cell) -> datetime | None:
    """``31/12/2021`` or ``31/12/2021 09:00``, or a date cell; Vietnamese time. None for an empty cell."""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=VIETNAM)
    if isinstance(cell, date):
        return datetime.combine(cell, time(), VIETNAM)
    if isinstance(cell, bool | int | float | time):
        raise CellError(f"ô là “{cell}”, không phải ngày. Hãy định dạng ô thành ngày, hoặc viết 31/12/2021")
    return _written_moment(text(cell))


def _written_moment(written: str) -> datetime | None:
    if not written:
        return None
    found = _DAY.match(written)
    if found is None:
        raise CellError(f"“{written}” không phải ngày. Viết ngày/tháng/năm: 31/12/2021")
    day, month, year, hour, minute = (int(part or 0) for part in found.groups())
    if month > 12 >= day:
        raise CellError(f"“{written}” có ngày và tháng bị đổi chỗ. Viết ngày/tháng/năm: 31/12/2021")
    try:
        return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)
    except ValueError as error:
        raise CellError(f"không có ngày giờ “{written}”. Ví dụ: 31/12/2021 09:00") from error


def sessions(cell: Cell) -> list[dict[str, Any]]:
    """``04/01/2022 07:30-11:00 Pfizer``, one a line or separated by semicolons."""
    return [_session(line) for line in re.split(r"[;\n]", text(cell)) if line.strip()]


def _session(line: str) -> dict[str, Any]:
    found = _SESSION.match(line.strip())
    if found is None:
        raise CellError(f"buổi tiêm “{line.strip()}” không đúng dạng. Viết: 04/01/2022 07:30-11:00 Pfizer")
    day = _written_moment(found[1])
    start, end = (_clock_time(part) for part in (found[2], found[3]))
    if end <= start:
        raise CellError(f"buổi tiêm “{line.strip()}” kết thúc trước khi bắt đầu")
    assert day is not None
    return {
        "date": day.date().isoformat(),
        "start": start.isoformat(),
        "end": end.isoformat(),
        "vaccine": found[4].strip(),
    }


def _clock_time(written: str) -> time:
    hour, minute = (int(part) for part in written.split(":"))
    if hour > 23 or minute > 59:
        raise CellError(f"không có giờ “{written}”")
    return time(hour, minute)


def words(cell: Cell) -> list[str]:
    """``cap_cuu, tu_van_covid``."""
    return [word for word in (part.strip() for part in re.split(r"[,;\n]", text(cell))) if word]


def district(cell: Cell) -> str:
    """The path of a district, by code or name."""
    return _unit(text(cell), province(), "huyện")


def commune(cell: Cell, district_path: str) -> str:
    """The path of a commune of a district; the district's own for an empty cell."""
    written = text(cell)
    return _unit(written, district_path, "xã, phường") if written else district_path


def place(cell: Cell) -> str:
    """A path of codes (``38/395``), the name of a district or of the province; empty for everywhere."""
    written = text(cell)
    if not written or written in places():
        return written
    return province() if fold(written) == fold(places()[province()]) else district(cell)


def _unit(written: str, parent: str, what: str) -> str:
    if not written:
        raise CellError(f"thiếu {what}")
    names = _units(parent)
    if found := names.get(fold(written)):
        return found
    raise CellError(f"không có {what} “{written}” trong {places()[parent]}. Viết đúng tên hoặc mã")


@cache
def _units(parent: str) -> Mapping[str, str]:
    """Folded name and code → path, for the units right under another."""
    found: dict[str, str] = {}
    for path, name in places().items():
        above, _, code = path.rpartition("/")
        if above == parent:
            found |= {code: path, fold(name): path}
    return found
