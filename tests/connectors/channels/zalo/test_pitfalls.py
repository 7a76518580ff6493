"""The mistakes that authors of Zalo connectors report, one test each, in the order of the sheet's list (section 10).

Where a mistake has many sides, the file about that part tests the others.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from connectors.channels.zalo import client as api
from connectors.channels.zalo.codes import Remedy, remedy_of
from connectors.channels.zalo.parts import parts_of
from connectors.core.config import read_settings
from connectors.core.ledger import LedgerDoor
from connectors.core.sending import OutgoingMessage
from contracts.clock import system_now
from ledger.appending import locked_conversation
from ledger.media import MediaStore
from ledger.models import (
    Author,
    ChannelCredential,
    Conversation,
    Delivery,
    DeliveryState,
    Entry,
    FileState,
    InboundEvent,
    SentFile,
    State,
)
from ledger.replies import Reply, append_reply
from tests.support.zalo_road import APP_ID, APP_SECRET, OA_ID, OA_SECRET, WAIT_S, Road, base_variables, zalo_variables
from tests.support.zalo_webhook import USER, Zalo, ms, text_event


async def _read[T](function: Callable[[], T]) -> T:
    door = LedgerDoor(1)
    try:
        return await door(function)
    finally:
        door.close()


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT_S):
        while not await _read(condition):
            await asyncio.sleep(0.02)


async def _say(reply: Reply) -> None:
    """The bot says something in the only conversation."""

    def append() -> None:
        with locked_conversation(Conversation.objects.get().pk) as conversation:
            append_reply(conversation, None, reply, Author.BOT, system_now())

    await _read(append)


def test_01_it_speaks_the_official_accounts_api_and_no_other() -> None:
    variables = base_variables() | zalo_variables("http://127.0.0.1:1", 1)
    for name in ("ZALO_API_URL", "ZALO_OAUTH_URL"):
        del variables[name]
    zalo = read_settings(variables).zalo

    assert zalo is not None
    assert [urlsplit(url).hostname for url in (zalo.api_url, zalo.oauth_url)] == [
        "openapi.zalo.me",
        "oauth.zaloapp.com",
    ]


async def test_02_it_takes_no_signature_made_with_the_apps_secret(zalo: Zalo) -> None:
    zalo.secret = APP_SECRET

    assert await zalo.event() == 403


async def test_03_it_hashes_the_raw_body_plainly_and_takes_no_hmac(zalo: Zalo) -> None:
    time = ms()
    raw = json.dumps(text_event(text="a/b é", timestamp=time), indent=1).replace("/", "\\/").encode()
    keyed = hmac.new(OA_SECRET.encode(), APP_ID.encode() + raw + time.encode(), hashlib.sha256).hexdigest()

    assert await zalo.post(raw, {"X-ZEvent-Signature": f"mac={keyed}"}) == 403
    assert await zalo.signed(raw, time) == 200
    assert await zalo.texts() == ["a/b é"]


async def test_04_it_answers_the_unsigned_probe_and_nothing_else_unsigned(zalo: Zalo) -> None:
    assert [await zalo.post(raw) for raw in (b"", b"{}")] == [200, 200]
    assert await zalo.post(json.dumps(text_event()).encode()) == 401


async def test_05_it_answers_before_any_work_is_done(zalo: Zalo, engine: Any) -> None:
    engine.gate = asyncio.Event()

    async with asyncio.timeout(2):
        assert await zalo.event() == 200

    engine.gate.set()


async def test_06_it_answers_a_repeated_message_once(zalo: Zalo, engine: Any) -> None:
    body = text_event()
    for _ in range(3):
        await zalo.signed(json.dumps(body).encode(), body["timestamp"])
    await zalo.worked_off()
    await _until(lambda: not Entry.objects.filter(author="resident", handled_at=None).exists())

    assert len(engine.seen) == 1


async def test_07_it_answers_no_echo_also_of_what_it_never_sent(zalo: Zalo, engine: Any) -> None:
    await zalo.event()
    await zalo.worked_off()
    echo = {"sender": {"id": OA_ID}, "recipient": {"id": USER}, "event_name": "oa_send_text"}
    for number in range(3):
        assert await zalo.event(**echo, msg_id=f"e{number}", text="F1 cách ly mấy ngày?") == 200
    await zalo.worked_off()

    assert engine.seen == ["F1 cách ly mấy ngày?"]
    assert await zalo.texts() == ["F1 cách ly mấy ngày?"]


async def test_08_receipts_of_unknown_messages_are_done_with_at_once(zalo: Zalo) -> None:
    receipt = {"sender": {"id": OA_ID}, "recipient": {"id": USER}}
    assert await zalo.event(**receipt, event_name="user_received_message", message={"msg_id": "unknown"}) == 200
    assert await zalo.event(**receipt, event_name="user_seen_message", message={"msg_ids": ["x", "y"]}) == 200

    assert await zalo.counted("unmatched")
    rows = await _read(lambda: list(InboundEvent.objects.values_list("tries", "set_aside", "body")))
    assert rows == [(0, "", None)] * 2
    assert not await _read(Conversation.objects.exists)


async def test_09_a_refresh_stores_both_tokens_and_keeps_the_pair_before(road: Road) -> None:
    phone = road.phone()
    await phone.ask("một")
    road.fault("token_invalid")

    await phone.ask("hai")

    stored = await _read(ChannelCredential.objects.get)
    assert (stored.version, stored.trouble, set(stored.previous)) == (2, "", {"access", "refresh", "at"})
    assert road.platform.store.number("SELECT count(*) FROM token_pair WHERE live") == 1


async def test_10_an_error_with_http_200_is_no_success(road: Road) -> None:
    phone = road.phone()
    phone.hands.send_text("chào")
    await phone.wait_for(1)
    phone.hands.platform.residents.set_blocking(phone.user_id, True)

    phone.hands.send_text("F1?")

    await _until(lambda: Delivery.objects.filter(state=DeliveryState.FAILED).exclude(error="").exists())
    assert len(phone.shown()) == 1


async def test_11_12_it_calls_v3_cs_with_the_token_in_a_header_of_its_own(road: Road) -> None:
    assert api.SEND == "/v3.0/oa/message/cs"

    # The sandbox knows no other path and no Authorization header.
    assert (await road.phone().ask("chào")).text.endswith("đáp: chào")


async def test_13_ids_keep_every_digit(zalo: Zalo) -> None:
    long = 9007199254740993123  # no double holds it

    await zalo.event(sender={"id": long}, msg_id=long + 1)

    await zalo.worked_off()
    entry = await _read(Entry.objects.filter(author="resident").select_related("conversation").get)
    assert (entry.conversation.address, entry.external_id) == (f"{OA_ID}:{long}", str(long + 1))


async def test_14_it_uploads_no_picture_over_a_megabyte(road: Road, tmp_path: Path) -> None:
    name = MediaStore(tmp_path / "media").keep("c", b"\x89PNG\r\n\x1a\n" + b"x" * 1_100_000)
    phone = road.phone()
    await phone.ask("chào")

    await _say(Reply(text="có ảnh", image=f"/chat/v1/uploads/{name}"))

    assert (await phone.wait_for(2))[1].text == "có ảnh"
    await _until(lambda: Delivery.objects.order_by("-pk")[:1].get().note == "picture")


def test_15_long_answers_leave_in_short_parts_of_composed_characters() -> None:
    text = unicodedata.normalize("NFD", "Người tiêm đủ liều cách ly bảy ngày tại nhà. " * 120)

    parts = parts_of(OutgoingMessage(conversation_id="c", address=f"{OA_ID}:1", text=text), 5, "")

    assert len(parts) > 1
    assert all(len(part.text) < 2000 and unicodedata.is_normalized("NFC", part.text) for part in parts)


async def test_16_no_message_is_lost_for_a_quote(road: Road) -> None:
    road.fault("reject_quote", count=-1)

    assert (await road.phone().ask("chào")).text.endswith("đáp: chào")


async def test_17_it_sends_nothing_to_who_was_silent_for_a_week(road: Road) -> None:
    phone = road.phone()
    await phone.ask("chào")
    await _read(lambda: Conversation.objects.update(last_resident_at=system_now() - timedelta(days=8)))

    await _say(Reply(text="muộn"))

    await _until(lambda: Delivery.objects.filter(error__startswith="window closed").exists())
    assert "muộn" not in phone.texts()


async def test_18_it_fetches_media_at_once_for_the_addresses_die(road: Road) -> None:
    phone = road.phone()
    picture = road.platform.media.keep("phone", "file", "a.png", "image/png", b"\x89PNG\r\n\x1a\nx")

    phone.hands.send_media("image", picture.media_id)

    await _until(lambda: SentFile.objects.filter(state=FileState.KEPT, url="").exists())


def test_19_buttons_pass_the_syntax_filter_of_the_console() -> None:
    choice = {"title": "F1", "payload": "AAAAAAAAAAAAAAAAAAAAAA"}
    message = OutgoingMessage(conversation_id="c", address=f"{OA_ID}:1", text="Bạn chọn:", buttons=[choice])

    (part,) = parts_of(message, 5, "")

    assert part.body["attachment"]["payload"]["buttons"][0]["payload"].startswith("#")


def test_20_a_package_that_is_too_low_waits_for_a_person() -> None:
    assert remedy_of(-224)[0] is Remedy.PAUSE


async def test_21_it_asks_zalo_nothing_about_who_writes(road: Road) -> None:
    phone = road.phone()
    await phone.ask("một")
    before = int(road.platform.limit.headers()["X-RateLimit-Remain"])

    await phone.ask("hai")

    calls = before - int(road.platform.limit.headers()["X-RateLimit-Remain"])
    assert calls == 1 or calls < 0  # a new minute began


def test_22_paths_beside_the_message_are_those_of_v2() -> None:
    assert [path.split("/")[1] for path in (api.CONVERSATION, api.ACCOUNT, api.UPLOAD)] == ["v2.0"] * 3


async def test_23_what_comes_hours_late_is_not_answered_as_if_nothing_was(zalo: Zalo, engine: Any) -> None:
    await zalo.event(timestamp=ms(hours_ago=12))

    await zalo.worked_off()
    assert engine.seen == []
    assert (await _read(Conversation.objects.get)).state == State.WAITING
