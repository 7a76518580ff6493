"""A bulletin's picture: checked when it is uploaded, told in every form that can show one, served to staff only."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from contracts.clock import VIETNAM
from contracts.release import fingerprint
from newsroom.approval.refusal import ApprovalRefusedError
from newsroom.bulletins.forms.edition import edition_of
from newsroom.bulletins.forms.pdf import bulletin_pdf
from newsroom.bulletins.views import portal_page
from newsroom.content.models import Bulletin
from newsroom.content.pictures import (
    BROKEN,
    NO_PICTURE,
    TOO_LARGE,
    TOO_MANY_PIXELS,
    ZALO_BYTES,
    PictureRefusedError,
    find_picture,
    keep_picture,
)
from newsroom.releases.models import Release

COMMENTARY = "Trong ngày có thêm ca mắc mới, phần lớn ở khu cách ly."


def drawn(form: str = "PNG", size: tuple[int, int] = (80, 60), mode: str = "RGB", **options: Any) -> bytes:
    """A picture's file."""
    buffer = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else (255, 0, 0, 0)).save(buffer, form, **options)
    return buffer.getvalue()


def begun_png(width: int, height: int) -> bytes:
    """A PNG that says that it is that large; most of its pixels are missing."""
    chunks = (b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0), b"IDAT" + zlib.compress(b"\0" * 99))
    body = b"".join(
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) for chunk in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


WRONG = {
    "a PDF": (b"%PDF-1.7\n1 0 obj", NO_PICTURE),
    "an SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', NO_PICTURE),
    "a GIF": (drawn("GIF"), NO_PICTURE),
    "a page": (b"<html>", NO_PICTURE),
    "nothing": (b"\x00", NO_PICTURE),
    "20 MB": (drawn() + b"\x00" * 20_000_000, TOO_LARGE),
    "30,000 x 30,000": (begun_png(30_000, 30_000), TOO_MANY_PIXELS),
    "10,000 x 10,000": (begun_png(10_000, 10_000), TOO_MANY_PIXELS),
    "half a picture": (drawn(size=(400, 400))[:90], BROKEN),
    "a PNG without its end": (begun_png(80, 60), BROKEN),
    "half a photograph": (drawn("JPEG", (900, 900))[:700], BROKEN),
}


@pytest.fixture
def editor(staff: Any) -> Client:
    """The editor's browser."""
    client = Client()
    client.force_login(staff.editor)
    return client


@pytest.fixture
def form(source: Any) -> dict[str, Any]:
    """The fields of a bulletin's form, all but the picture."""
    return {
        "number": "Bản tin ngày 30/12/2021",
        "as_of": "30/12/2021 16:00",
        "new_cases": "184",
        "commentary": COMMENTARY,
        "districts-count": "0",
        "attachments-count": "0",
        "source": source.pk,
        "place": "38",
    }


@pytest.fixture
def bulletin(staff: Any, source: Any) -> Bulletin:
    """A draft with a picture."""
    made = Bulletin(
        number="Bản tin ngày 30/12/2021",
        as_of=datetime(2021, 12, 30, 16, tzinfo=VIETNAM),
        new_cases=184,
        commentary=COMMENTARY,
        source=source,
        place="38",
        picture=keep_picture(drawn()),
        picture_text="Biểu đồ ca mắc mới",
        picture_credit="Sở Y tế (dữ liệu minh họa)",
    )
    made.save()
    made.save_revision(user=staff.editor)
    return made


@pytest.mark.parametrize("what", WRONG)
def test_it_refuses_what_is_no_picture(what: str) -> None:
    """Whatever the file is called; nothing of it is kept."""
    content, message = WRONG[what]
    with pytest.raises(PictureRefusedError) as refusal:
        keep_picture(content)
    assert str(refusal.value) == message


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["a PDF", "an SVG", "20 MB", "30,000 x 30,000"])
def test_it_says_so_in_the_form_and_saves_nothing(what: str, editor: Client, form: dict[str, Any]) -> None:
    """In Vietnamese, beside the field."""
    content, message = WRONG[what]
    file = SimpleUploadedFile("bieu-do.png", content, "image/png")
    answer = editor.post(reverse(Bulletin.snippet_viewset.get_url_name("add")), {**form, "picture": file})
    assert message in answer.content.decode()
    assert not Bulletin.objects.exists()


@pytest.mark.django_db
def test_it_keeps_an_uploaded_picture_until_it_is_replaced_or_removed(
    editor: Client, form: dict[str, Any], settings: Any
) -> None:
    """Saving the form again keeps it; the box takes it away; the old version still has it."""
    file = SimpleUploadedFile("ảnh.jpg", drawn("JPEG"), "image/jpeg")
    words = {"picture_text": "Biểu đồ", "picture_credit": "Sở Y tế"}
    answer = editor.post(reverse(Bulletin.snippet_viewset.get_url_name("add")), {**form, **words, "picture": file})
    made = Bulletin.objects.get()
    name = made.get_latest_revision_as_object().picture
    address = reverse(Bulletin.snippet_viewset.get_url_name("edit"), args=[made.pk])
    assert (answer.status_code, find_picture(name) is not None) == (302, True)
    assert reverse("content:picture", args=[name]) in editor.get(address).content.decode()
    editor.post(address, {**form, **words})
    assert Bulletin.objects.get().get_latest_revision_as_object().picture == name
    editor.post(address, {**form, **words, "picture-clear": "on"})
    assert Bulletin.objects.get().get_latest_revision_as_object().picture == ""
    assert find_picture(name) is not None


def test_it_draws_the_picture_anew(settings: Any) -> None:
    """Upright, small enough for Zalo, white where it is transparent, without what a telephone wrote beside it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = 6, "Nguyễn Văn A"  # lies on its side; who took it
    turned = find_picture(keep_picture(drawn("JPEG", (4000, 3000), exif=exif)))
    clear = find_picture(keep_picture(drawn(mode="RGBA")))
    assert turned is not None
    assert clear is not None
    with Image.open(turned) as opened:
        assert (opened.size, dict(opened.getexif())) == ((1200, 1600), {})
    with Image.open(clear) as opened:
        assert (opened.format, opened.getpixel((0, 0))) == ("PNG", (255, 255, 255))


def test_it_makes_a_large_picture_fit_for_zalo(settings: Any) -> None:
    """Noise is what compresses worst."""
    noise = Image.effect_noise((1600, 1600), 200).convert("RGB")
    buffer = io.BytesIO()
    noise.save(buffer, "PNG")
    kept = find_picture(keep_picture(buffer.getvalue()))
    assert kept is not None
    assert (kept.suffix, kept.stat().st_size <= ZALO_BYTES) == (".jpg", True)


@pytest.mark.parametrize("name", ["../clock.json", "x.png", "a" * 64 + ".svg", ""])
def test_it_finds_nothing_under_names_that_it_did_not_give(name: str) -> None:
    """No path leads out of the folder."""
    assert find_picture(name) is None


@pytest.mark.django_db
def test_it_shows_the_picture_in_every_form_that_has_one(bulletin: Bulletin, publish: Any, editor: Client) -> None:
    """In the messages, on the card, on the portal's page as one file, in print; released with its fingerprint."""
    release = publish(bulletin)
    edition = edition_of(Bulletin.objects.get())
    page = editor.get(reverse("bulletins:forms", args=[bulletin.pk])).content.decode()
    shown = f'<img src="{reverse("content:picture", args=[bulletin.picture])}" alt="Biểu đồ ca mắc mới"'
    assert page.count(shown) == 2
    assert "Hình: Sở Y tế (dữ liệu minh họa)" in page
    assert '<img src="data:image/png;base64,iVBOR' in portal_page(edition)
    assert b"/Subtype /Image" in bulletin_pdf(edition)
    assert bulletin_pdf(edition) == bulletin_pdf(edition)
    words = {"text": "Biểu đồ ca mắc mới", "credit": "Sở Y tế (dữ liệu minh họa)"}
    assert release.payload["picture"] == {"name": bulletin.picture, **words}
    assert fingerprint(release.shape()) == release.sha256


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"picture_text": ""}, "mô tả hình"),
        ({"picture_credit": ""}, "ai làm ra hình"),
        ({"picture": f"{'0' * 64}.png"}, "không còn trên máy chủ"),
    ],
)
def test_it_releases_no_picture_without_its_words_and_its_file(
    change: dict[str, str], word: str, bulletin: Bulletin, edit: Any, publish: Any, staff: Any
) -> None:
    """Who cannot see it, whose it is, and that it is there."""
    edit(bulletin, staff.editor, **change)
    with pytest.raises(ApprovalRefusedError, match=word):
        publish(Bulletin.objects.get())
    assert not Release.objects.exists()


@pytest.mark.django_db
def test_it_serves_the_picture_to_staff_only(bulletin: Bulletin, editor: Client) -> None:
    """Released or not; as what it is, and nothing else."""
    address = reverse("content:picture", args=[bulletin.picture])
    assert Client().get(address).headers["Location"].startswith("/admin/login/")
    answer = editor.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert editor.get(reverse("content:picture", args=["0" * 64 + ".png"])).status_code == 404


@pytest.mark.django_db
def test_it_shows_the_approver_that_the_picture_changed(bulletin: Bulletin, submit: Any, staff: Any) -> None:
    """By its words and the beginning of its name; the picture is on the page itself."""
    state = submit(bulletin, staff.editor)
    client = Client()
    client.force_login(staff.approver)
    page = client.get(reverse("approval:submission", args=[state.pk])).content.decode()
    assert bulletin.picture[:12] in page
    assert f'src="{reverse("content:picture", args=[bulletin.picture])}" alt="Biểu đồ ca mắc mới"' in page
