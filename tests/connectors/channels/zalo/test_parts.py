"""Messages as Zalo takes them."""

from __future__ import annotations

from typing import Any

import pytest

from connectors.channels.zalo.parts import PICTURE, parts_of, with_picture
from connectors.core.sending import OutgoingMessage, OutgoingPart
from contracts.zalo_layout import ASK_NUMBER, CHOOSE

CHOICES = [{"title": "Điểm tiêm", "payload": "tok1"}, {"title": "Bản tin", "payload": "tok2"}]


def _parts(
    text: str = "Bạn cần gì?", buttons: list[dict[str, Any]] | None = None, plain: bool = False, template: str = ""
) -> list[OutgoingPart]:
    message = OutgoingMessage(conversation_id="c", address="1:2", text=text, buttons=buttons or [], plain=plain)
    return parts_of(message, 5, template)


def test_it_sends_plain_text_as_text() -> None:
    assert [part.body for part in _parts()] == [{"text": "Bạn cần gì?"}]


def test_it_sends_choices_as_hidden_queries_without_a_template_type() -> None:
    (part,) = _parts(buttons=CHOICES)

    assert part.body["attachment"] == {
        "type": "template",
        "payload": {
            "buttons": [
                {"title": "Điểm tiêm", "type": "oa.query.hide", "payload": "#tok1"},
                {"title": "Bản tin", "type": "oa.query.hide", "payload": "#tok2"},
            ]
        },
    }
    assert not part.listed


def test_it_names_the_template_type_when_told_to() -> None:
    assert _parts(buttons=CHOICES, template="button")[0].body["attachment"]["payload"]["template_type"] == "button"


def test_it_sends_addresses_and_numbers_as_buttons() -> None:
    buttons = [{"title": "Trang", "url": "https://a.vn"}, {"title": "Gọi", "phone": "02370000000"}]

    payload = _parts(buttons=buttons)[0].body["attachment"]["payload"]

    assert [button["payload"] for button in payload["buttons"]] == [
        {"url": "https://a.vn"},
        {"phone_code": "842370000000"},
    ]


def test_it_writes_out_what_zalo_would_refuse_as_a_button() -> None:
    buttons = [{"title": "Đường dây nóng", "phone": "02371022"}, {"title": "Trang", "url": "http://a.vn"}, CHOICES[0]]

    (part,) = _parts(buttons=buttons)

    assert part.text == "Bạn cần gì?\n\nĐường dây nóng: 02371022\nTrang: http://a.vn"
    assert len(part.body["attachment"]["payload"]["buttons"]) == 1


def test_it_lists_a_number_once_when_the_title_holds_it() -> None:
    buttons = [{"title": "Gọi 115", "phone": "115"}, {"title": "Gọi 1022", "phone": "02371022"}]
    spaced = {"title": "Gọi 0237 1022", "phone": "02371022"}

    assert _parts(buttons=[buttons[0]])[0].text == "Bạn cần gì?\n\nGọi 115"
    assert _parts(buttons=[*buttons, spaced], plain=True)[0].text == (
        "Bạn cần gì?\n\nGọi 115\nGọi 1022: 02371022\nGọi 0237 1022"
    )


def test_it_lists_choices_with_numbers_when_buttons_were_refused() -> None:
    (part,) = _parts(buttons=CHOICES, plain=True)

    assert part.text == f"Bạn cần gì?\n\n1. Điểm tiêm\n2. Bản tin\n{ASK_NUMBER}"
    assert part.body == {"text": part.text}
    assert part.listed


def test_it_lists_more_choices_than_zalo_takes() -> None:
    many = [{"title": f"Mục {number}", "payload": f"t{number}"} for number in range(6)]

    (part,) = _parts(buttons=many)

    assert part.listed
    assert "6. Mục 5" in part.text


def test_it_puts_buttons_under_the_last_piece_and_keeps_the_others_when_they_are_refused() -> None:
    text = "Một câu dài vừa phải. " * 130

    shown, plain = _parts(text, CHOICES), _parts(text, CHOICES, plain=True)

    assert ["attachment" in part.body for part in shown] == [False, True]
    assert shown[0] == plain[0]
    assert all(len(part.text) <= 2000 for part in shown + plain)


def test_it_gives_the_list_a_message_of_its_own_when_there_is_no_room() -> None:
    pieces = _parts("x" * 1990, CHOICES, plain=True)

    assert [len(piece.text) > 1900 for piece in pieces] == [True, False]
    assert [piece.listed for piece in pieces] == [False, True]


def _pictured(text: str, buttons: list[dict[str, Any]] | None = None, plain: bool = False) -> list[OutgoingPart]:
    message = OutgoingMessage(
        conversation_id="c",
        address="1:2",
        text=text,
        buttons=buttons or [],
        image="/chat/v1/uploads/a.png",
        plain=plain,
    )
    return parts_of(message, 5, "")


def test_a_picture_rides_on_its_text() -> None:
    (part,) = _pictured("Bản đồ đây ạ")

    assert (part.text, part.image, part.left_out) == ("Bản đồ đây ạ", "/chat/v1/uploads/a.png", "")
    assert with_picture(part, "up1") == {
        "text": "Bản đồ đây ạ",
        "attachment": {
            "type": "template",
            "payload": {"template_type": "media", "elements": [{"media_type": "image", "attachment_id": "up1"}]},
        },
    }


def test_a_picture_without_words_has_no_caption() -> None:
    (part,) = _pictured("")

    assert "text" not in with_picture(part, "up1")


@pytest.mark.parametrize("text", ["Số liệu hôm nay.", "Một câu dài vừa phải. " * 130])
def test_a_picture_goes_first_and_the_buttons_last(text: str) -> None:
    parts = _pictured(text, CHOICES)

    assert [bool(part.image) for part in parts] == [True, False]
    assert ["attachment" in part.body for part in parts] == [False, True]
    assert parts[1].text == CHOOSE or len(text) > 2000


def test_a_refusal_half_way_changes_neither_the_number_nor_the_first_texts() -> None:
    pictured, plain = _pictured("Số liệu hôm nay.", CHOICES), _pictured("Số liệu hôm nay.", CHOICES, plain=True)

    assert [part.text for part in plain] == ["Số liệu hôm nay.", f"{CHOOSE}\n\n1. Điểm tiêm\n2. Bản tin\n{ASK_NUMBER}"]
    assert [part.text for part in pictured[:-1]] == [part.text for part in plain[:-1]]
    assert [part.left_out for part in plain] == [PICTURE, ""]
    assert plain[0].image == ""


def _form(text: str, image: str = "https://a.vn/i.png", plain: bool = False) -> list[OutgoingPart]:
    message = OutgoingMessage(conversation_id="c", address="1:2", text=text, form="contact", plain=plain)
    return parts_of(message, 5, "", image)


def test_a_form_asks_for_contact_details() -> None:
    (part,) = _form("Bạn cho biết số điện thoại.")

    assert part.text == ""
    assert part.body["attachment"]["payload"] == {
        "template_type": "request_user_info",
        "elements": [
            {
                "title": "Thông tin liên hệ",
                "subtitle": "Bạn cho biết số điện thoại.",
                "image_url": "https://a.vn/i.png",
            }
        ],
    }


@pytest.mark.parametrize(
    ("text", "image", "plain"),
    [("Hỏi", "", False), ("Hỏi", "https://a.vn/i.png", True), ("x" * 501, "https://a.vn", False)],
)
def test_a_form_that_cannot_be_shown_is_asked_in_words(text: str, image: str, plain: bool) -> None:
    assert [part.body for part in _form(text, image, plain)] == [{"text": text}]
