"""What the webhook answers to genuine, forged and broken requests."""

from __future__ import annotations

import asyncio
import io
import json
from pathlib import Path
from typing import Any

import pytest

from connectors.channels.zalo import webhook
from ledger.models import Conversation, Entry, InboundEvent
from tests.support.zalo_road import APP_ID, DEMO, OA_ID, OA_SECRET, zalo_road
from tests.support.zalo_webhook import USER, Zalo, text_event


async def test_it_takes_a_signed_event_once(zalo: Zalo) -> None:
    assert [await zalo.event(), await zalo.event()] == [200, 200]

    assert await zalo.texts() == ["F1 cách ly mấy ngày?"]
    assert await zalo.counted("repeated")


async def test_it_takes_duplicates_that_come_at_once_only_once(zalo: Zalo) -> None:
    assert set(await asyncio.gather(*(zalo.event() for _ in range(10)))) == {200}

    assert len(await zalo.texts()) == 1


@pytest.mark.parametrize("raw", [b"", b"{}", b" \n", b'{"app_id": "1"}'])
async def test_it_answers_the_probe_of_the_console(zalo: Zalo, raw: bytes) -> None:
    assert await zalo.post(raw) == 200
    assert await zalo.counted("probe")


async def test_it_refuses_an_unsigned_event(zalo: Zalo) -> None:
    assert await zalo.post(json.dumps(text_event()).encode()) == 401
    assert await zalo.post(b"not json") == 401
    assert await zalo.texts() == []


async def test_it_refuses_a_wrong_signature(zalo: Zalo) -> None:
    raw = json.dumps(text_event()).encode()

    assert await zalo.post(raw, {"X-ZEvent-Signature": "mac=" + "0" * 64}) == 403
    zalo.secret = "the-secret-of-another-app"
    assert await zalo.signed(raw, "1788000000123") == 403
    assert await zalo.texts() == []


async def test_it_accepts_the_header_time_where_it_differs_from_the_bodys(zalo: Zalo) -> None:
    raw = json.dumps(text_event()).encode()

    assert await zalo.signed(raw, "1788000000999", header_time="1788000000999") == 200
    assert len(await zalo.texts()) == 1


async def test_it_refuses_two_megabytes(zalo: Zalo) -> None:
    body = io.BytesIO(b"x" * 2_000_000)
    async with zalo.client.post("/zalo/webhook", data=body, headers={"X-ZEvent-Signature": "mac=0"}) as response:
        assert response.status == 413


async def test_it_takes_a_long_text_of_a_resident(zalo: Zalo) -> None:
    assert await zalo.event(text="ế" * 20_000) == 200
    assert [len(text or "") for text in await zalo.texts()] == [20_000]


async def test_it_counts_what_is_signed_and_no_json(zalo: Zalo) -> None:
    assert await zalo.signed(b"\xff\xfe{", "1", header_time="1") == 200
    truncated = json.dumps(text_event()).encode()[:-20]
    assert await zalo.signed(truncated, "2", header_time="2") == 200

    assert await zalo.counted("unreadable")
    assert await zalo.texts() == []


async def test_it_counts_an_unknown_event_and_groups_and_anonymous_people(zalo: Zalo) -> None:
    assert await zalo.event(event_name="event_of_tomorrow") == 200
    assert await zalo.event(event_name="anonymous_send_text") == 200
    assert await zalo.event(event_name="user_send_group_text", recipient={"id": "9"}, oa_id=OA_ID) == 200
    assert await zalo.counted("ignored")
    assert await zalo.event(recipient={"id": "9"}) == 200
    assert await zalo.counted("foreign")
    assert await zalo.texts() == []


@pytest.mark.parametrize("msg_id", [1.5e18, None, {}, "", True])
async def test_it_drops_what_has_no_usable_id(zalo: Zalo, msg_id: object) -> None:
    assert await zalo.event(msg_id=msg_id) == 200
    assert await zalo.counted("unreadable")
    assert await zalo.texts() == []


async def test_it_takes_ids_as_exact_numbers(zalo: Zalo) -> None:
    assert await zalo.event(sender={"id": int(USER)}, msg_id=123456789012345678901234567890) == 200
    assert await zalo.event(msg_id="123456789012345678901234567890") == 200

    assert len(await zalo.texts()) == 1
    assert await zalo.ledger(lambda: Conversation.objects.get().address) == f"{OA_ID}:{USER}"


async def test_it_survives_lone_surrogates_and_control_characters(zalo: Zalo) -> None:
    assert await zalo.event(text="chào\ud83d\u0000 bạn") == 200
    assert await zalo.texts() == ["chào bạn"]


async def test_it_asks_what_stands_under_a_picture_and_nothing_of_a_contact_card(zalo: Zalo, engine: Any) -> None:
    picture = {"attachments": [{"type": "image", "payload": {"url": "https://cdn.invalid/a.jpg"}}]}
    caption = {"msg_id": "p1", "text": "giấy này là gì?", **picture}
    assert await zalo.event(event_name="user_send_image", message=caption) == 200
    assert await zalo.event(event_name="user_send_image", message={"msg_id": "p2", **picture}) == 200
    card = {"msg_id": "p3", "text": "Nguyễn Văn A", "attachments": [{"type": "link"}]}
    assert await zalo.event(event_name="user_send_business_card", message=card) == 200

    assert await zalo.texts() == ["giấy này là gì?", "", ""]
    handled = Entry.objects.filter(author="resident", handled_at=None)
    async with asyncio.timeout(10):
        while await zalo.ledger(handled.exists):
            await asyncio.sleep(0.02)
    assert engine.seen == ["giấy này là gì?"]
    answers = Entry.objects.filter(author="bot").order_by("pk").values_list("release", flat=True)
    said = await zalo.ledger(lambda: list(answers))
    assert said[1:] == ["system:he_thong/hinh_anh", "system:he_thong/danh_thiep"]


async def test_it_keeps_no_id_of_a_person_among_the_events(zalo: Zalo) -> None:
    await zalo.event(event_name="follow", oa_id=OA_ID, follower={"id": USER}, message={})

    await zalo.worked_off()
    rows = await zalo.ledger(lambda: list(InboundEvent.objects.values()))
    assert len(rows) == 1
    assert USER not in repr(rows)


async def test_it_says_that_it_is_not_ready_so_that_zalo_repeats(engine: Any, tmp_path: Path) -> None:
    async with zalo_road(tmp_path, engine.app(), DEMO, content=False) as road:
        platform = Zalo(road.client)
        assert await platform.event() == 503
        assert await platform.texts() == []
        platform.ledger.close()


async def test_it_drops_forgeries_with_200_in_report_mode(engine: Any, tmp_path: Path) -> None:
    more = {"ZALO_SIGNATURE_MODE": "report"}
    async with zalo_road(tmp_path, engine.app(), DEMO, more) as road:
        platform = Zalo(road.client, secret="wrong")
        assert await platform.event() == 200
        assert await platform.counted("dropped")
        assert await platform.texts() == []
        platform.ledger.close()


async def test_it_takes_the_account_first_where_that_is_set(engine: Any, tmp_path: Path) -> None:
    more = {"ZALO_SIGNATURE_FIRST": "oa_id"}
    async with zalo_road(tmp_path, engine.app(), DEMO, more) as road:
        platform = Zalo(road.client, first_term=OA_ID)
        assert await platform.event() == 200
        platform.first_term = APP_ID
        assert await platform.event(msg_id="m2") == 403
        platform.ledger.close()


async def test_it_checks_each_account_with_its_own_secret(engine: Any, tmp_path: Path) -> None:
    more = {"ZALO_OA_SECRETS": f"{OA_ID}:{OA_SECRET},55:the-secret-of-55"}
    async with zalo_road(tmp_path, engine.app(), DEMO, more) as road:
        platform = Zalo(road.client)
        assert await platform.event(recipient={"id": "55"}) == 403
        platform.secret = "the-secret-of-55"
        assert await platform.event(recipient={"id": "55"}) == 200
        await platform.worked_off()
        assert await platform.ledger(lambda: Conversation.objects.get().address) == f"55:{USER}"
        platform.ledger.close()


async def test_it_proves_its_domain_by_file_and_by_mark(engine: Any, tmp_path: Path) -> None:
    async with zalo_road(tmp_path, engine.app(), DEMO, {"ZALO_VERIFIER": "AbC123_x"}) as road:
        for address in ("/zalo_verifierAbC123_x.html", "/"):
            async with road.client.get(address) as response:
                assert response.status == 200
                page = await response.text()
                assert '<meta name="zalo-platform-site-verification" content="AbC123_x">' in page
        assert (await road.client.get("/zalo_verifierother.html")).status == 404


@pytest.mark.parametrize("depth", [2_000, 9_900, 9_990, 9_998, 100_000])
async def test_it_takes_no_harm_from_a_json_bomb(zalo: Zalo, depth: int) -> None:
    event = json.dumps(text_event(timestamp="5")).encode()
    bomb = event[:-1] + b', "deep": ' + b'{"a":' * depth + b"1" + b"}" * depth + b"}"

    assert await zalo.signed(bomb, "5", header_time="5") == 200
    assert await zalo.event(msg_id="next") == 200

    assert "F1 cách ly mấy ngày?" in await zalo.texts()


@pytest.mark.parametrize("number", [b"9" * 400, b"9" * 5_000, b"1e999", b"-1e-999"])
@pytest.mark.parametrize("place", [b'"timestamp"', b'"deep"'])
async def test_it_takes_no_harm_from_a_number_that_fits_nowhere(zalo: Zalo, number: bytes, place: bytes) -> None:
    event = json.dumps(text_event(timestamp="5")).encode()

    assert await zalo.signed(event[:-1] + b", " + place + b": " + number + b"}", "5", header_time="5") == 200
    assert await zalo.event(msg_id="next", text="và đây?") == 200

    assert "và đây?" in await zalo.texts()


async def test_it_drops_a_place_that_is_nowhere(zalo: Zalo) -> None:
    at = {"latitude": 10**400, "longitude": 1}
    message = {"msg_id": "m1", "attachments": [{"type": "location", "payload": {"coordinates": at}}]}

    assert await zalo.event(event_name="user_send_location", message=message) == 200

    assert await zalo.counted("unreadable")


async def test_it_reads_no_megabyte_for_whom_nothing_speaks(zalo: Zalo, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    monkeypatch.setattr(webhook, "parse_body", lambda raw: read.append(len(raw)))

    assert await zalo.post(b'{"a": [' + b"0," * 400_000 + b"0]}") == 401
    assert read == []


@pytest.mark.parametrize("timestamp", ["\ud83d", "x" * 1000, "１７００", ""])
async def test_it_refuses_a_forgery_with_an_odd_time_like_any_other(zalo: Zalo, timestamp: str) -> None:
    raw = json.dumps(text_event(timestamp=timestamp)).encode()

    assert await zalo.post(raw, {"X-ZEvent-Signature": "mac=" + "0" * 64}) == 403
    assert await zalo.post(raw, {"X-ZEvent-Signature": "mac=éé", "X-ZEvent-Timestamp": "é"}) == 403


async def test_it_is_loud_as_long_as_signatures_are_only_reported(engine: Any, tmp_path: Path) -> None:
    async with zalo_road(tmp_path, engine.app(), DEMO, {"ZALO_SIGNATURE_MODE": "report"}) as road:
        platform = Zalo(road.client, secret="wrong")
        await platform.event()
        async with road.client.get("/metrics") as response:
            lines = (await response.text()).splitlines()
        alert = next(line for line in lines if 'reason="signatures only reported"' in line and "_total" in line)
        assert float(alert.split()[-1]) >= 1
        platform.ledger.close()
