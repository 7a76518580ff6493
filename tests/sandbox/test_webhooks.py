"""Events: shapes, signature, deadline, ladder, and the faults of delivery (sheet §1)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.sandbox.conftest import Receiver, Sandbox

APP_ID, OA_ID = "2900000000000000001", "4400000000000000099"
OA_SECRET_KEY = "oa-secret-key-of-the-tests"
LADDER_S = [30, 300, 900, 1800, 3600]


async def test_it_signs_the_body_as_sent_when_a_resident_writes(sandbox: Sandbox, receiver: Receiver) -> None:
    lan = await sandbox.resident()
    message = (await sandbox.act(lan, "send_text", text="Mẹ tôi khó thở"))["message"]
    call = (await receiver.wait(1))[0]
    signed = APP_ID.encode() + call.body + call.event["timestamp"].encode() + OA_SECRET_KEY.encode()
    assert call.headers["X-ZEvent-Signature"] == f"mac={hashlib.sha256(signed).hexdigest()}"
    assert call.headers["X-ZEvent-Timestamp"] == call.event["timestamp"]
    assert "num_retry" not in call.headers
    resident = await sandbox.control("GET", f"/residents/{lan}")
    assert call.event == {
        "app_id": APP_ID,
        "event_name": "user_send_text",
        "sender": {"id": lan},
        "recipient": {"id": OA_ID},
        "user_id_by_app": resident["user_id_by_app"],
        "message": {"msg_id": message["message_id"], "text": "Mẹ tôi khó thở"},
        "timestamp": message["at"],
    }


async def test_it_sends_one_event_for_each_act_in_their_order(sandbox: Sandbox, receiver: Receiver) -> None:
    lan = await sandbox.resident()
    await sandbox.act(lan, "follow")
    await sandbox.act(lan, "chat_now")
    await sandbox.act(lan, "send_location", latitude=19.8075, longitude="105.7764")
    await sandbox.act(lan, "send_sticker", sticker_id="cam-on")
    await sandbox.act(lan, "submit_info", name="Lan", phone="84901234567", city="Thanh Hóa")
    await sandbox.act(lan, "withdraw")
    await sandbox.act(lan, "unfollow")
    events = [call.event for call in await receiver.wait(7)]
    assert [event["event_name"] for event in events] == [
        "follow",
        "user_click_chatnow",
        "user_send_location",
        "user_send_sticker",
        "user_submit_info",
        "user_withdraw",
        "unfollow",
    ]
    assert events[0]["follower"] == {"id": lan}
    assert events[1]["user_id"] == lan
    coordinates = {"latitude": "19.8075", "longitude": "105.7764"}
    assert events[2]["message"]["attachments"] == [{"type": "location", "payload": {"coordinates": coordinates}}]
    assert events[4]["info"]["full_address"]["user_city"] == "Thanh Hóa"
    assert events[5]["user_id"] == lan


async def test_it_sends_the_payload_as_text_when_a_button_is_tapped(sandbox: Sandbox, receiver: Receiver) -> None:
    lan = await sandbox.resident()
    await sandbox.act(lan, "send_text", text="chào")
    buttons = [
        {"title": "F1", "type": "oa.query.hide", "payload": "#f1"},
        {"title": "Web", "type": "oa.open.url", "payload": {"url": "https://example.vn/"}},
    ]
    attachment = {"type": "template", "payload": {"buttons": buttons}}
    sent = await sandbox.send(lan, {"text": "Chọn", "attachment": attachment})
    message_id = sent["data"]["message_id"]
    assert (await sandbox.act(lan, "tap", message_id=message_id, index=1))["opens"] == {"url": "https://example.vn/"}
    tapped = (await sandbox.act(lan, "tap", message_id=message_id, index=0))["message"]
    assert tapped["hidden"]
    events = [call.event for call in await receiver.wait(4)]
    assert [event["event_name"] for event in events] == [
        "user_send_text",
        "oa_send_text",
        "user_received_message",
        "user_send_text",
    ]
    assert events[3]["message"] == {"msg_id": tapped["message_id"], "text": "#f1"}


async def test_it_sends_receipts_with_the_account_as_sender(sandbox: Sandbox, receiver: Receiver) -> None:
    lan = await sandbox.resident()
    await sandbox.act(lan, "send_text", text="chào")
    await sandbox.act(lan, "go_offline")
    ids = [(await sandbox.send(lan, {"text": text}))["data"]["message_id"] for text in ("một", "hai")]
    await sandbox.act(lan, "go_online")
    assert (await sandbox.act(lan, "see"))["seen"] == ids
    assert (await sandbox.act(lan, "see"))["seen"] == []
    events = [call.event for call in await receiver.wait(6)]
    assert [event["event_name"] for event in events[3:]] == [
        "user_received_message",
        "user_received_message",
        "user_seen_message",
    ]
    assert events[5]["sender"] == {"id": OA_ID}
    assert events[5]["recipient"] == {"id": lan}
    assert events[5]["message"] == {"msg_ids": ids}


async def test_it_names_the_employee_in_the_echo_when_a_person_replies(sandbox: Sandbox, receiver: Receiver) -> None:
    lan = await sandbox.resident()
    await sandbox.act(lan, "send_text", text="chào")
    await sandbox.control("POST", "/oa/replies", {"user_id": lan, "text": "Tôi đây", "admin_id": "66"})
    echo = (await receiver.wait(2))[1].event
    assert echo["event_name"] == "oa_send_text"
    assert echo["sender"] == {"id": OA_ID, "admin_id": "66"}
