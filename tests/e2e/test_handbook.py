"""The steps of docs/vi/so-tay-bien-tap.md, played in a real Chromium; each picture of the handbook is taken here."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.support.camera import WIDTH, Camera
from tests.support.editor import NEW, Editor, NewAnswer
from tests.support.patience import patience
from tests.support.resident import Resident
from tests.support.stack import Stack
from tests.support.staff import Staff, chromium

pytestmark = [pytest.mark.e2e, pytest.mark.browser]

ROOT = Path(__file__).resolve().parents[2]
HANDBOOK = ROOT / "docs/vi/so-tay-bien-tap.md"
TRAINED_S = 180.0
expect.set_options(timeout=30_000)  # the machine trains models meanwhile
ANSWER = NewAnswer(
    key="an_sinh/thu_vien",
    title="Thư viện có mở cửa không?",
    text="Dữ liệu minh họa: thư viện tỉnh mở cửa từ 08:00 đến 17:00, mỗi lượt nhận 50 người. Bạn đeo khẩu trang và quét mã QR.",
    examples=(
        "Thư viện tỉnh dạo này có mở cửa không?",
        "thu vien tinh may gio dong cua",
        "cho em hỏi muốn mượn sách thì tới thư viện được chưa ạ",
        "thư viện còn cho ngồi đọc ko ad",
        "muon tra sach thu vien mua dich nay thi lam sao",
        "Con tôi cần vào thư viện ôn thi, có phải đăng ký trước không",
        "thư viện tỉnh có giới hạn số người vào đọc không",
        "bữa ni thư viện có mở không rứa",
        "phong doc thu vien hoat dong lai chua",
        "thẻ thư viện hết hạn trong lúc giãn cách thì gia hạn thế nào",
        "thu vien tinh cuoi tuan mo k",
        "Đến thư viện đọc báo có cần giấy xét nghiệm không?",
    ),
    questions=(
        "Chủ nhật này vào thư viện tỉnh đọc sách được không?",
        "thu vien tinh mo cua lai chua vay",
        "mượn sách ở thư viện mùa này phải làm gì",
    ),
)


class Writer(Editor):
    """An editor who cites the document of the demonstration, not the newest one."""

    def choose_source(self) -> None:
        """See parent class for the full docstring."""
        self.page.locator("#id_source-chooser [data-chooser-action-choose]").first.click()
        self.page.locator(".modal-body .pagination a[href*='p=2']").first.click()
        self.page.locator(".modal-body td.title a", has_text="Dữ liệu minh họa").first.click()
        self.page.locator("#id_source-chooser [data-chooser-title]", has_text="minh họa").wait_for()
        self.page.locator(".modal-body").wait_for(state="hidden")


@pytest.fixture(scope="module")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Camera:
    """Where the pictures of this run go."""
    return Camera(tmp_path_factory.mktemp("so-tay"))


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A Chromium."""
    with chromium() as running:
        yield running


def open_new(page: Page) -> None:
    """The empty form of an answer. Wagtail watches a form from two seconds after it was loaded on."""
    page.add_init_script("document.addEventListener('w-unsaved:watch-edits', () => { window.isWatched = true })")
    page.goto(NEW)
    page.wait_for_function("window.isWatched")


def preview_of(page: Page) -> FrameLocator:
    """The frame of the preview panel, which is opened when it is not."""
    panel = page.locator("[data-side-panel-toggle=preview]").first
    if panel.get_attribute("aria-expanded") != "true":
        panel.click()
    page.locator("#w-preview-iframe").wait_for()
    return page.frame_locator("#w-preview-iframe")


def type_until_shown(page: Page, text: str) -> None:
    """Types into the answer. Wagtail can miss keys that fall into its own saving; the next key makes up for it."""
    box, shown = page.locator("[name=text]"), page.frame_locator("#w-preview-iframe").locator("#zalo")
    box.press_sequentially(text)
    deadline = time.monotonic() + patience(30)
    while text not in (shown.inner_text() if shown.count() else ""):
        assert time.monotonic() < deadline
        page.wait_for_timeout(1500)
        box.press("End")
        box.press("Space")


def test_the_preview_follows_what_is_typed(stack: Stack, browser: Browser, camera: Camera) -> None:
    page = Writer(browser, stack, "bien_tap").page
    page.goto("/admin/")
    camera.take(page, "ban-lam-viec", 760)
    open_new(page)
    shown = preview_of(page)
    began = time.monotonic()
    type_until_shown(page, "Thư viện mở cửa từ 08:00.")
    typed_s = time.monotonic() - began
    expect(shown.locator("#loa")).to_contain_text("Thư viện mở cửa từ tám giờ.")
    page.fill("[name=text]", "Gọi 094.666.8832 nhé.")
    expect(shown.locator("#chua-duoc")).to_contain_text("đầu mối nội bộ")
    page.fill("[name=text]", "**Thư viện** mở cửa từ 08:00, xem http://thuvien.example.")
    page.fill("[name=examples]", "Thư viện tỉnh có mở cửa không?\nthu vien tinh co mo cua ko\nđeo khẩu trang ở đâu")
    page.fill("[name=title]", ANSWER.title)
    page.fill("[name=key]", ANSWER.key)  # last: a form without mistakes Wagtail would save by itself
    wrong = shown.locator("#chua-duoc")
    for words in ("Markdown", "https://", "ít nhất 3 câu kiểm tra"):
        expect(wrong).to_contain_text(words)
    expect(shown.locator("#nen-xem")).to_contain_text("gần giống")
    camera.take(page, "canh-bao")
    print(f"typed → shown: {typed_s:.1f} s")
    assert typed_s < patience(10)


def test_a_paste_of_megabytes_neither_stops_the_page_nor_passes_unsaid(stack: Stack, browser: Browser) -> None:
    page = Writer(browser, stack, "bien_tap").page
    open_new(page)
    shown = preview_of(page)
    began = time.monotonic()
    page.locator("[name=text]").focus()
    page.keyboard.insert_text("dán " * 1_250_000)
    expect(shown.locator("#chua-duoc")).to_contain_text("Tối đa 2000 ký tự")
    print(f"5 MB pasted → said: {time.monotonic() - began:.1f} s")
    assert len(page.input_value("[name=text]")) <= 20_000


def test_what_is_wrong_is_corrected_or_taken_back(stack: Stack, browser: Browser, camera: Camera) -> None:
    editor, approver = Staff(browser, stack, "bien_tap"), Staff(browser, stack, "phe_duyet")
    for person, name in ((editor, "dinh-chinh"), (approver, "thu-hoi")):
        person.page.goto("/ban-phat-hanh/?tim=5k/khoang_cach")
        person.page.get_by_role("row", name="5k/khoang_cach").get_by_role("link").first.click()
        person.page.locator(f"#{name}").wait_for()
        camera.take(person.page, name, 860)


def test_a_bulletin_is_written_and_seen_in_every_form(stack: Stack, browser: Browser, camera: Camera) -> None:
    editor = Writer(browser, stack, "bien_tap")
    page = editor.page
    page.goto("/ban-tin/")
    camera.take(page, "ban-tin-17-gio", 620)
    page.goto("/admin/snippets/content/bulletin/add/")
    editor.choose_source()
    typed = {
        "number": "Bản tin ngày 31/12/2021 (dữ liệu minh họa)",
        "as_of": "31/12/2021 08:00",
        "new_cases": "190",
        "community_cases": "75",
        "commentary": "Dữ liệu minh họa: trong ngày có 190 ca mắc mới, 75 ca ngoài cộng đồng, gần bằng hôm qua (184 ca).",
        "advice": "Bạn giữ 5K. Nếu sốt, ho, bạn gọi 02371022.",
    }
    for name, value in typed.items():
        page.fill(f"[name={name}]", value)
    page.mouse.click(WIDTH - 100, 600)  # beside the form: closes the calendar
    camera.take(page, "soan-ban-tin", 900)
    page.locator("footer button[type=submit], footer [type=submit]").first.click()
    page.wait_for_url(re.compile(r"/bulletin/edit/\d+/"))
    number = re.findall(r"/edit/(\d+)/", page.url)[0]
    page.goto(f"/ban-tin/{number}/")
    expect(page.locator("#loa")).to_contain_text("một trăm chín mươi")
    camera.take(page, "cac-dang-ban-tin", 1000)


def test_a_table_is_tried_before_it_is_imported(stack: Stack, browser: Browser, camera: Camera, tmp_path: Path) -> None:
    page = Writer(browser, stack, "bien_tap").page
    page.goto("/tep/")
    camera.take(page, "nhap-xuat", 760)
    table = tmp_path / "diem-tiem-thang-1.csv"
    _upload(
        page, table, _site("tram-minh-hoa-1", "105.52", "31/13/2022"), _site("Trạm minh họa 2", "19,8", "30/06/2022")
    )
    expect(page.locator("#loi")).to_be_visible()
    camera.take(page, "nhap-co-loi", 620)
    page.goto("/tep/")
    _upload(
        page, table, _site("tram-minh-hoa-1", "105.52", "30/06/2022"), _site("tram-minh-hoa-2", "105.6", "30/06/2022")
    )
    expect(page.locator("#ket-qua")).to_contain_text("thêm mới 2")
    camera.take(page, "nhap-duoc", 520)


def test_an_answer_goes_from_the_first_word_to_the_resident(stack: Stack, browser: Browser, camera: Camera) -> None:
    editor, approver = Writer(browser, stack, "bien_tap"), Staff(browser, stack, "phe_duyet")
    editor.write(ANSWER)
    editor.page.reload()  # without the message that it was saved
    shown = preview_of(editor.page)
    expect(shown.locator("#khong-vuong")).to_be_visible()
    camera.take(editor.page, "soan-cau-tra-loi")
    editor.try_out(patience(TRAINED_S))
    camera.take(editor.page, "thu-nghiem", 1000, residents="td, .cau")
    editor.submit(ANSWER.title)
    camera.take(editor.page, "da-gui", 620, residents="td")
    approver.page.goto("/phe-duyet/")
    camera.take(approver.page, "cho-duyet", 520)
    approver.open_submission(ANSWER.title)
    camera.take(approver.page, "phe-duyet", 1000, residents="td, .cau")
    camera.take(approver.page, "quyet-dinh", 620, top=".decision", residents="td, .cau")
    if approver.page.locator("#ghi-chu[required]").count():
        approver.page.fill("#ghi-chu", "Đã xem các câu thành sai, chấp nhận được.")
    approver.approve()
    approver.page.goto("/huan-luyen/")
    camera.take(approver.page, "huan-luyen", 760)
    _until_known(stack, ANSWER)
    approver.withdraw(ANSWER.key, "Thử thu hồi trong kiểm thử")


def test_its_pictures_are_all_in_the_handbook_and_speak_vietnamese(camera: Camera) -> None:
    """Of the steps that were played before; that a picture exists which the handbook names is for tests/docs to say."""
    named = re.findall(r"so-tay/([\w-]+)\.png", HANDBOOK.read_text("utf-8"))
    assert [name for name in camera.taken if name not in named] == []
    assert {name: words for name, words in camera.taken.items() if words} == {}


def _until_known(stack: Stack, answer: NewAnswer) -> None:
    deadline = time.monotonic() + patience(TRAINED_S)
    while Resident(stack.gateway).ask("thu vien tinh hom nay co mo cua khong vay")["meta"]["answer"] != answer.key:
        assert time.monotonic() < deadline, stack.logs()
        time.sleep(0.5)


def _site(key: str, longitude: str, until: str) -> str:
    return f"{key};Trạm y tế (dữ liệu minh họa);Xã minh họa;Huyện Thọ Xuân;;19.93;{longitude};07:30-17:00;04/01/2022 07:30-11:00 Pfizer;;có;byt-10696-2021;;{until}"


def _upload(page: Page, table: Path, *rows: str) -> None:
    titles = "Mã;Tên;Địa chỉ;Huyện;Xã, phường;Vĩ độ;Kinh độ;Giờ làm việc;Lịch tiêm;Lưu ý;Dữ liệu minh họa;Nguồn;Hiệu lực từ;Hiệu lực đến"
    table.write_text("\n".join([titles, *rows]), "utf-8")
    page.set_input_files("[name=file]", str(table))
    page.get_by_role("button", name="Kiểm tra thử").click()
    page.wait_for_url(re.compile(r"/tep/.*\d+"))
