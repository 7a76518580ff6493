"""What residents do besides asking: files, forms, links, floods, late messages, withdrawal."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.core.ledger import LedgerDoor
from contracts.clock import Clock, system_now
from ledger.media import MediaStore
from ledger.models import Author, Conversation, Delivery, DeliveryState, Entry, EntryKind, FileState, SentFile, State
from tests.support.zalo_road import DEMO, OA_ID, WAIT_S, Road, TestPhone, zalo_road
from tests.support.zalo_webhook import USER, Zalo, ms, text_event

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100
BUSY = "Bạn nhắn nhanh quá"


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


def _picture(phone: TestPhone, content: bytes = PNG) -> str:
    return phone.platform.media.keep("phone", "file", "ảnh.png", "image/png", content).media_id


def _said() -> list[tuple[str, str | None]]:
    rows = Entry.objects.filter(kind=EntryKind.MESSAGE).order_by("pk")
    return [(str(author), text) for author, text in rows.values_list("author", "text")]


async def test_a_picture_is_kept_for_the_operator_and_answered_by_approved_words(
    road: Road, engine: Any, tmp_path: Path
) -> None:
    phone = road.phone()
    phone.hands.send_media("image", _picture(phone))
    (reply,) = await phone.wait_for(1)
    await _until(lambda: SentFile.objects.get().state == FileState.KEPT)

    file = await _read(SentFile.objects.get)
    kept = MediaStore(tmp_path / "media").find(file.stored)
    assert kept is not None
    assert kept.path.read_bytes() == PNG
    assert "không đọc được ảnh" in reply.text
    assert engine.seen == []


@pytest.mark.parametrize(("kind", "event"), [("audio", "voice"), ("file", "file")])
async def test_a_voice_message_and_a_file_are_kept_too(road: Road, kind: str, event: str) -> None:
    content = b"#!AMR\n" + b"x" * 50 if kind == "audio" else b"%PDF-1.7 " + b"x" * 50
    phone = road.phone()

    phone.hands.send_media(kind, _picture(phone, content))

    await phone.wait_for(1)
    await _until(lambda: SentFile.objects.get().state == FileState.KEPT)
    assert (await _read(SentFile.objects.get)).kind == event


async def test_withdrawal_takes_the_files_too(road: Road, tmp_path: Path) -> None:
    phone = road.phone()
    phone.hands.send_media("image", _picture(phone))
    await _until(lambda: SentFile.objects.filter(state=FileState.KEPT).exists())
    assert len(list((tmp_path / "media").iterdir())) == 1

    phone.hands.withdraw()
    await _until(lambda: Conversation.objects.get().erased_at is not None)

    async with asyncio.timeout(WAIT_S):
        while list((tmp_path / "media").iterdir()):
            await asyncio.sleep(0.01)
    file = await _read(SentFile.objects.get)
    assert (file.url, file.name, file.stored) == ("", "", "")


async def test_a_file_at_a_foreign_address_is_never_asked_for(zalo: Zalo) -> None:
    url = "http://169.254.169.254/latest/meta-data"
    message = {"msg_id": "m1", "attachments": [{"type": "image", "payload": {"url": url}}]}

    assert await zalo.event(event_name="user_send_image", message=message) == 200

    await _until(lambda: SentFile.objects.filter(state=FileState.REFUSED).exists())
    assert (await _read(SentFile.objects.get)).reason == "host"


async def test_a_business_card_is_for_the_operator_alone(zalo: Zalo, engine: Any) -> None:
    payload = {"description": '{"phone": "84900000000"}', "thumbnail": "http://a.zdn.vn/1"}
    message = {"msg_id": "m1", "text": "Nguyễn Văn A", "attachments": [{"type": "link", "payload": payload}]}

    assert await zalo.event(event_name="user_send_business_card", message=message) == 200

    await zalo.worked_off()
    entry = await _read(Entry.objects.filter(author=Author.RESIDENT).get)
    assert (entry.text, entry.meta["contact"]) == ("", {"name": "Nguyễn Văn A", "phone": "84900000000"})
    assert not await _read(SentFile.objects.exists)
    assert engine.seen == []


async def test_a_link_is_words_and_is_never_opened(zalo: Zalo, engine: Any) -> None:
    payload = {"url": "https://tin.invalid/vac-xin", "description": "x"}
    message = {"msg_id": "m1", "text": "tin này thật không?", "attachments": [{"type": "link", "payload": payload}]}

    assert await zalo.event(event_name="user_send_link", message=message) == 200

    async with asyncio.timeout(WAIT_S):
        while not engine.seen:
            await asyncio.sleep(0.01)
    assert engine.seen == ["tin này thật không?\nhttps://tin.invalid/vac-xin"]
    assert not await _read(SentFile.objects.exists)


async def test_a_form_reaches_the_operator_and_nobody_else(road: Road, engine: Any) -> None:
    phone = road.phone()
    await phone.ask("chào")

    phone.hands.submit_info({"name": "Lan", "phone": "84900000000", "full_address": {"user_address": "12 đường A"}})
    await _until(lambda: Entry.objects.filter(author=Author.RESIDENT).count() == 2)

    entry = await _read(Entry.objects.filter(author=Author.RESIDENT).order_by("pk").last)
    assert entry is not None
    assert entry.meta == {"contact": {"name": "Lan", "phone": "84900000000", "address": "12 đường A"}}
    assert (await phone.ask("F1?")).text == "đáp: F1?"
    assert engine.seen == ["chào", "F1?"]
    assert len(phone.shown()) == 2


async def test_a_flood_is_told_once_kept_and_delays_nobody(engine: Any, tmp_path: Path) -> None:
    async with zalo_road(tmp_path, engine.app(), DEMO, {"MESSAGES_PER_MINUTE": "3"}) as road:
        await road.connect()
        flooder, other = road.phone("Lũ"), road.phone("Khác")
        for number in range(12):
            flooder.hands.send_text(f"câu {number}")
        answer = await other.ask("F1?")
        await _until(lambda: Entry.objects.filter(text="câu 11").exists())
        await _until(lambda: not Delivery.objects.filter(state__in=["pending", "sending"]).exists())

        assert answer.text.endswith("đáp: F1?")
        texts = flooder.texts()
        assert [text for text in texts if "đáp" not in text] == [text for text in texts if text.startswith(BUSY)]
        assert sum(text.startswith(BUSY) for text in texts) == 1
        assert "02371022" in next(text for text in texts if text.startswith(BUSY))
        assert 3 <= sum("đáp" in text for text in texts) <= 4
        words = [text or "" for author, text in await _read(_said) if author == "resident"]
        assert sorted(word for word in words if word != "F1?") == sorted(f"câu {number}" for number in range(12))


async def test_danger_passes_any_flood(engine: Any, tmp_path: Path) -> None:
    async with zalo_road(tmp_path, engine.app(), DEMO, {"MESSAGES_PER_MINUTE": "1"}) as road:
        await road.connect()
        phone = road.phone()
        for number in range(5):
            phone.hands.send_text(f"câu {number}")

        phone.hands.send_text("mẹ tôi khó thở tím môi")

        async with asyncio.timeout(WAIT_S):
            while not any("115 ngay" in text for text in phone.texts()):
                await asyncio.sleep(0.01)
        assert (await _read(Conversation.objects.get)).priority == 1


async def test_the_assistant_stays_silent_about_a_flood_while_a_person_speaks(engine: Any, tmp_path: Path) -> None:
    async with zalo_road(tmp_path, engine.app(), DEMO, {"MESSAGES_PER_MINUTE": "1"}) as road:
        zalo = Zalo(road.client)
        await zalo.event()
        await zalo.worked_off()
        await zalo.ledger(lambda: Conversation.objects.update(state=State.HUMAN, owner_id="7"))
        before = len(await _read(_said))
        for number in range(3):
            await zalo.event(msg_id=f"x{number}")
        await zalo.worked_off()

        assert [author for author, _ in (await _read(_said))[before:]].count("bot") <= 1  # the answer to the first
        assert not await _read(Entry.objects.filter(text__startswith=BUSY).exists)
        zalo.ledger.close()


async def test_a_message_an_hour_late_is_answered_and_its_window_counts_from_when_it_was_written(
    zalo: Zalo, engine: Any
) -> None:
    assert await zalo.event(timestamp=ms(hours_ago=1)) == 200

    async with asyncio.timeout(WAIT_S):
        while not engine.seen:
            await asyncio.sleep(0.01)
    conversation = await _read(Conversation.objects.get)
    assert conversation.last_resident_at is not None
    assert timedelta(minutes=59) < system_now() - conversation.last_resident_at < timedelta(minutes=61)


async def test_an_hour_late_message_moves_the_window_not_back(zalo: Zalo) -> None:
    await zalo.event(msg_id="m1")
    await zalo.event(msg_id="m2", timestamp=ms(hours_ago=1))
    await zalo.worked_off()

    last = (await _read(Conversation.objects.get)).last_resident_at
    assert last is not None
    assert system_now() - last < timedelta(minutes=1)


async def test_a_message_many_hours_late_goes_to_a_person_instead(zalo: Zalo, engine: Any) -> None:
    assert await zalo.event(timestamp=ms(hours_ago=7)) == 200

    await zalo.worked_off()
    conversation = await _read(Conversation.objects.get)
    assert (conversation.state, conversation.reason) == (State.WAITING, "tin_den_muon")
    assert await _read(_said) == [("resident", "F1 cách ly mấy ngày?")]
    assert engine.seen == []


async def test_danger_many_hours_late_still_gets_its_safety_text(zalo: Zalo) -> None:
    assert await zalo.event(text="mẹ tôi khó thở tím môi", timestamp=ms(hours_ago=7)) == 200

    await zalo.worked_off()
    assert (await _read(Conversation.objects.get)).reason == "nhay_cam/cap_cuu"
    assert "115" in ((await _read(_said))[1][1] or "")


@pytest.mark.parametrize("timestamp", ["1700000000000", "1700000000", "0", "-5", "9" * 40, "soon", 1.5, None])
async def test_a_time_that_cannot_be_true_keeps_nobody_from_an_answer(
    zalo: Zalo, engine: Any, timestamp: object
) -> None:
    body = text_event(timestamp=timestamp)
    raw = json.dumps(body).encode()

    assert await zalo.signed(raw, "77", header_time="77") == 200

    async with asyncio.timeout(WAIT_S):
        while not engine.seen:
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("hours", [-1.0, 1.0])
async def test_a_clock_of_ours_that_is_an_hour_off_loses_and_doubles_nothing(
    engine: Any, tmp_path: Path, hours: float
) -> None:
    off = Clock(offset=DEMO.offset, demo=True, now=lambda: system_now() + timedelta(hours=hours))
    async with zalo_road(tmp_path, engine.app(), off) as road:
        await road.connect()
        phone = road.phone()
        await phone.ask("một")
        road.fault("lost_reply", value=1)
        phone.hands.send_text("hai")
        await phone.wait_for(2)
        phone.hands.send_text("ba")
        await phone.wait_for(3)
        await _until(lambda: not Delivery.objects.filter(state__in=["pending", "sending", "uncertain"]).exists())

        assert [text.rpartition("đáp: ")[2] for text in phone.texts()] == ["một", "hai", "ba"]
        assert not await _read(Delivery.objects.filter(state=DeliveryState.FAILED).exists)


async def test_what_a_withdrawal_overtook_does_not_begin_anew(zalo: Zalo) -> None:
    await zalo.event(msg_id="m1", text="chuyện riêng")
    withdrawal = {"event_name": "user_withdraw", "oa_id": OA_ID, "user_id": USER, "message": {}}
    written, withdrawn = ms(), str(int(ms()) + 2)
    await zalo.event(**withdrawal, timestamp=withdrawn)
    await zalo.worked_off()

    assert await zalo.event(msg_id="m2", text="chuyện riêng nữa", timestamp=written) == 200

    assert await zalo.counted("withdrawn")
    assert await _read(lambda: list(Entry.objects.filter(text__isnull=False, author="resident"))) == []
    assert await _read(lambda: USER not in repr(list(Conversation.objects.values())))


async def test_a_withdrawal_that_comes_before_the_first_message_holds(zalo: Zalo) -> None:
    withdrawal = {"event_name": "user_withdraw", "oa_id": OA_ID, "user_id": USER, "message": {}}
    written, withdrawn = ms(), str(int(ms()) + 1)

    await zalo.event(**withdrawal, timestamp=withdrawn)
    await zalo.event(timestamp=written)
    await zalo.event(msg_id="m2", text="tôi quay lại", timestamp=str(int(withdrawn) + 1))

    assert await zalo.texts() == ["tôi quay lại"]


async def test_a_message_and_a_withdrawal_at_once_end_in_their_order(zalo: Zalo) -> None:
    withdrawal = {"event_name": "user_withdraw", "oa_id": OA_ID, "user_id": USER, "message": {}}
    now = int(ms())
    events = [zalo.event(msg_id=f"m{number}", text=f"riêng {number}", timestamp=str(now)) for number in range(5)]
    events.append(zalo.event(**withdrawal, timestamp=str(now + 1)))

    assert set(await asyncio.gather(*events)) == {200}

    await zalo.worked_off()
    await _until(lambda: not Entry.objects.filter(author="resident", text__isnull=False).exists())
    await _until(lambda: not Conversation.objects.filter(unhandled=True).exists())
    assert not await _read(Entry.objects.filter(text__contains="riêng").exists)
