"""Importing a sheet of 2,000 vaccination sites through the pages, as an editor's browser does it."""

from __future__ import annotations

import io
import time

from openpyxl import Workbook, load_workbook

from tests.support.stack import Stack
from tests.support.staff import Staff, chromium

SITES = 2000
ROW = {
    "Tên": "Trạm y tế (dữ liệu minh họa)",
    "Địa chỉ": "Thị trấn Thọ Xuân",
    "Huyện": "Huyện Thọ Xuân",
    "Xã, phường": "Thị trấn Thọ Xuân",
    "Vĩ độ": 19.93,
    "Kinh độ": 105.52,
    "Lịch tiêm": "04/01/2022 07:30-11:00 Pfizer",
    "Dữ liệu minh họa": "có",
    "Nguồn": "byt-5k-2020",
}


def import_sites(stack: Stack) -> dict[str, float]:
    """Seconds of the upload with its dry run, and of the import."""
    with chromium() as browser:
        page = Staff(browser, stack, "bien_tap").page
        sheet = _sheet(page.context.request.get("/tep/mau/diem-tiem.xlsx").body())
        page.goto("/tep/")
        page.select_option("#tai-len [name=sheet]", "diem-tiem")
        page.set_input_files(
            "#tai-len [name=file]",
            {"name": "diem-tiem.xlsx", "mimeType": "application/octet-stream", "buffer": sheet},
        )
        page.set_default_timeout(120_000)
        began = time.monotonic()
        page.click("#tai-len button")
        page.wait_for_selector("#nhap")
        checked = time.monotonic()
        page.click("#nhap button")
        page.wait_for_url("**/tep/lo/**")
        done = time.monotonic()
    return {"import_2000_dry_run_s": round(checked - began, 1), "import_2000_s": round(done - began, 1)}


def _sheet(template: bytes) -> bytes:
    """The template of the newsroom, filled."""
    titles = [str(cell.value) for cell in next(load_workbook(io.BytesIO(template)).active.iter_rows())]
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(titles)
    for number in range(SITES):
        row = {**ROW, "Mã": f"tram-do-luong-{number}"}
        sheet.append([row.get(title) for title in titles])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
