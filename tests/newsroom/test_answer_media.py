"""Picture, video and files of an answer: one change set with its text, each with whose it is, and no draft's is public."""

from __future__ import annotations

import json
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from contracts.media import PICTURES
from contracts.release import fingerprint
from newsroom.approval.refusal import ApprovalRefusedError
from newsroom.content.models import FaqAnswer
from newsroom.content.pictures import NO_PICTURE, find_picture, keep_picture
from newsroom.releases.models import Release
from newsroom.releases.retract import retract
from tests.newsroom.test_bulletin_pictures import drawn
from tests.newsroom.test_doors import FIGURES, strangers
from tests.newsroom.test_preview import preview, section
from tests.support.newsroom_people import browser_of

pytestmark = pytest.mark.django_db
FORM = {"key": "5k/khu_khuan", "title": "Rửa tay thế nào?", "text": "Rửa tay 30 giây.", "buttons-count": "0"}
WORDS = {"picture_text": "Sáu bước rửa tay", "picture_credit": "Bộ Y tế, được phép đăng lại"}
VIDEO = {"video": "https://moh.gov.vn/video", "video_credit": "Bộ Y tế"}
FILE = {"title": "Tờ rơi 5K", "url": "https://moh.gov.vn/5k.pdf", "credit": "Bộ Y tế"}


def files(*items: dict[str, str]) -> dict[str, str]:
    """The attachments as the form sends them."""
    sent = {"attachments-count": str(len(items))}
    for number, item in enumerate(items):
        sent |= {f"attachments-{number}-{name}": "" for name in ("id", "deleted")}
        sent |= {f"attachments-{number}-type": "attachment", f"attachments-{number}-order": str(number)}
        sent |= {f"attachments-{number}-value-{name}": value for name, value in item.items()}
    return sent


def stored_file(**changed: str) -> str:
    """An attachment as the model keeps it."""
    return json.dumps([{"type": "attachment", "value": {**FILE, **changed}}])


@pytest.fixture
def editor(staff: Any) -> Client:
    """The editor's browser."""
    return browser_of(staff.editor)


@pytest.fixture
def answer(draft: Any) -> FaqAnswer:
    """A draft with everything beside its words."""
    made: FaqAnswer = draft(picture=keep_picture(drawn()), **WORDS, **VIDEO, attachments=stored_file())
    return made


def saved(editor: Client, source: Any, **fields: Any) -> Any:
    """The answer of the form for new content."""
    sent = {**FORM, "attachments-count": "0", "source": source.pk, **fields}
    return editor.post(reverse(FaqAnswer.snippet_viewset.get_url_name("add")), sent)


def test_it_keeps_picture_video_and_file_of_the_form_until_they_are_taken_away(editor: Client, source: Any) -> None:
    picture = SimpleUploadedFile("ảnh.jpg", drawn("JPEG"), "image/jpeg")
    assert saved(editor, source, picture=picture, **WORDS, **VIDEO, **files(FILE)).status_code == 302
    made = FaqAnswer.objects.get().get_latest_revision_as_object()
    assert find_picture(made.picture) is not None
    assert made.payload()["picture"] == {
        "name": made.picture,
        "text": "Sáu bước rửa tay",
        "credit": WORDS["picture_credit"],
    }
    assert made.payload()["video"] == {"url": "https://moh.gov.vn/video", "credit": "Bộ Y tế"}
    assert made.payload()["attachments"] == [FILE]

    edit = reverse(FaqAnswer.snippet_viewset.get_url_name("edit"), args=[made.pk])
    page = editor.get(edit).content.decode()
    assert reverse("content:picture", args=[made.picture]) in page
    editor.post(edit, {**FORM, "attachments-count": "0", "source": source.pk, **WORDS, "picture-clear": "on"})
    emptied = FaqAnswer.objects.get().get_latest_revision_as_object().payload()
    assert set(emptied) == {"title", "text", "buttons", "facts"}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"picture": SimpleUploadedFile("anh.png", b"%PDF-1.7", "image/png")}, NO_PICTURE),
        ({"video": "http://moh.gov.vn/video"}, "Địa chỉ phải bắt đầu bằng https://"),
        ({"video": "javascript:alert(1)"}, "Địa chỉ phải bắt đầu bằng https://"),
    ],
)
def test_it_refuses_what_is_no_picture_and_no_safe_address(
    editor: Client, source: Any, wrong: dict[str, Any], message: str
) -> None:
    """In Vietnamese, beside the field; nothing is saved."""
    assert message in unescape(saved(editor, source, **wrong).content.decode())
    assert not FaqAnswer.objects.exists()


def test_it_names_every_box_of_the_panel_in_vietnamese(editor: Client) -> None:
    """The browser's own words of a file box are in its language, so its button is ours."""
    page = unescape(editor.get(reverse(FaqAnswer.snippet_viewset.get_url_name("add"))).content.decode())
    for words in ("Hình, video và tệp kèm theo", "Chọn hình", "Mô tả hình", "Nguồn của hình", "Nguồn của video"):
        assert words in page


def test_it_releases_all_of_it_with_the_text_as_one_change_set(answer: FaqAnswer, publish: Any) -> None:
    """No bytes, a name made of the content; the fingerprint covers it."""
    release = publish(answer)
    assert release.payload["picture"] == {
        "name": answer.picture,
        "text": "Sáu bước rửa tay",
        "credit": "Bộ Y tế, được phép đăng lại",
    }
    assert release.payload["video"] == {"url": "https://moh.gov.vn/video", "credit": "Bộ Y tế"}
    assert release.payload["attachments"] == [FILE]
    assert fingerprint(release.shape()) == release.sha256


def test_it_releases_an_answer_without_them_in_the_form_that_it_always_had(draft: Any, publish: Any) -> None:
    assert publish(draft()).payload == {
        "title": "Đeo khẩu trang khi nào?",
        "text": "Đeo ở nơi đông người.",
        "buttons": [],
        "facts": "",
    }


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"picture_text": ""}, "mô tả hình"),
        ({"picture_credit": ""}, "ai làm ra hình"),
        ({"picture": f"{'0' * 64}.png"}, "không còn trên máy chủ"),
        ({"video_credit": ""}, "ai làm ra video"),
        ({"attachments": stored_file(credit="")}, "Mỗi tệp cần tên"),
        ({"attachments": stored_file(url="http://moh.gov.vn")}, "https://"),
        ({"picture_credit": "Liên hệ 094 666 8832"}, "đầu mối nội bộ"),
    ],
)
def test_it_approves_nothing_of_which_is_not_said_whose_it_is(
    change: dict[str, str], word: str, answer: FaqAnswer, publish: Any, staff: Any
) -> None:
    for name, value in change.items():
        setattr(answer, name, value)
    answer.save_revision(user=staff.editor, clean=False)
    with pytest.raises(ApprovalRefusedError, match=word):
        publish(answer)
    assert not Release.objects.exists()


def test_it_says_in_the_form_what_is_missing_when_it_is_submitted(editor: Client, source: Any) -> None:
    """Beside the box, as for everything else that a draft may lack."""
    picture = SimpleUploadedFile("anh.png", drawn(), "image/png")
    page = unescape(saved(editor, source, picture=picture, **{"action-submit": "1"}).content.decode())
    assert "Hãy mô tả hình cho người không nhìn được." in page
    assert "Hãy ghi ai làm ra hình và được dùng theo quyền gì." in page


def test_it_shows_picture_and_links_in_the_faces_that_have_them(editor: Client, answer: FaqAnswer, source: Any) -> None:
    """The message on Zalo and the card show the picture with its words; nobody hears it from a loudspeaker."""
    typed = {**WORDS, **VIDEO, **files(FILE), "source": source.pk}
    html = preview(editor, typed, content=answer)
    shown = f'src="{reverse("content:picture", args=[answer.picture])}" alt="Sáu bước rửa tay"'
    zalo, chat, loudspeaker = (html.partition(f'id="{name}"')[2].partition("</section>")[0] for name in
                               ("zalo", "tro-chuyen", "loa"))  # fmt: skip
    assert (zalo.count(shown), chat.count(shown), loudspeaker.count("<img")) == (1, 1, 0)
    for face in ("zalo", "tro-chuyen"):
        assert "Hình: Sáu bước rửa tay. Nguồn: Bộ Y tế, được phép đăng lại." in section(html, face)
        assert "Video. Nguồn: Bộ Y tế." in section(html, face)
        assert "Tờ rơi 5K" in section(html, face)
    assert "Sáu bước" not in section(html, "loa")
    assert "Zalo sẽ gửi thành" not in html  # a second message for the buttons is no long text


def test_it_shows_the_approver_the_picture_and_what_changed(answer: FaqAnswer, submit: Any, staff: Any) -> None:
    state = submit(answer, staff.editor)
    page = browser_of(staff.approver).get(reverse("approval:submission", args=[state.pk])).content.decode()
    assert f'src="{reverse("content:picture", args=[answer.picture])}" alt="Sáu bước rửa tay"' in page
    for words in (answer.picture[:12], "https://moh.gov.vn/video", "https://moh.gov.vn/5k.pdf"):
        assert words in page


def test_it_gives_a_released_picture_to_the_gateway_only(
    answer: FaqAnswer, publish: Any, settings: Any, staff: Any
) -> None:
    """Not before the release, not after a retraction, and with no other token."""
    settings.FIGURES_TOKENS = FIGURES
    address = f"/api/v1{PICTURES}{answer.picture}"
    gateway = Client(headers={"Authorization": f"Bearer {settings.SNAPSHOT_TOKEN}"})
    assert gateway.get(address).status_code == 404

    release = publish(answer)
    given = gateway.get(address)
    assert (given.status_code, given.headers["Content-Type"]) == (200, "image/png")
    assert given.content == find_picture(answer.picture).read_bytes()  # type: ignore[union-attr]
    assert gateway.get(address, headers={"If-None-Match": given.headers["ETag"]}).status_code == 304
    opened = {name for name, browser in strangers(settings).items() if browser.get(address).status_code == 200}
    assert opened == {"snapshot"}

    retract(release, staff.approver, "hình sai")
    assert gateway.get(address, headers={"If-None-Match": given.headers["ETag"]}).status_code == 404


def test_it_gives_no_draft_s_picture_to_anybody_but_staff(answer: FaqAnswer, publish: Any, settings: Any) -> None:
    """Neither before the first release nor after it, when the draft has another picture than the release."""
    settings.FIGURES_TOKENS = FIGURES
    publish(answer)
    content = FaqAnswer.objects.get()
    content.picture = keep_picture(drawn(size=(90, 60)))
    content.save_revision()
    for name, browser in strangers(settings).items():
        for address in (f"/api/v1{PICTURES}{content.picture}", reverse("content:picture", args=[content.picture])):
            assert (name, address, browser.get(address).status_code in {302, 401, 403, 404}) == (name, address, True)


def test_it_takes_video_and_files_from_the_drafts_api_and_no_picture(draft: Any, source: Any) -> None:
    """A picture is uploaded and looked at by a person; the one that is there stays."""
    content = draft(picture=keep_picture(drawn()), **WORDS)
    name = content.picture
    body = {"key": "5k/khau_trang", "title": "?", "text": "Mới.", "source": source.slug, **VIDEO, "attachments": [FILE]}
    content.fill({**body, "picture": f"{'0' * 64}.png"})
    assert (content.picture, content.payload()["attachments"]) == (name, [FILE])
    assert content.payload()["video"]["url"] == VIDEO["video"]
