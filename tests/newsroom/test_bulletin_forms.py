"""One bulletin in every form: the same figures, in the room that each form has."""

from __future__ import annotations

import logging
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contracts.clock import VIETNAM
from contracts.release import Source
from newsroom.bulletins.forms.chat import chat_messages
from newsroom.bulletins.forms.edition import Edition
from newsroom.bulletins.forms.loudspeaker import loudspeaker_script
from newsroom.bulletins.forms.pdf import bulletin_pdf
from newsroom.bulletins.forms.sms import plain, sms_parts
from newsroom.bulletins.views import FILES, portal_page
from newsroom.content.models import Bulletin

SOURCE = Source(
    number="", title="Bản tin COVID-19 tỉnh Thanh Hóa", issuer="CDC Thanh Hóa", date=date(2021, 12, 30), url=""
)
COMMENTARY = "Trong ngày có 184 ca mắc mới, trong đó 82 ca ngoài cộng đồng. Số ca ít hơn ngày 28/12 (348 ca)."


def edition(**changes: Any) -> Edition:
    """The bulletin of 30 December with changes."""
    payload = {
        "number": "Bản tin ngày 30/12/2021",
        "as_of": "2021-12-30T16:00:00+07:00",
        "figures": {"new_cases": 184, "community_cases": 82, "total_doses": 2_989_906},
        "districts": [{"place": "38/395", "name": "huyện Thọ Xuân", "new_cases": 12}],
        "commentary": COMMENTARY,
        "advice": "Bạn giữ 5K. Nếu sốt, ho, bạn gọi 02371022.",
        "attachments": [{"title": "Biểu đồ", "url": "https://syt.thanhhoa.gov.vn/bieu-do.png"}],
    }
    return Edition(payload={**payload, **changes}, source=SOURCE, draft=False)


def test_it_says_in_chat_what_the_assistant_says() -> None:
    """With figures, meaning, advice, attachments, source."""
    [message] = chat_messages(edition())
    assert message.startswith("Bản tin ngày 30/12/2021\nSố liệu tính đến 16:00 ngày 30/12/2021:\nCa mắc mới: 184\n")
    assert "2.989.906" in message
    assert "Biểu đồ: https://syt.thanhhoa.gov.vn/bieu-do.png" in message
    assert message.endswith("Nguồn: Bản tin COVID-19 tỉnh Thanh Hóa, CDC Thanh Hóa, ngày 30/12/2021.")


def test_it_splits_a_long_bulletin_between_paragraphs() -> None:
    """Zalo takes 2,000 characters."""
    messages = chat_messages(edition(commentary="a" * 1500, advice="b" * 1500))
    assert len(messages) == 2
    assert all(len(message) <= 2000 for message in messages)


def test_it_fits_sms_into_parts_without_diacritics() -> None:
    """At most 160 characters, numbered, nothing lost between them."""
    parts = sms_parts(edition())
    assert len(parts) > 1
    assert all(len(part) <= 160 and part.isascii() for part in parts)
    assert parts[0].startswith(
        f"(1/{len(parts)}) Ban tin ngay 30/12/2021. So lieu den 16:00 ngay 30/12/2021: Ca mac moi: 184"
    )
    bodies = " ".join(part.split(") ", 1)[1] for part in parts)
    assert plain(COMMENTARY) in bodies


def test_it_sends_a_short_bulletin_as_one_sms() -> None:
    """Without numbering."""
    [part] = sms_parts(edition(figures={"new_cases": 1}, commentary="Ít ca.", advice=""))
    assert not part.startswith("(")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Đường dây nóng", "Duong day nong"), ("“Ở nhà” – an toàn…", '"O nha" - an toan...'), ("a\n b 😷 {c}", "a b c")],
)
def test_it_knows_the_alphabet_of_old_telephones(text: str, expected: str) -> None:
    """GSM 7-bit."""
    assert plain(text) == expected


def test_it_writes_a_script_without_digits() -> None:
    """Figures twice, for whoever came late to the loudspeaker."""
    script = loudspeaker_script(edition())
    assert not any(character.isdigit() for character in script)
    assert script.count("Ca mắc mới: một trăm tám mươi tư.") == 2
    assert script.startswith("Kính thưa bà con.")
    assert "không hai ba bảy một không hai hai" in script


def test_it_prints_every_vietnamese_letter(caplog: pytest.LogCaptureFixture) -> None:
    """fpdf2 logs each letter that the font lacks."""
    letters = "ĂÂĐÊÔƠƯ ắằẳẵặ ấầẩẫậ ếềểễệ ốồổỗộ ớờởỡợ ứừửữự ỳỷỹỵ “–”…"
    with caplog.at_level(logging.WARNING):
        document = bulletin_pdf(edition(commentary=letters * 200))
    assert document.startswith(b"%PDF-")
    assert document.count(b"/Type /Page\n") > 1
    assert [record.message for record in caplog.records if "fpdf" in record.name or "glyph" in record.message] == []


def test_it_prints_the_same_bytes_twice() -> None:
    """A file can be compared with the one that went out."""
    assert bulletin_pdf(edition()) == bulletin_pdf(edition())


def test_it_makes_a_page_that_fetches_nothing() -> None:
    """For the department's portal."""
    html = portal_page(edition(commentary="<script>alert(1)</script>" + COMMENTARY))
    assert "<script" not in html
    assert "src=" not in html
    assert "huyện Thọ Xuân" in html


@pytest.fixture
def bulletin(staff: Any, source: Any) -> Bulletin:
    """A draft of the editor's."""
    made = Bulletin(
        number="Bản tin ngày 30/12/2021",
        as_of=datetime(2021, 12, 30, 16, tzinfo=VIETNAM),
        new_cases=184,
        commentary=COMMENTARY,
        source=source,
        place="38",
        internal_note="CHỈ NỘI BỘ",
        figures_note="ĐÃ HỎI CDC",
    )
    made.save()
    made.save_revision(user=staff.editor)
    return made


@pytest.mark.django_db
def test_it_shows_and_saves_all_forms(staff: Any, bulletin: Bulletin, publish: Any) -> None:
    """A draft is marked as one; internal fields are in none."""
    client = Client()
    client.force_login(staff.approver)

    def files() -> dict[str, Any]:
        return {name: client.get(reverse("bulletins:file", args=[bulletin.pk, name])) for name in FILES}

    drafts = files()
    assert all("-nhap-" in answer.headers["Content-Disposition"] for answer in drafts.values())
    assert all(b"CH" in answer.content for name, answer in drafts.items() if name != "in.pdf")
    assert "BẢN NHÁP" in drafts["trang.html"].content.decode()
    publish(bulletin)
    for name, answer in files().items():
        assert answer.headers["Content-Disposition"] == f'attachment; filename="ban-tin-2021-12-30-{name}"'
        text = answer.content.decode(errors="replace")
        assert not any(secret in text for secret in ("BẢN NHÁP", "NỘI BỘ", "ĐÃ HỎI"))
    page = client.get(reverse("bulletins:forms", args=[bulletin.pk])).content.decode()
    assert "Kính thưa bà con." in page
    assert client.get(reverse("bulletins:file", args=[bulletin.pk, "khac.exe"])).status_code == 404


@pytest.mark.django_db
def test_it_lets_no_draft_out_to_strangers(bulletin: Bulletin) -> None:
    """Every address asks for a login."""
    for address in ("", f"{bulletin.pk}/", *(f"{bulletin.pk}/{name}" for name in FILES)):
        assert Client().get(f"/ban-tin/{address}").headers["Location"].startswith("/admin/login/")
