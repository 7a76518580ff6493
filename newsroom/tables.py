"""Tables that leave as files for a spreadsheet: CSV and XLSX. No cell of them is ever a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from newsroom.clock import content_now

type Cell = str | int | float | None
type Rows = Iterable[Sequence[Cell]]

# What makes a spreadsheet program read a text as a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 60  # characters of a column


def table_response(form: str, name: str, header: Sequence[str], rows: Rows) -> HttpResponse:
    """The table as a file to save, ``name-2021-12-31.xlsx``; ``form`` is one of ``FORMATS``."""
    write, content_type = FORMATS[form]
    response = HttpResponse(write(header, rows), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{content_now():%Y-%m-%d}.{form}"'
    return response


def csv_bytes(header: Sequence[str], rows: Rows) -> bytes:
    """CSV in UTF-8 with a byte-order mark, without which Excel garbles Vietnamese."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(header)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def xlsx_bytes(header: Sequence[str], rows: Rows) -> bytes:
    """XLSX with one sheet and a header that stays in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Dữ liệu")
    sheet.freeze_panes = "A2"
    for index, title in enumerate(header):
        sheet.column_dimensions[chr(ord("A") + index)].width = min(WIDEST, max(14, len(title) + 4))
    titles = [WriteOnlyCell(sheet, title) for title in header]
    for cell in titles:
        cell.font = Font(bold=True)
    sheet.append(titles)
    for row in rows:
        sheet.append([_as_text(sheet, cell) for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _as_text(sheet: object, cell: Cell) -> object:
    """A text stays a text; openpyxl would take one that begins with "=" for a formula."""
    if not isinstance(cell, str):
        return cell
    written = WriteOnlyCell(sheet, cell)
    written.data_type = "s"
    return written


FORMATS: dict[str, tuple[Callable[[Sequence[str], Rows], bytes], str]] = {
    "xlsx": (xlsx_bytes, _XLSX),
    "csv": (csv_bytes, "text/csv; charset=utf-8"),
}
