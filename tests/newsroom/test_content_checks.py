"""What content may hold. Messages are for editors, so they are Vietnamese."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.clock import VIETNAM
from newsroom.approval.refusal import ApprovalRefusedError
from newsroom.content.agency_contacts import agency_contacts_in
from newsroom.content.models import (
    Bulletin,
    FaqAnswer,
    Hotline,
    QuarantineRule,
    SafetyText,
    SourceDocument,
    SystemText,
    VaccinationSite,
)
from newsroom.content.wording import button_problems, text_problems
from newsroom.places import place_name, places

pytestmark = pytest.mark.django_db

AS_OF = datetime(2021, 12, 30, 16, 0, tzinfo=VIETNAM)
FIGURES = {"new_cases": 184}
COMMENTARY = "Trong ngày có 184 ca mắc mới, phần lớn ở khu cách ly."


@pytest.mark.parametrize(
    "text",
    [
        "Gọi 0246.282.7979 nhé",
        "Gọi 024 6282 7979",
        "Gọi (024)-6282-7979",
        "Gọi +84 24 6282 7979",
        "Gọi ０２４６２８２７９７９",
        "Số 094.666.8832",
        "Số 0946668832",
        "Fax 3846-4051",
        "024.62732273",
        "Viết tới TrongNamBTH@Gmail.com",
        "byt @ moh.gov.vn",
        "Xem https://1drv.ms/u/s!abc",
    ],
)
def test_it_finds_contacts_that_are_for_agencies_only(text: str) -> None:
    """However they are spelled."""
    assert agency_contacts_in(text)


@pytest.mark.parametrize("text", ["Gọi 19009095 hoặc 02371022", "Gọi 115", "Từ 16:00 ngày 28/12/2021, 348 ca", ""])
def test_it_lets_public_numbers_pass(text: str) -> None:
    """A false alarm would block an honest answer."""
    assert agency_contacts_in(text) == []


def test_it_never_approves_an_agency_contact(staff: Any, draft: Any, submit: Any) -> None:
    """Even when a draft with it reached the review past the form."""
    content = draft(text="Gọi 094.666.8832")
    state = submit(content, staff.editor)
    with pytest.raises(ApprovalRefusedError, match="đầu mối nội bộ"):
        state.task.specific.on_action(state, staff.approver, "approve")


def test_it_never_approves_an_agency_contact_in_the_source(
    staff: Any, draft: Any, submit: Any, source: SourceDocument
) -> None:
    """The source is shown to residents too."""
    SourceDocument.objects.filter(pk=source.pk).update(issuer="Phòng CNTT, 024.62732273")
    state = submit(draft(source=SourceDocument.objects.get(pk=source.pk)), staff.editor)
    with pytest.raises(ApprovalRefusedError, match="đầu mối nội bộ"):
        state.task.specific.on_action(state, staff.approver, "approve")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("**Quan trọng**", "Markdown"),
        ("# Tiêu đề", "Markdown"),
        ("[ở đây](https://moh.gov.vn)", "Markdown"),
        ("* một\n* hai", "Markdown"),
        ("Xem http://moh.gov.vn", "https"),
        ("a" * 2001, "2001 ký tự"),
    ],
)
def test_it_refuses_texts_that_zalo_cannot_show(text: str, word: str) -> None:
    """Also in a draft."""
    assert any(word in problem for problem in text_problems(text))
    with pytest.raises(ValidationError, match=word):
        FaqAnswer(key="5k/khau_trang", title="Khẩu trang", text=text).full_clean()


@pytest.mark.parametrize("text", ["1. Một\n2. Hai", "- một\n- hai", "Giá 5*3 đồng", "Xem https://ncov.moh.gov.vn"])
def test_it_lets_plain_lists_and_links_pass(text: str) -> None:
    """They read well everywhere."""
    assert text_problems(text) == []


@pytest.mark.parametrize(
    "button",
    [
        {"title": "", "answer": "5k/khau_trang"},
        {"title": "Không nơi nào"},
        {"title": "Hai nơi", "answer": "5k/khau_trang", "phone": "115"},
        {"title": "Khóa sai", "answer": "khau trang"},
        {"title": "Không an toàn", "url": "http://moh.gov.vn"},
        {"title": "Số sai", "phone": "0237 1022"},
    ],
)
def test_it_refuses_buttons_that_lead_nowhere(button: dict[str, str]) -> None:
    """Each has a title and exactly one target."""
    assert button_problems([button])


def test_it_refuses_more_buttons_than_zalo_shows() -> None:
    """Five."""
    assert button_problems([{"title": "Gọi", "phone": "115"}] * 6) == ["Tối đa 5 nút."]


def test_it_keeps_texts_in_nfc_without_control_characters(staff: Any) -> None:
    """Whatever keyboard they come from."""
    raw = unicodedata.normalize("NFD", "Đeo khẩu trang") + "\u200b\x07"
    content = SystemText(key="he_thong/rong", text=raw)
    content.save()
    content.save_revision(user=staff.editor)
    assert content.payload() == {"text": "Đeo khẩu trang"}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"figures": FIGURES, "commentary": ""}, "số liệu trần"),
        ({"figures": FIGURES, "commentary": "Xem."}, "số liệu trần"),
        ({"figures": {}, "commentary": COMMENTARY}, "ít nhất một số liệu"),
        ({"figures": FIGURES, "commentary": COMMENTARY}, "văn bản nguồn"),
    ],
)
def test_it_refuses_a_bulletin_without_explanation_figures_or_source(body: dict[str, Any], message: str) -> None:
    """Bare numbers frighten or mislead."""
    bulletin = Bulletin()
    bulletin.fill_content({"number": "1", "as_of": AS_OF.isoformat(), **body})
    assert message in " ".join(bulletin.missing_for_approval().values())


@pytest.mark.parametrize("figures", [{"new_cases": -5}, {"new_cases": "184"}, {"new_cases": True}, {"la": 1}, [1]])
def test_it_refuses_figures_that_are_none(figures: Any) -> None:
    """Negative, not a number, or unknown."""
    with pytest.raises(ValidationError):
        Bulletin().fill_content({"number": "1", "as_of": AS_OF.isoformat(), "figures": figures})


def test_it_releases_newer_bulletins_only(staff: Any, source: SourceDocument, publish: Any, clock: Any) -> None:
    """All bulletins share a slot; a late approval must not bring yesterday's back."""

    def bulletin(day: int) -> Bulletin:
        made = Bulletin(
            number=f"Bản tin ngày {day}",
            as_of=AS_OF.replace(day=day),
            new_cases=1,
            commentary=COMMENTARY,
            source=source,
        )
        made.place = "38"
        made.save()
        made.save_revision(user=staff.editor)
        return made

    old = bulletin(28)
    release = publish(bulletin(30))
    assert release.payload["figures"] == {"new_cases": 1}
    assert release.payload["as_of"] == "2021-12-30T16:00:00+07:00"
    with pytest.raises(ApprovalRefusedError, match="mới hơn"):
        publish(old)


def test_it_lets_no_safety_text_expire() -> None:
    """It would leave people in danger without an answer."""
    text = SafetyText(key="nhay_cam/cap_cuu", title="Khó thở", text="Gọi 115 ngay.", valid_to=AS_OF)
    assert "hết hạn" in text.missing_for_approval()["valid_to"]


def test_it_refuses_an_end_before_the_start() -> None:
    """Dates are swapped easily."""
    content = SystemText(key="he_thong/rong", text="Bạn hỏi gì?", valid_from=AS_OF, valid_to=AS_OF - timedelta(days=1))
    with pytest.raises(ValidationError, match="phải sau"):
        content.full_clean()


def test_it_refuses_wagtails_own_schedule() -> None:
    """It runs on the machine's clock."""
    with pytest.raises(ValidationError, match="Hiệu lực từ"):
        SystemText(key="he_thong/rong", text="Bạn hỏi gì?", go_live_at=AS_OF).full_clean()


@pytest.mark.parametrize("path", ["38/999", "Thọ Xuân", "38/395/", "37"])
def test_it_refuses_unknown_places(path: str) -> None:
    """A path of codes of the province."""
    with pytest.raises(ValidationError, match="Không có đơn vị"):
        SystemText(key="he_thong/rong", text="Bạn hỏi gì?", place=path).full_clean()


def test_it_names_places_from_the_smallest_unit_up() -> None:
    """As addresses are written."""
    assert place_name("") == "Mọi nơi"
    assert place_name("38") == "tỉnh Thanh Hóa"
    assert place_name("38/395") == "huyện Thọ Xuân"
    commune = next(path for path in places() if path.startswith("38/395/"))
    assert place_name(commune).endswith(", huyện Thọ Xuân")


def test_it_finds_a_site_only_in_a_district(db: None) -> None:
    """The district comes from the pack's codes."""
    site = VaccinationSite()
    body = {"key": "tram", "name": "Trạm", "address": "Xã", "lat": 19.8, "lng": 105.7, "district": "395", "commune": ""}
    site.fill({**body, "sessions": [{"date": "2022-01-04", "from": "07:30", "to": "11:00", "vaccine": "Pfizer"}]})
    assert site.place == "38/395"
    assert site.payload()["sessions"] == [{"date": "2022-01-04", "from": "07:30", "to": "11:00", "vaccine": "Pfizer"}]
    site.place = "38"
    assert "place" in site.missing_for_approval()


def test_it_keeps_rules_whose_days_no_document_names() -> None:
    """Null is an answer, zero would be an invention."""
    rule = QuarantineRule()
    rule.fill_content(
        {"key": "f2", "subject": "f2", "vaccinated": "moi_nguoi", "isolate_days": None, "text": "Hỏi 1022."}
    )
    assert rule.payload()["isolate_days"] is None


@pytest.mark.parametrize("need", ["cap_cuu", [1], {"cap_cuu": True}])
def test_it_refuses_needs_that_are_no_list_of_words(need: Any) -> None:
    """The look-up compares words."""
    with pytest.raises(ValidationError, match="Nhu cầu"):
        Hotline(key="h", name="H", phone="115", display="115", need=need).full_clean()
