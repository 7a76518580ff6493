"""An answer with a picture, a video and files reads on every channel, and says whose each is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from contracts.bulletin import bulletin_text
from contracts.media import picture_of
from contracts.release import Release, fingerprint
from contracts.reply import answer_of, picture_meta
from contracts.zalo_layout import MOST_BUTTONS
from tests.contracts.test_reply import RELEASE

NAME = f"{'a' * 64}.png"
PICTURE = {"name": NAME, "text": "Sáu bước rửa tay", "credit": "Bộ Y tế"}
VIDEO = {"url": "https://moh.gov.vn/v", "credit": "Bộ Y tế"}
FILE = {"title": "Tờ rơi 5K", "url": "https://moh.gov.vn/5k.pdf", "credit": "Bộ Y tế, được phép đăng lại"}


def _with(**media: Any) -> Release:
    return replace(RELEASE, payload={"title": "F1", "text": "Bảy ngày.", "buttons": [], **media})


def test_it_tells_text_picture_links_and_source_in_this_order() -> None:
    answer = answer_of(_with(picture=PICTURE, video=VIDEO, attachments=[FILE]))

    assert answer.text == (
        "Bảy ngày.\n\nHình: Sáu bước rửa tay. Nguồn: Bộ Y tế.\nVideo. Nguồn: Bộ Y tế.\nTờ rơi 5K. Nguồn: Bộ Y tế, được phép đăng lại."
        "\n\nNguồn: 10696/BYT-MT, Bộ Y tế, ngày 16/12/2021."
    )
    assert [(button.title, button.url) for button in answer.buttons] == [
        ("Video", VIDEO["url"]),
        ("Tờ rơi 5K", FILE["url"]),
    ]
    assert answer.picture is not None
    assert answer.picture.address == f"/pictures/{NAME}"
    assert picture_meta(answer.picture) == {"image_text": "Sáu bước rửa tay"}


@pytest.mark.parametrize(("own", "listed"), [(4, False), (5, True)])
def test_it_writes_addresses_out_when_zalo_would_show_no_more_buttons(own: int, listed: bool) -> None:
    buttons = [{"title": f"Nút {number}", "answer": "cach_ly/f0"} for number in range(own)]
    answer = answer_of(_with(video=VIDEO, buttons=buttons))

    assert len(answer.buttons) == MOST_BUTTONS
    assert (f"Video: {VIDEO['url']} Nguồn: Bộ Y tế." in answer.text) is listed


def test_it_leaves_an_answer_without_them_as_it_always_was() -> None:
    assert answer_of(_with()).text == "Bảy ngày.\n\nNguồn: 10696/BYT-MT, Bộ Y tế, ngày 16/12/2021."
    assert (answer_of(_with()).picture, picture_meta(None), picture_of({"picture": None})) == (None, {}, None)


def test_it_keeps_the_fingerprint_of_a_release_from_before() -> None:
    """Its canonical JSON is what it was on the day of its approval."""
    assert fingerprint(RELEASE) == "214db652d5f856591a51f670055a3084a3884111ddcf231ad05fa0157dd271ee"


def test_a_bulletin_says_what_its_picture_shows() -> None:
    payload = {"number": "12/BC", "as_of": "2021-12-31T16:00+07:00", "figures": {"new_cases": 5}, "advice": ""}
    text = bulletin_text({**payload, "commentary": "Ít ca.", "picture": PICTURE})

    assert text.endswith("Ít ca.\n\nHình: Sáu bước rửa tay. Nguồn: Bộ Y tế.")
    assert bulletin_text({**payload, "commentary": "Ít ca."}).endswith("Ít ca.")
