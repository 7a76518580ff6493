"""What an event brings beside words, in every shape that is told of."""

from __future__ import annotations

import json
from typing import Any

import pytest

from connectors.channels.zalo.attachments import read_card, read_contact, read_files, read_link, read_location
from connectors.channels.zalo.messages import Event, UnreadableEventError, parse_event

OA, USER = "4400000000000000099", "7700000000000000011"
URL = "http://f21.photo.zdn.vn/a.jpg"


def _event(name: str, attachments: object = None, text: object = None, **fields: Any) -> Event:
    message = {"msg_id": "1", "attachments": attachments} | ({} if text is None else {"text": text})
    parties = {"sender": {"id": USER}, "recipient": {"id": OA}, "message": message}
    return parse_event({"event_name": name, "timestamp": "1788000000123", **parties, **fields}, {OA})


def _place(latitude: object, longitude: object) -> Event:
    payload = {"coordinates": {"latitude": latitude, "longitude": longitude}}
    return _event("user_send_location", [{"type": "location", "payload": payload}])


def test_it_reads_places_as_text_or_number() -> None:
    assert read_location(_place("19.8", 105.7)) == read_location(_place(19.8, "105.7"))


@pytest.mark.parametrize(("latitude", "longitude"), [("nan", "1"), ("95", "1"), (None, "1"), ("x", "1"), ([], "1")])
def test_it_refuses_places_off_the_globe(latitude: object, longitude: object) -> None:
    with pytest.raises(UnreadableEventError):
        read_location(_place(latitude, longitude))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("user_send_image", "image"),
        ("user_send_gif", "image"),
        ("user_send_video", "video"),
        ("user_send_audio", "voice"),
        ("user_send_file", "file"),
        ("user_send_sticker", "sticker"),
    ],
)
def test_it_reads_the_files_of_each_kind(name: str, kind: str) -> None:
    (file,) = read_files(_event(name, [{"type": kind, "payload": {"url": URL, "name": "gia\u0302\u0301y.pdf"}}]))

    assert (file.kind, file.url, file.name) == (kind, URL, "giấy.pdf")


@pytest.mark.parametrize(
    "attachments",
    [None, {}, [], ["x"], [None], [{"payload": 5}], [{"payload": {"url": 5}}], [{"payload": {"url": "x" * 3000}}]],
)
def test_it_finds_no_files_in_what_is_none(attachments: object) -> None:
    assert read_files(_event("user_send_image", attachments)) == ()
    assert read_link(_event("user_send_link", attachments))[:1] in ("", "x")


def test_it_takes_no_more_files_than_a_person_sends() -> None:
    assert len(read_files(_event("user_send_image", [{"payload": {"url": URL}}] * 50))) == 10


def test_it_reads_a_business_card_whose_description_is_json_in_a_text() -> None:
    described = {"phone": "84900000000", "qrCodeUrl": "https://qr.invalid/1"}
    payload = {"description": json.dumps(described), "thumbnail": URL}
    card = _event("user_send_business_card", [{"type": "link", "payload": payload}], text="Nguyễn Văn A")

    assert read_card(card) == {"name": "Nguyễn Văn A", "phone": "84900000000"}
    assert read_files(card) == ()


@pytest.mark.parametrize("description", [None, "", "x", "[]", "[" * 100_000, '{"phone": {}}'])
def test_it_reads_what_is_there_of_a_broken_card(description: object) -> None:
    card = _event("user_send_business_card", [{"payload": {"description": description}}], text="A")

    assert read_card(card) == {"name": "A"}


def test_it_reads_a_form_in_its_newer_and_its_older_shape() -> None:
    nested = {"user_city": "Thanh Hóa", "user_ward": "Xã B", "user_address": "12 đường A"}
    newer = {"name": "Lan", "phone": "84901234567", "user_dob": "01/02/1990", "gender": "nữ", "full_address": nested}
    older = {
        "name": "Lan",
        "phone": 84901234567,
        "address": "12 đường A",
        "ward": "Xã B",
        "district": "",
        "city": "Thanh Hóa",
    }
    expected = {"name": "Lan", "phone": "84901234567", "address": "12 đường A, Xã B, Thanh Hóa"}

    assert read_contact(_event("user_submit_info", info=older)) == expected
    assert read_contact(_event("user_submit_info", info=newer)) == {**expected, "born": "01/02/1990", "gender": "nữ"}


@pytest.mark.parametrize("info", [None, [], {}, {"name": "", "phone": 0}, {"full_address": "x"}])
def test_it_refuses_a_form_without_anything(info: object) -> None:
    with pytest.raises(UnreadableEventError):
        read_contact(_event("user_submit_info", info=info))
