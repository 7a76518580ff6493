"""Pictures and forms reach the phone; a picture is uploaded once, anew when it ran out, and never holds up its text."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from connectors.snapshot.pictures import picture_folder
from contracts.media import PICTURES
from ledger.appending import locked_conversation
from ledger.media import FOLDER, MediaStore
from ledger.models import Author, Conversation, Delivery, DeliveryState, Upload
from ledger.replies import Reply, append_reply
from tests.connectors.delivery.talk import Talk, let_it_settle, talking
from tests.support.zalo_road import DEMO, WAIT_S, zalo_road

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 200
VIDEO = {"title": "Video", "url": "https://moh.gov.vn/video"}
CHOICE = {"title": "Khẩu trang", "payload": {"answer": "5k/khau_trang", "slots": {}}}


@pytest.fixture
async def talk(engine: Any, tmp_path: Path) -> AsyncIterator[Talk]:
    """A resident of a gateway that has a picture for its forms."""
    more = {"ZALO_FORM_IMAGE": "https://example.vn/bieu-mau.png"}
    async with zalo_road(tmp_path, engine.app(), DEMO, more) as road:
        await road.connect()
        async with talking(road) as talk:
            yield talk


def _kept(tmp_path: Path, content: bytes = PNG) -> str:
    """A picture in the gateway's store; its address."""
    return "/chat/v1/uploads/" + MediaStore(tmp_path / FOLDER).keep("any", content)


def _uploads(talk: Talk) -> int:
    return talk.road.platform.store.number("SELECT count(*) FROM media WHERE purpose = 'upload'")


async def test_a_picture_is_shown_with_its_text_and_uploaded_once(talk: Talk, tmp_path: Path) -> None:
    image = _kept(tmp_path)
    await talk.reply(Reply(text="Bản đồ", image=image), Reply(text="Lần nữa", image=image), author=Author.OPERATOR)

    assert set(await talk.settled()) <= {"sent", "delivered"}

    first, second = talk.phone.shown()
    assert [(m.kind, m.text) for m in (first, second)] == [("image", "Bản đồ"), ("image", "Lần nữa")]
    assert first.detail["media_id"] == second.detail["media_id"]
    assert _uploads(talk) == 1
    assert await talk.ledger(lambda: not Delivery.objects.exclude(note="").exists())


async def test_the_picture_of_a_release_is_taken_from_the_gateways_own_folder(talk: Talk, tmp_path: Path) -> None:
    """No request leaves for it; what it shows stands in the text, for a picture has no other words on Zalo."""
    name = f"{hashlib.sha256(PNG).hexdigest()}.png"
    picture_folder(tmp_path).keep(name, PNG)
    text = "Rửa tay 30 giây.\n\nHình: Sáu bước rửa tay. Nguồn: Bộ Y tế."
    await talk.reply(Reply(text=text, image=f"{PICTURES}{name}", buttons=[VIDEO]))

    await talk.settled()

    picture, links = talk.phone.shown()
    assert (picture.kind, picture.text) == ("image", text)
    assert [button["title"] for button in links.detail["buttons"]] == ["Video"]
    assert _uploads(talk) == 1


async def test_a_released_picture_that_is_not_here_yet_does_not_hold_up_its_text(talk: Talk) -> None:
    await talk.reply(Reply(text="Rửa tay.", image=f"{PICTURES}{'0' * 64}.png"))

    await talk.settled()

    assert [(m.kind, m.text) for m in talk.phone.shown()] == [("text", "Rửa tay.")]
    await talk.until(lambda: Delivery.objects.get().note == "picture")


async def test_a_picture_for_many_is_uploaded_once(talk: Talk, tmp_path: Path) -> None:
    image, phones = _kept(tmp_path), [talk.road.phone(str(number)) for number in range(6)]
    for phone in phones:
        phone.hands.send_text("chào")
        await phone.wait_for(1)

    def append() -> None:
        for conversation_id in Conversation.objects.exclude(pk=talk.conversation()).values_list("pk", flat=True):
            with locked_conversation(conversation_id) as conversation:
                append_reply(conversation, None, Reply(text="Bản tin", image=image), Author.BOT, DEMO.real_now())

    await talk.ledger(append)
    await asyncio.gather(*(phone.wait_for(2) for phone in phones))

    assert [phone.shown()[1].kind for phone in phones] == ["image"] * 6
    assert _uploads(talk) == 1


async def test_a_picture_without_words_is_a_message(talk: Talk, tmp_path: Path) -> None:
    await talk.reply(Reply(text="", image=_kept(tmp_path)), author=Author.OPERATOR)

    await talk.settled()

    assert [(m.kind, m.text) for m in talk.phone.shown()] == [("image", "")]


async def test_buttons_follow_the_picture(talk: Talk, tmp_path: Path) -> None:
    await talk.reply(Reply(text="Số liệu hôm nay", image=_kept(tmp_path), buttons=[CHOICE]))

    await talk.settled()

    picture, choices = talk.phone.shown()
    assert (picture.kind, picture.text) == ("image", "Số liệu hôm nay")
    assert [button["title"] for button in choices.detail["buttons"]] == ["Khẩu trang"]


async def test_an_upload_that_ran_out_is_uploaded_anew(talk: Talk, tmp_path: Path) -> None:
    image = _kept(tmp_path)
    await talk.reply(Reply(text="một", image=image))
    await talk.settled()
    talk.road.platform.store.run("UPDATE media SET created_ms = 0")

    await talk.reply(Reply(text="hai", image=image))
    await talk.settled()

    assert [(m.kind, m.text) for m in talk.phone.shown()] == [("image", "một"), ("image", "hai")]
    assert _uploads(talk) == 2
    assert await talk.ledger(Upload.objects.count) == 1


async def test_a_picture_that_is_gone_does_not_hold_up_its_text(talk: Talk) -> None:
    await talk.reply(Reply(text="Bản tin", image=f"/chat/v1/uploads/{'0' * 40}.png"))

    await talk.settled()

    assert [(m.kind, m.text) for m in talk.phone.shown()] == [("text", "Bản tin")]
    await talk.until(lambda: Delivery.objects.get().note == "picture")


async def test_a_picture_that_zalo_would_refuse_costs_no_upload(talk: Talk, tmp_path: Path) -> None:
    await talk.reply(Reply(text="ảnh động", image=_kept(tmp_path, b"GIF89a" + b"x" * 50)))
    await talk.reply(Reply(text="quá lớn", image=_kept(tmp_path, PNG + b"x" * 1024 * 1024)))

    await talk.settled()

    assert talk.shown() == ["ảnh động", "quá lớn"]
    assert _uploads(talk) == 0


async def test_a_picture_alone_that_cannot_be_sent_is_a_dead_letter(talk: Talk) -> None:
    await talk.reply(Reply(text="", image=f"/chat/v1/uploads/{'0' * 40}.png"), author=Author.OPERATOR)

    assert await talk.settled() == [DeliveryState.FAILED]
    assert await talk.ledger(lambda: Delivery.objects.get().error) == "picture cannot be sent: picture is gone"


async def test_a_picture_whose_answer_was_lost_is_not_sent_twice(talk: Talk, tmp_path: Path) -> None:
    talk.road.platform.webhooks.subscribed = False
    talk.road.fault("lost_reply", value=5)
    image = _kept(tmp_path)
    await talk.reply(Reply(text="", image=image), Reply(text="hai", image=image), author=Author.OPERATOR)
    await talk.until(lambda: Delivery.objects.filter(state=DeliveryState.UNCERTAIN).exists())
    await talk.ledger(let_it_settle)

    assert await talk.settled() == ["sent", "sent"]
    assert [(m.kind, m.text) for m in talk.phone.shown()] == [("image", ""), ("image", "hai")]


async def test_the_picture_of_an_approved_text_is_fetched_from_its_address(talk: Talk) -> None:
    async def picture(_request: web.Request) -> web.Response:
        return web.Response(body=PNG)

    async def elsewhere(_request: web.Request) -> web.Response:
        raise web.HTTPFound("/anh.png")

    app = web.Application()
    app.router.add_get("/anh.png", picture)
    app.router.add_get("/chuyen", elsewhere)
    async with TestServer(app) as server:
        await talk.reply(Reply(text="một", image=str(server.make_url("/anh.png"))))
        await talk.reply(Reply(text="hai", image=str(server.make_url("/chuyen"))))
        await talk.settled()

    assert [(m.kind, m.text) for m in talk.phone.shown()] == [("image", "một"), ("text", "hai")]


async def test_a_form_is_shown_and_its_echo_settles_it(talk: Talk) -> None:
    talk.road.fault("lost_reply", value=5)
    await talk.reply(Reply(text="Bạn cho biết số điện thoại.", meta={"form": "contact"}), author=Author.OPERATOR)

    async with asyncio.timeout(WAIT_S):
        assert set(await talk.settled()) <= {"sent", "delivered"}

    (form,) = talk.phone.shown()
    assert (form.kind, form.detail["title"]) == ("request_user_info", "Thông tin liên hệ")
    assert form.detail["subtitle"] == "Bạn cho biết số điện thoại."
