"""Reading an uploaded file into rows of cells; what is wrong with the file as a whole is told at once."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from newsroom.imports.values import Cell

MAX_BYTES = 5_000_000
MAX_UNPACKED = 30_000_000  # an XLSX is a zip file; a small one can unpack to gigabytes
MAX_ROWS = 5_000
_QUOTED = re.compile(r"^'(?=[=+\-@\t\r])")  # how our own export keeps a text from becoming a formula


class FileError(Exception):
    """The file cannot be read at all; the message is for staff, in Vietnamese."""


@dataclass(frozen=True)
class Problem:
    """Something wrong in one cell; ``column`` is "" when it is the whole row."""

    row: int
    column: str
    message: str


@dataclass
class Table:
    """Cells of a file: titles and rows with their number in the file. Problems are those that a cell has by itself."""

    titles: list[str]
    rows: list[tuple[int, list[Cell]]]
    problems: list[Problem] = field(default_factory=list)


def read_table(name: str, body: bytes) -> Table:
    """The first sheet of an XLSX file, or a CSV file in UTF-8; empty rows are left out.

    Raises:
        FileError: another kind of file, too large, merged cells, or no rows.
    """
    if len(body) > MAX_BYTES:
        raise FileError(f"Tệp lớn hơn {MAX_BYTES // 1_000_000} MB. Hãy chia thành nhiều tệp.")
    table = _csv(body) if name.lower().endswith(".csv") else _xlsx(body)
    if not table.rows:
        raise FileError("Tệp không có dòng dữ liệu nào dưới dòng tiêu đề.")
    if len(table.rows) > MAX_ROWS:
        raise FileError(f"Tệp có {len(table.rows)} dòng. Tối đa {MAX_ROWS} dòng mỗi lần.")
    return table


def _csv(body: bytes) -> Table:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError("Tệp CSV phải là UTF-8. Trong Excel chọn “CSV UTF-8 (phân tách bằng dấu phẩy)”.") from error
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise FileError("Tệp CSV có dấu nháy kép không khép lại. Hãy lưu lại từ bảng tính.") from error
    cells: list[list[Cell]] = [[_QUOTED.sub("", cell) or None for cell in line] for line in lines]
    return _table(cells)


def _xlsx(body: bytes) -> Table:
    try:
        _check_size(body)
        book = load_workbook(io.BytesIO(body), data_only=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, ParseError) as error:
        raise FileError("Tệp không phải là XLSX. Hãy lưu từ bảng tính thành .xlsx hoặc .csv.") from error
    sheet = book.worksheets[0] if book.worksheets else None
    if sheet is None:
        raise FileError("Tệp không có trang tính nào.")
    if merged := sorted(str(area) for area in sheet.merged_cells.ranges):
        raise FileError(f"Có ô bị gộp: {', '.join(merged[:10])}. Hãy bỏ gộp ô, mỗi dòng ghi đủ nội dung.")
    table = _table([[cell.value for cell in row] for row in sheet.iter_rows()])
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        if cell.data_type in "fe":
            what = "là công thức" if cell.data_type == "f" else f"báo lỗi {cell.value}"
            message = f"Ô {cell.coordinate} {what}. Hãy chép rồi dán dưới dạng giá trị."
            table.problems.append(Problem(cell.row, _title(table.titles, cell.column - 1), message))
    return table


def _check_size(body: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
            raise FileError("Tệp quá lớn sau khi giải nén. Hãy xóa các dòng, cột và hình không dùng.")


def _table(cells: Sequence[Sequence[Cell]]) -> Table:
    if not cells:
        raise FileError("Tệp trống.")
    titles = [str(cell or "").strip() for cell in cells[0]]
    while titles and not titles[-1]:
        titles.pop()
    rows = [
        (number, list(row)) for number, row in enumerate(cells[1:], start=2) if any(c not in (None, "") for c in row)
    ]
    return Table(titles, rows)


def _title(titles: Sequence[str], index: int) -> str:
    return titles[index] if index < len(titles) else ""
