"""Sites and hotlines from spreadsheets: every fault told by its cell, and nothing half imported."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from wagtail.models import ModelLogEntry

from newsroom.approval.refusal import ApprovalRefusedError
from newsroom.audit.models import Event
from newsroom.clock import content_now
from newsroom.content.models import Hotline, VaccinationSite
from newsroom.imports.export import header, rows
from newsroom.imports.models import ImportRun, UploadedSheet
from newsroom.imports.reading import FileError
from newsroom.imports.run import ImportRefusedError, approve_run, plan_of, run_import
from newsroom.imports.sheets import HOTLINES, SITES, Sheet
from newsroom.releases.models import Release
from newsroom.tables import csv_bytes, xlsx_bytes

pytestmark = pytest.mark.django_db

SITE: dict[str, Any] = {
    "Mã": "tram-y-te-minh-hoa",
    "Tên": "Trạm y tế (dữ liệu minh họa)",
    "Địa chỉ": "Thị trấn Thọ Xuân",
    "Huyện": "Huyện Thọ Xuân",
    "Xã, phường": "thi tran tho xuan",
    "Vĩ độ": 19.93,
    "Kinh độ": "105,52",
    "Giờ làm việc": "",
    "Lịch tiêm": "04/01/2022 07:30-11:00 Pfizer; 11/01/2022 13:30-16:30",
    "Lưu ý": "",
    "Dữ liệu minh họa": "có",
    "Nguồn": "byt-5k-2020",
    "Hiệu lực từ": date(2021, 12, 20),
    "Hiệu lực đến": "30/06/2022",
}
HOTLINE: dict[str, Any] = {
    "Mã": "tong-dai-1022",
    "Tên": "Tổng đài 1022",
    "Số gọi": "02371022",
    "Cách viết": "0237 1022",
    "Nhu cầu": "tu_van_covid, tiem_chung",
    "Giờ trực": "",
    "Cước phí": "",
    "Lưu ý": "",
    "Nơi áp dụng": "Tỉnh Thanh Hóa",
    "Nguồn": "Thông điệp 5K",
    "Hiệu lực từ": None,
    "Hiệu lực đến": None,
}
SAMPLES = {SITES.name: SITE, HOTLINES.name: HOTLINE}


@pytest.fixture
def upload(staff: Any, source: Any) -> Callable[..., UploadedSheet]:
    """``upload(SITES, row, row, …)`` or with ``body=`` and ``name=``."""

    def make(sheet: Sheet, *given: dict[str, Any], body: bytes | None = None, name: str = "tep.xlsx") -> UploadedSheet:
        titles = header(sheet)
        cells = ([row.get(title) for title in titles] for row in given)
        if body is None:
            body = (csv_bytes if name.endswith(".csv") else xlsx_bytes)(titles, cells)
        uploaded = UploadedSheet(sheet=sheet.name, name=name, body=body, at=content_now(), by=staff.editor)
        uploaded.save()
        return uploaded

    return make


def messages(uploaded: UploadedSheet) -> list[tuple[int, str, str]]:
    """Row, column, message of each problem."""
    return [(problem.row, problem.column, problem.message) for problem in plan_of(uploaded).problems]


def book(*given: list[Any], merge: str = "") -> bytes:
    """An XLSX file of raw rows."""
    made = Workbook()
    for row in given:
        made.active.append(row)
    if merge:
        made.active.merge_cells(merge)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["tep.xlsx", "tep.csv"])
def test_it_imports_a_site_as_a_draft(name: str, upload: Any, staff: Any) -> None:
    """With its unit, sessions and validity; nothing is live."""
    row = {**SITE, "Hiệu lực từ": "20/12/2021"} if name.endswith("csv") else SITE
    run = run_import(upload(SITES, row, name=name), staff.editor)
    site = VaccinationSite.objects.get().get_latest_revision_as_object()
    assert (run.added, run.changed, site.live) == (1, 0, False)
    assert (site.place.rpartition("/")[0], site.lat, site.lng) == ("38/395", 19.93, 105.52)
    assert site.payload()["sessions"] == [
        {"date": "2022-01-04", "from": "07:30", "to": "11:00", "vaccine": "Pfizer"},
        {"date": "2022-01-11", "from": "13:30", "to": "16:30", "vaccine": ""},
    ]
    assert f"{site.valid_from:%Y-%m-%d %z} {site.valid_to:%Y-%m-%d}" == "2021-12-20 +0700 2022-06-30"
    assert not Release.objects.exists()


def test_it_imports_a_hotline(upload: Any, staff: Any) -> None:
    """The zero at the beginning stays."""
    run_import(upload(HOTLINES, HOTLINE, {**HOTLINE, "Mã": "cap-cuu", "Số gọi": 115, "Nơi áp dụng": ""}), staff.editor)
    found = Hotline.objects.order_by("key").values_list("key", "phone", "place", "need")
    assert list(found) == [
        ("cap-cuu", "115", "", ["tu_van_covid", "tiem_chung"]),
        ("tong-dai-1022", "02371022", "38", ["tu_van_covid", "tiem_chung"]),
    ]


@pytest.mark.parametrize(
    ("sheet", "changes", "column", "word"),
    [
        (SITES, {"Tên": ""}, "Tên", "không được để trống"),
        (SITES, {"Vĩ độ": "mười chín"}, "Vĩ độ", "không phải là số"),
        (SITES, {"Vĩ độ": True}, "Vĩ độ", "số thập phân"),
        (SITES, {"Vĩ độ": 105.5, "Kinh độ": 19.9}, "", "đổi chỗ"),
        (SITES, {"Vĩ độ": 50.0}, "", "24"),
        (SITES, {"Huyện": "Huyện Không Có"}, "Huyện", "Không có huyện"),
        (SITES, {"Xã, phường": "Xã Không Có"}, "", "không có xã, phường"),
        (SITES, {"Hiệu lực đến": "12/31/2022"}, "Hiệu lực đến", "ngày và tháng bị đổi chỗ"),
        (SITES, {"Hiệu lực đến": 44561}, "Hiệu lực đến", "không phải ngày"),
        (SITES, {"Hiệu lực đến": "31/02/2022"}, "Hiệu lực đến", "Không có ngày giờ"),
        (SITES, {"Hiệu lực đến": "cuối năm"}, "Hiệu lực đến", "Viết ngày/tháng/năm"),
        (SITES, {"Hiệu lực từ": "30/06/2022", "Hiệu lực đến": "20/06/2022"}, "", "phải sau"),
        (SITES, {"Hiệu lực đến": "30/12/2021"}, "", "đã qua"),
        (SITES, {"Lịch tiêm": "thứ hai hằng tuần"}, "Lịch tiêm", "không đúng dạng"),
        (SITES, {"Lịch tiêm": "04/01/2022 11:00-07:30 Pfizer"}, "Lịch tiêm", "kết thúc trước"),
        (SITES, {"Dữ liệu minh họa": "có lẽ"}, "Dữ liệu minh họa", "Viết: có, hoặc không"),
        (SITES, {"Nguồn": "khong-co"}, "Nguồn", "không có văn bản nguồn"),
        (SITES, {"Tên": date(2021, 12, 31)}, "Tên", "cần chữ"),
        (SITES, {"Mã": "Trạm Y Tế"}, "", "Khóa: có dạng"),
        (SITES, {"Lưu ý": "Gọi 094.666.8832"}, "", "đầu mối nội bộ"),
        (HOTLINES, {"Số gọi": 2371022}, "Số gọi", "mất số 0"),
        (HOTLINES, {"Số gọi": "abc"}, "", "chữ số"),
        (HOTLINES, {"Nơi áp dụng": "Hà Nội"}, "Nơi áp dụng", "Hà Nội"),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, dict) else "",
)
def test_it_tells_what_is_wrong_in_which_row(
    sheet: Sheet, changes: dict[str, Any], column: str, word: str, upload: Any, staff: Any
) -> None:
    """In Vietnamese; the right row beside it is not imported either."""
    right = SAMPLES[sheet.name]
    uploaded = upload(sheet, right, {**right, "Mã": "dong-hai", **changes})
    found = messages(uploaded)
    assert [(row, title) for row, title, _ in found] == [(3, column)]
    assert word.casefold() in found[0][2].casefold()
    with pytest.raises(ImportRefusedError, match="Chưa nhập dòng nào"):
        run_import(uploaded, staff.editor)
    assert not sheet.model._default_manager.exists()
    assert not ImportRun.objects.exists()


def test_it_tells_of_rows_that_are_there_twice(upload: Any) -> None:
    """By the number of the first one."""
    assert messages(upload(SITES, SITE, SITE)) == [(3, "Mã", "“tram-y-te-minh-hoa” đã có ở dòng 2.")]


def test_it_tells_of_formulas(upload: Any) -> None:
    """A formula has no value of its own in the file."""
    cells = [SITE.get(title) for title in header(SITES)]
    cells[1] = '=A2&" nào"'
    [(row, column, message)] = messages(upload(SITES, body=book(list(header(SITES)), cells)))
    assert (row, column) == (2, "Tên")
    assert "B2 là công thức" in message


@pytest.mark.parametrize(
    ("name", "body", "word"),
    [
        ("tep.xlsx", book(list(header(SITES)), ["a"], ["b"], merge="A2:A3"), "A2:A3"),
        ("tep.xlsx", book(["Mã", "Tên", "Giá"], ["a", "b", 1]), "Không rõ cột: Giá"),
        ("tep.xlsx", book(["Mã", "Tên"], ["a", "b"]), "Thiếu cột: Địa chỉ"),
        ("tep.xlsx", book(["Mã", "Mã"], ["a", "b"]), "Lặp cột: Mã"),
        ("tep.xlsx", book(list(header(SITES))), "không có dòng dữ liệu"),
        ("tep.xlsx", b"khong phai xlsx", "không phải là XLSX"),
        ("tep.xlsx", b"", "không phải là XLSX"),
        ("tep.csv", "Mã,Tên".encode("utf-16"), "UTF-8"),
        ("tep.csv", b"", "Tệp trống|không có dòng"),
        ("tep.csv", 'Mã,Tên\na,"b'.encode(), "dấu nháy kép"),
        ("tep.xlsx", b"x" * 5_000_001, "5 MB"),
    ],
)
def test_it_refuses_files_that_are_no_tables(name: str, body: bytes, word: str, upload: Any) -> None:
    """As a whole, before any row."""
    with pytest.raises(FileError, match=word):
        plan_of(upload(SITES, body=body, name=name))


def test_it_refuses_a_file_that_unpacks_without_end(upload: Any) -> None:
    """A zip bomb is not unpacked to find out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    with pytest.raises(FileError, match="giải nén"):
        plan_of(upload(SITES, body=buffer.getvalue()))


def test_it_reads_what_it_wrote(upload: Any, staff: Any) -> None:
    """An export that is imported again changes nothing, in both forms; one that was edited changes what was edited."""
    run_import(upload(SITES, SITE, {**SITE, "Mã": "tram-hai", "Xã, phường": None}), staff.editor)
    titles, cells = header(SITES), list(rows(SITES))
    for name, write in (("a.xlsx", xlsx_bytes), ("a.csv", csv_bytes)):
        plan = plan_of(upload(SITES, body=write(titles, cells), name=name))
        assert (plan.problems, plan.added, plan.changed, plan.unchanged) == ([], [], [], 2)
    edited = [list(row) for row in cells]
    edited[0][titles.index("Giờ làm việc")] = "Sáng thứ bảy"
    run = run_import(upload(SITES, body=xlsx_bytes(titles, edited)), staff.editor)
    assert (run.added, run.changed, VaccinationSite.objects.count()) == (0, 1, 2)


def test_it_takes_the_semicolons_of_a_vietnamese_excel(upload: Any) -> None:
    """Which writes a CSV with them."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerows([header(HOTLINES), [HOTLINE[title] for title in header(HOTLINES)]])
    plan = plan_of(upload(HOTLINES, body=buffer.getvalue().encode("utf-8-sig"), name="tep.csv"))
    assert (plan.problems, len(plan.added)) == ([], 1)


def test_it_is_approved_as_a_whole_by_somebody_else(upload: Any, staff: Any) -> None:
    """The one who imported cannot; the second person releases all, once."""
    run = run_import(upload(SITES, SITE, {**SITE, "Mã": "tram-hai"}), staff.both)
    assert approve_run(run, staff.both).released == 0
    assert approve_run(run, staff.editor).released == 0
    assert approve_run(run, staff.approver).released == 2
    assert approve_run(run, staff.approver).released == 0
    assert {(row.approver, tuple(row.authors)) for row in Release.objects.all()} == {("phe_duyet", ("kiem_nhiem",))}


def test_it_leaves_out_drafts_that_somebody_edited_since(upload: Any, staff: Any, edit: Any) -> None:
    """They are not what the file said any more."""
    run = run_import(upload(SITES, SITE), staff.editor)
    edit(VaccinationSite.objects.get(), staff.both, name="Trạm y tế khác (dữ liệu minh họa)")
    assert approve_run(run, staff.approver).released == 0


def test_it_imports_a_file_once(upload: Any, staff: Any, submit: Any) -> None:
    """Neither twice, nor over content that is being approved."""
    uploaded = upload(SITES, SITE)
    run_import(uploaded, staff.editor)
    with pytest.raises(ImportRefusedError, match="Không có dòng nào mới"):
        run_import(uploaded, staff.editor)
    submit(VaccinationSite.objects.get(), staff.editor)
    assert "đang chờ phê duyệt" in messages(upload(SITES, {**SITE, "Lưu ý": "Khác"}))[0][2]


def test_it_refuses_a_site_that_moved_while_its_old_release_stands(upload: Any, staff: Any) -> None:
    """Residents would find it in two places."""
    approve_run(run_import(upload(SITES, SITE), staff.editor), staff.approver)
    moved = run_import(upload(SITES, {**SITE, "Huyện": "380", "Xã, phường": None}), staff.editor)
    [(_, reason)] = approve_run(moved, staff.approver).refused
    assert "thu hồi bản đó trước" in reason


def test_it_keeps_four_eyes_at_the_page(upload: Any, staff: Any) -> None:
    """From the upload to the release, through the browser."""
    editor, approver = Client(), Client()
    editor.force_login(staff.editor)
    approver.force_login(staff.approver)
    body = xlsx_bytes(header(SITES), [[SITE.get(title) for title in header(SITES)]])
    file = SimpleUploadedFile("điểm tiêm.xlsx", body)
    page = editor.post(reverse("imports:start"), {"sheet": SITES.name, "file": file}, follow=True)
    assert "thêm mới 1, thay đổi 0, giữ nguyên 0" in page.content.decode()
    assert not VaccinationSite.objects.exists()
    dry_run = page.redirect_chain[-1][0]
    assert approver.post(dry_run).status_code == 302
    assert not VaccinationSite.objects.exists()
    run = editor.post(dry_run, follow=True).redirect_chain[-1][0]
    assert editor.post(run).status_code == 403
    assert not Release.objects.exists()
    assert "Đã phê duyệt và phát hành 1 bản" in approver.post(run).content.decode()
    assert Release.objects.get().key == "tram-y-te-minh-hoa"


def test_it_shows_the_errors_of_a_file_on_the_page(upload: Any, staff: Any) -> None:
    """Row by row, or of the file as a whole."""
    client = Client()
    client.force_login(staff.editor)
    rows_wrong = client.get(reverse("imports:dry-run", args=[upload(SITES, {**SITE, "Tên": ""}).pk])).content.decode()
    assert "Tệp có 1 lỗi. Chưa nhập dòng nào" in rows_wrong
    file_wrong = client.get(reverse("imports:dry-run", args=[upload(SITES, body=b"x").pk])).content.decode()
    assert "không phải là XLSX" in file_wrong
    refused = client.post(reverse("imports:start"), {"sheet": "la", "file": SimpleUploadedFile("a.xlsx", b"")})
    assert not UploadedSheet.objects.filter(name="a.xlsx").exists()
    assert refused.status_code == 200


def test_it_exports_for_reading_and_for_import(staff: Any, draft: Any, publish: Any) -> None:
    """Any staff; the questions too."""
    publish(draft())
    draft(key="5k/xu_phat", text="=1+1")
    client = Client()
    client.force_login(staff.approver)
    answer = client.get(reverse("imports:export", args=["cau-hoi", "xlsx"]))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [(row[0], row[2], row[-1]) for row in found] == [
        ("5k/khau_trang", "Đeo ở nơi đông người.", "Đang phát hành"),
        ("5k/xu_phat", "=1+1", "Chưa phát hành"),
    ]
    assert sheet["C3"].data_type == "s"
    for name in ("diem-tiem", "duong-day-nong"):
        assert client.get(reverse("imports:export", args=[name, "csv"])).status_code == 200
        assert client.get(reverse("imports:template", args=[name])).status_code == 200
    assert client.get(reverse("imports:export", args=["khac", "csv"])).status_code == 404


def test_it_imports_two_thousand_sites_in_time(upload: Any, staff: Any) -> None:
    """Twenty seconds of a processor, dry run and import; the wall clock also counts what else runs beside the tests."""
    uploaded = upload(SITES, *({**SITE, "Mã": f"tram-{number}"} for number in range(2000)))
    began = time.process_time()
    assert plan_of(uploaded).problems == []
    run_import(uploaded, staff.editor)
    spent = time.process_time() - began
    assert spent < 20
    assert VaccinationSite.objects.count() == 2000


def test_it_leaves_nothing_when_the_newsroom_dies_in_the_middle(
    upload: Any, staff: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last row fails to be saved: the first one is not there either."""
    saved = VaccinationSite.save_revision

    def die(self: VaccinationSite, *args: Any, **kwargs: Any) -> Any:
        if self.key == "tram-hai":
            raise MemoryError
        return saved(self, *args, **kwargs)

    monkeypatch.setattr(VaccinationSite, "save_revision", die)
    with pytest.raises(MemoryError):
        run_import(upload(SITES, SITE, {**SITE, "Mã": "tram-hai"}), staff.editor)
    assert not VaccinationSite.objects.exists()


def test_it_makes_the_drafts_that_the_pages_make(upload: Any, staff: Any) -> None:
    """Revision, marks of the content, log and audit are those of a draft that was saved by hand."""
    run_import(upload(SITES, SITE), staff.editor)
    run = run_import(upload(SITES, {**SITE, "Lưu ý": "Cổng sau"}, {**SITE, "Mã": "tram-hai"}), staff.both)
    by_hand = VaccinationSite.objects.get(key="tram-hai")
    by_hand.pk, by_hand.key, by_hand.latest_revision, by_hand.has_unpublished_changes = None, "tram-ba", None, False
    by_hand.save()
    by_hand.save_revision(user=staff.both, log_action="wagtail.create", clean=False)

    marks = {"live", "has_unpublished_changes", "locked", "first_published_at"}
    hand, added, changed = VaccinationSite.objects.order_by("key")
    assert [content.latest_revision_id for content in (added, changed)] == run.revisions
    assert [content.note for content in (changed, changed.get_latest_revision_as_object())] == ["", "Cổng sau"]
    for content in (added, changed):
        assert {name: getattr(content, name) for name in marks} == {name: getattr(hand, name) for name in marks}
        assert content.get_latest_revision().is_latest_revision()
    own, other = added.get_latest_revision(), hand.get_latest_revision()
    assert {**own.content, "pk": 0, "key": ""} == {**other.content, "pk": 0, "key": ""}
    assert (own.user, own.object_str, own.content_type) == (other.user, other.object_str, other.content_type)
    logs = [ModelLogEntry.objects.for_instance(content).first() for content in (added, hand, changed)]
    assert [(log.action, log.label, log.user, log.content_changed) for log in logs] == [
        ("wagtail.create", str(added), staff.both, True),
        ("wagtail.create", str(hand), staff.both, True),
        ("wagtail.edit", str(changed), staff.both, True),
    ]
    heard = Event.objects.filter(action__startswith="wagtail.", actor="kiem_nhiem").order_by("pk")
    assert [event.subject_id for event in heard] == [str(content.pk) for content in (added, changed, hand)]


def test_it_refuses_content_that_moved_by_hand(draft: Any, publish: Any, edit: Any, staff: Any) -> None:
    """The same rule at every door."""
    content = draft()
    publish(content)
    edit(content, staff.editor, place="38")
    with pytest.raises(ApprovalRefusedError, match="thu hồi bản đó trước"):
        publish(type(content).objects.get(pk=content.pk))
