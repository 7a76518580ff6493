"""The preview behind the form: what is typed stands in it as residents meet it, with what is wrong beside it."""

from __future__ import annotations

import html as markup
import re
import time
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from newsroom.content.ideas import ideas_lacking
from newsroom.content.kinds.record import labelled
from newsroom.content.models import FaqAnswer, Hotline, Menu, SafetyText, SystemText
from newsroom.content.wording import text_problems
from newsroom.training.models import TrainingExample
from tests.support.newsroom_people import browser_of
from tests.support.visible_text import foreign_words

pytestmark = pytest.mark.django_db
TYPED = {
    "key": "5k/khau_trang",
    "title": "Đeo khẩu trang khi nào?",
    "text": "Bạn đeo khẩu trang.",
    "buttons-count": "0",
    "attachments-count": "0",
}
THREE_QUESTIONS = "đi chợ có phải đeo không\nra đường đeo loại nào\nbé 2 tuổi đeo được chưa"


def button(number: int, **target: str) -> dict[str, str]:
    """One button as the form sends it."""
    fields = {"type": "button", "order": str(number), "id": "", "deleted": ""}
    fields |= {f"value-{name}": target.get(name, "") for name in ("title", "answer", "url", "phone")}
    return {f"buttons-{number}-{name}": value for name, value in fields.items()}


def preview(client: Client, fields: dict[str, Any], content: Any = None, mode: str = "", model: Any = FaqAnswer) -> str:
    """The preview's frame after the browser sent what is typed."""
    name, args = ("preview_on_edit", [content.pk]) if content else ("preview_on_add", [])
    address = reverse(model.snippet_viewset.get_url_name(name), args=args)
    sent = client.post(address, {**TYPED, **fields})
    assert sent.json() == {"is_valid": True, "is_available": True}
    answer = client.get(address, {"mode": mode, "in_preview_panel": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def section(html: str, name: str) -> str:
    """The words of one face, or of one box of remarks; empty when there is none."""
    found = re.search(
        rf'<(section|div|p)[^>]* id="{name}">(.*?)(?=<section|<div class="remarks|<div class="faces|</body>)',
        html,
        re.DOTALL,
    )
    return " ".join(markup.unescape(strip_tags(found[2])).split()) if found else ""


@pytest.fixture
def editor(staff: Any) -> Client:
    """The editor's browser."""
    return browser_of(staff.editor)


def test_it_shows_what_is_typed_in_three_faces_with_source_and_date(editor: Client, source: Any) -> None:
    html = preview(editor, {"source": source.pk, "text": "Gọi 115 trước 17:00 ngày 31/12/2021."})
    cited = "Gọi 115 trước 17:00 ngày 31/12/2021. Nguồn: Thông điệp 5K, Bộ Y tế, ngày 31/08/2020."
    assert section(html, "zalo") == f"Tin nhắn Zalo {cited}"
    assert cited in section(html, "tro-chuyen")
    assert "Ngày ban hành 31/08/2020" in section(html, "tro-chuyen")
    spoken = section(html, "loa")
    assert "mười bảy giờ ngày ba mươi mốt tháng mười hai" in spoken
    assert "Theo Bộ Y tế, ngày ba mươi mốt tháng tám năm hai nghìn không trăm hai mươi." in spoken
    assert not any(character.isdigit() for character in spoken)
    assert foreign_words(html) == ""


@pytest.mark.parametrize(("mode", "shown"), [("zalo", "zalo"), ("tro-chuyen", "tro-chuyen"), ("loa", "loa")])
def test_it_shows_one_face_when_that_is_chosen(mode: str, shown: str, editor: Client) -> None:
    html = preview(editor, {}, mode=mode)
    assert [name for name in ("zalo", "tro-chuyen", "loa") if section(html, name)] == [shown]


def test_it_splits_for_zalo_as_the_gateway_does(editor: Client, source: Any) -> None:
    """The text alone fits; the source makes a second message of it."""
    html = preview(editor, {"source": source.pk, "text": "Bạn đeo khẩu trang nhé. " * 82}, mode="zalo")
    assert html.count('<div class="bubble">') == 2
    assert "Zalo sẽ gửi thành 2 tin" in section(html, "nen-xem")
    assert section(html, "chua-duoc").find("ký tự") == -1


def test_it_shows_buttons_as_zalo_takes_them(editor: Client) -> None:
    """A short number is no button there, in the chat window it is one."""
    typed = {**button(0, title="Rửa tay", answer="5k/khu_khuan"), **button(1, title="Cấp cứu", phone="115")}
    html = preview(editor, {**typed, "buttons-count": "2"})
    assert html.count('class="zalo-button"') == 1
    assert "Cấp cứu: 115" in section(html, "zalo")
    assert html.count('class="choice"') == 2


@pytest.mark.parametrize(
    ("fields", "box", "words"),
    [
        ({"text": "**Đeo** khẩu trang"}, "chua-duoc", "Markdown"),
        ({"text": "Khẩu trang: http://moh.gov.vn"}, "chua-duoc", "https://"),
        ({"text": "Khẩu trang: gọi 094.666.8832"}, "chua-duoc", "đầu mối nội bộ"),
        ({"text": "khẩu trang " * 200}, "chua-duoc", "Tối đa 2000 ký tự"),
        ({"text": "Bạn đeo ở nơi đông người."}, "nen-xem", "chưa có ý “khau trang”"),
        ({"key": "Khẩu Trang"}, "chua-duoc", "Khóa: có dạng 5k/khau_trang"),
        ({"valid_to": "ngày mai"}, "chua-duoc", "Hiệu lực đến:"),
        ({"title": ""}, "chua-duoc", "Câu hỏi:"),
        ({}, "chua-duoc", "Cần văn bản nguồn"),
        ({}, "nen-xem", "chưa có câu ví dụ nào"),
        ({"examples": "Có phải đeo khẩu trang không?"}, "chua-duoc", "ít nhất 3 câu kiểm tra"),
        ({"examples": "Có phải đeo khẩu trang không?"}, "nen-xem", "Mới có 1 câu ví dụ"),
        ({"examples": "Có phải đeo khẩu trang ko?\nco phai deo khau trang khong"}, "nen-xem", "gần giống nhau"),
        ({"examples": "rua tay bang xa phong duoc khong"}, "nen-xem", "của khóa 5k/khu_khuan"),
        ({"examples": THREE_QUESTIONS, "test_questions": THREE_QUESTIONS}, "chua-duoc", "cũng là câu ví dụ"),
        (
            {**button(0, title="Gọi", phone="số này"), "buttons-count": "1"},
            "chua-duoc",
            "Nút bấm: có ô chưa điền hoặc điền sai.",
        ),
        ({**button(0, title="Đi đâu?"), "buttons-count": "1"}, "chua-duoc", "cần đúng một trong ba"),
    ],
)
def test_it_says_what_is_wrong_while_it_is_typed(fields: dict[str, str], box: str, words: str, editor: Client) -> None:
    TrainingExample.objects.create(key="5k/khu_khuan", text="Rửa tay bằng xà phòng được không?")
    html = preview(editor, fields)
    assert words in section(html, box)
    assert foreign_words(html) == ""


def test_it_finds_nothing_when_nothing_is_wrong(editor: Client, source: Any) -> None:
    TrainingExample.objects.create(key="5k/khau_trang", text="Có phải đeo khẩu trang không?")
    html = preview(editor, {"source": source.pk})
    assert section(html, "khong-vuong") == "Không có gì phải sửa."
    assert section(html, "chua-duoc") == section(html, "nen-xem") == ""


def test_it_shows_a_box_as_empty_when_it_was_emptied(editor: Client, draft: Any) -> None:
    """Not the text that was saved before."""
    html = preview(editor, {"text": ""}, draft())
    assert "Chưa có câu trả lời để xem trước." in html
    assert "Đeo ở nơi đông người." not in html


def test_it_changes_nothing_by_showing_it(editor: Client, draft: Any) -> None:
    content = draft()
    preview(editor, {"text": "Khẩu trang, câu mới"}, content)
    stored = FaqAnswer.objects.get(pk=content.pk)
    assert stored.text == stored.get_latest_revision_as_object().text == "Đeo ở nơi đông người."


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (SafetyText, {"key": "nhay_cam/cap_cuu", "text": "Bạn gọi 115 ngay.", "title": "Cấp cứu"}),
        (SystemText, {"key": "he_thong/khong_hieu", "text": "Bạn hỏi gì, {ten}?"}),
        (Menu, {"key": "menu/chinh", "text": "Bạn cần gì?"}),
    ],
)
def test_it_shows_other_texts_where_residents_meet_them(model: Any, fields: dict[str, str], editor: Client) -> None:
    html = preview(editor, fields, model=model)
    assert fields["text"] in section(html, "zalo")
    assert fields["text"] in section(html, "tro-chuyen")
    assert section(html, "loa") == ""


def test_it_names_what_records_lack_too(editor: Client) -> None:
    typed = {"key": "cap-cuu", "name": "Cấp cứu", "phone": "115", "display": "115", "need": "[]"}
    html = preview(editor, typed, model=Hotline)
    assert "Cấp cứu" in html
    assert "Cần văn bản nguồn" in section(html, "chua-duoc")


def test_it_shows_old_versions_without_remarks(staff: Any, draft: Any) -> None:
    """Whoever reads the history has nothing to mend."""
    content = draft()
    address = reverse(
        FaqAnswer.snippet_viewset.get_url_name("revisions_view"), args=[content.pk, content.latest_revision_id]
    )
    html = browser_of(staff.approver).get(address).content.decode()
    assert "Đeo ở nơi đông người." in section(html, "zalo")
    assert "remarks stops" not in html


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "a" * 2_000_000},
        {"text": "a" + "\n" * 700_000 + "b"},
        {"text": "a" + " " * 2_000_000 + "*"},
        {"examples": "câu hỏi " * 100_000},
        {"examples": "\n".join(f"câu hỏi số {number}" for number in range(60_000))},
        {"test_questions": "\n".join(f"câu số {number}" for number in range(60_000)), "examples": "một câu"},
    ],
    ids=["letters", "blank lines", "spaces", "one line", "many examples", "many questions"],
)
def test_it_answers_soon_when_megabytes_are_pasted(fields: dict[str, str], editor: Client) -> None:
    began = time.process_time()
    html = preview(editor, fields)
    assert time.process_time() - began < 15
    assert "tối đa" in section(html, "chua-duoc").lower()
    assert len(html) < 200_000


def test_it_says_so_when_more_arrives_than_a_form_may_hold(editor: Client, draft: Any) -> None:
    address = reverse(FaqAnswer.snippet_viewset.get_url_name("edit"), args=[draft().pk])
    answer = editor.post(address, {**TYPED, "text": "a" * 5_000_000})
    assert answer.status_code == 400
    assert "Chưa có gì được lưu" in answer.content.decode()
    assert foreign_words(answer.content.decode()) == ""


def test_it_lets_no_box_take_megabytes(editor: Client) -> None:
    """The browser cuts a paste off before it can stop the page."""
    html = editor.get(reverse(FaqAnswer.snippet_viewset.get_url_name("add"))).content.decode()
    boxes = re.findall(r"<textarea[^>]*>", html)
    assert len(boxes) > 3
    assert [box for box in boxes if "maxlength=" not in box and "name=" in box] == []


def test_it_tells_the_approver_which_idea_is_missing(staff: Any, draft: Any, submit: Any) -> None:
    state = submit(draft(), staff.editor)
    html = browser_of(staff.approver).get(reverse("approval:submission", args=[state.pk])).content.decode()
    assert "chưa có ý “khau trang”" in html


def test_it_finds_ideas_whatever_their_spelling() -> None:
    assert ideas_lacking("5k/khu_khuan", "RỬA TAY bằng xà phòng") == []
    assert ideas_lacking("5k/khu_khuan", "Bằng xà phòng") == [("rua tay", "sat khuan", "khu khuan")]
    assert ideas_lacking("moi/khong_co", "Gì cũng được") == []


def test_it_still_knows_markdown_between_blank_lines() -> None:
    assert text_problems("Có:\n\n  * một\n  * hai")
    assert not text_problems("Năm * sáu là ba mươi")


def test_it_wonders_at_a_document_of_tomorrow(editor: Client, source: Any, draft: Any, submit: Any, staff: Any) -> None:
    """A remark for the author and the approver, by the content clock; it stops nobody."""
    remark = "Văn bản nguồn ghi ngày ban hành 01/01/2022, sau hôm nay (31/12/2021)."
    assert remark not in preview(editor, {"source": source.pk})
    source.date = date(2022, 1, 1)
    source.save()
    assert remark in section(preview(editor, {"source": source.pk}), "nen-xem")
    waiting = submit(draft(), staff.editor)
    page = browser_of(staff.approver).get(reverse("approval:submission", args=[waiting.pk])).content.decode()
    assert remark in page
    assert "Phê duyệt và phát hành" in page


def test_it_names_a_field_once(editor: Client, source: Any) -> None:
    """A message that begins with the field's own name follows it without saying it again."""
    problems = section(preview(editor, {"source": source.pk, "key": "Khẩu trang"}), "chua-duoc")
    assert "Khóa: có dạng 5k/khau_trang." in problems
    assert "Khóa: Khóa" not in problems
    assert labelled("số gọi", "Chỉ gồm 3 đến 11 chữ số.") == "số gọi: Chỉ gồm 3 đến 11 chữ số."
