"""Operators see what residents send, and only in its own conversation."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from desk.clock import real_now
from ledger.appending import locked_conversation
from ledger.channel_events import shared_contact
from ledger.erasing import erase
from ledger.inbound import ResidentMessage, receive
from ledger.inbox import Arrival, put
from ledger.media import MediaStore
from ledger.models import Author, SentFile
from ledger.replies import Reply, append_reply
from ledger.sent_files import ForeignFile, kept, name_file, refused
from tests.desk.residents import Residents

PNG, PDF = b"\x89PNG\r\n\x1a\n" + b"x" * 20, b"%PDF-1.7 x"


@pytest.fixture
def store() -> MediaStore:
    """The installation's files."""
    return MediaStore(Path(os.environ["VAR_DIR"]) / "media")


def _send(conversation_id: str, kind: str, name: str = "") -> int:
    file = ForeignFile(kind=kind, url="https://a.zdn.vn/1", name=name)
    meta = {"media": kind}
    receive(conversation_id, ResidentMessage(external_id=kind, text="", meta=meta, files=(file,)), None, real_now())
    return SentFile.objects.latest("pk").pk


def _keep(store: MediaStore, conversation_id: str, file_id: int, content: bytes) -> str:
    name = store.keep(conversation_id, content)
    assert name_file(file_id, name, len(content))
    assert kept(file_id)
    return name


def _page(client: Client, conversation_id: str) -> str:
    return client.get(reverse("desk:conversation", args=[conversation_id])).content.decode()


def test_the_picture_of_an_answer_is_the_newsrooms_own(lan: Client, residents: Residents) -> None:
    """No file of the conversation; it is said what it shows."""
    talk, name = residents.open(), f"{'a' * 64}.png"
    reply = Reply(text="Rửa tay.", image=f"/pictures/{name}", meta={"image_text": "Sáu bước rửa tay"})
    with locked_conversation(talk) as conversation:
        append_reply(conversation, None, reply, Author.BOT, real_now())

    shown = f'<img class="enclosed" src="{reverse("content:picture", args=[name])}" alt="Sáu bước rửa tay"'
    assert shown in _page(lan, talk)


def test_a_picture_is_shown_and_another_file_is_saved(lan: Client, residents: Residents, store: MediaStore) -> None:
    talk = residents.open("zalo")
    picture = _keep(store, talk, _send(talk, "image"), PNG)
    paper = _keep(store, talk, _send(talk, "file", "giấy.pdf"), PDF)
    shown, saved = (reverse("desk:file", args=[talk, name]) for name in (picture, paper))

    page = _page(lan, talk)

    assert f'<img class="enclosed" src="{shown}"' in page
    assert f'<a href="{saved}">Tệp giấy.pdf (tải về)</a>' in page
    answer = lan.get(shown)
    assert (answer.content, answer["Content-Type"]) == (PNG, "image/png")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline")
    assert lan.get(saved)["Content-Disposition"].startswith("attachment")


def test_a_picture_of_the_web_chat_is_shown_too(lan: Client, residents: Residents, store: MediaStore) -> None:
    talk = residents.open()
    name = store.keep(talk, PNG)
    image = ResidentMessage(external_id="1", text="", image=f"/chat/v1/uploads/{name}", meta={"media": "image"})
    receive(talk, image, None, real_now())

    assert reverse("desk:file", args=[talk, name]) in _page(lan, talk)
    assert lan.get(reverse("desk:file", args=[talk, name])).status_code == 200


def test_a_file_of_another_conversation_is_not_found(lan: Client, residents: Residents, store: MediaStore) -> None:
    talk, other = residents.open("zalo"), residents.open("zalo")
    name = _keep(store, talk, _send(talk, "image"), PNG)

    assert lan.get(reverse("desk:file", args=[other, name])).status_code == 404
    assert lan.get(reverse("desk:file", args=[talk, "0" * 40 + ".png"])).status_code == 404


def test_it_says_what_is_on_its_way_and_why_something_did_not_come(lan: Client, residents: Residents) -> None:
    talk = residents.open("zalo")
    _send(talk, "voice")
    refused(_send(talk, "file", "x.exe"), "type")

    page = _page(lan, talk)

    assert "Tin thoại: đang tải về" in page
    assert "Tệp x.exe: loại tệp không được nhận" in page
    assert page.count("data-unsettled") == 1


def test_nothing_of_it_is_left_on_the_page_after_erasing(lan: Client, residents: Residents, store: MediaStore) -> None:
    talk = residents.open("zalo")
    name = _keep(store, talk, _send(talk, "image", "ảnh nhà tôi"), PNG)

    store.remove(erase(talk, real_now()))

    page = _page(lan, talk)
    assert name not in page
    assert "ảnh nhà tôi" not in page
    assert lan.get(reverse("desk:file", args=[talk, name])).status_code == 404


def test_a_form_and_a_card_are_told_in_words(lan: Client, residents: Residents) -> None:
    talk = residents.open("zalo")
    put("w", [Arrival(channel="zalo", key="e1", lane="1:2", body="{}")], real_now())
    shared_contact(talk, "e1", {"name": "Lan", "phone": "84900000000", "address": "12 đường A"}, real_now())
    card = {"media": "card", "contact": {"name": "<b>A</b>", "phone": "84911111111"}}
    receive(talk, ResidentMessage(external_id="c", text="", meta=card), None, real_now())

    page = _page(lan, talk)

    assert "Người dân gửi thông tin liên hệ:\nHọ tên: Lan\nĐiện thoại: 84900000000\nĐịa chỉ: 12 đường A" in page
    assert "Danh thiếp được gửi:\nHọ tên: &lt;b&gt;A&lt;/b&gt;\nĐiện thoại: 84911111111" in page
