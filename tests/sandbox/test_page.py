"""The page with the phones, and the permission page, in a real Chromium."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import ConsoleMessage, Locator, Page, Request, async_playwright, expect

if TYPE_CHECKING:
    from tests.sandbox.conftest import Receiver, Sandbox

pytestmark = pytest.mark.browser

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000a49444154789c63000100000500010d0a2db40000000049454e44ae426082"
)


@pytest.fixture
async def page(sandbox: Sandbox) -> AsyncIterator[Page]:
    """A page of Chromium; a script error or a request to another origin fails the test."""
    troubles: list[str] = []

    def note_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            troubles.append(message.text)

    def note_foreign(request: Request) -> None:
        if not request.url.startswith("http://127.0.0.1:"):
            troubles.append(f"foreign request: {request.url}")

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1440, "height": 860})
        page.on("console", note_console)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", note_foreign)
        await page.goto(sandbox.origin)
        yield page
        await browser.close()
    assert troubles == []


async def _new_phone(page: Page, name: str) -> Locator:
    await page.get_by_label("Tên người mới").fill(name)
    await page.get_by_role("button", name="Thêm", exact=True).click()
    phone = page.get_by_role("article", name=f"Điện thoại của {name}")
    await expect(phone).to_be_visible()
    return phone


async def test_it_plays_a_conversation_with_buttons_and_receipts(
    page: Page, sandbox: Sandbox, receiver: Receiver
) -> None:
    phone = await _new_phone(page, "Lê Thị Lan")
    await phone.get_by_label("Tin nhắn").fill("toi la f1")
    await phone.get_by_label("Tin nhắn").press("Enter")
    asked = (await receiver.wait(1))[0].event
    assert asked["message"]["text"] == "toi la f1"
    await expect(phone.locator(".line.mine .foot")).to_contain_text("Đã nhận")

    button = {"title": "Gặp cán bộ trực", "type": "oa.query.show", "payload": "#t_8f2a"}
    attachment = {"type": "template", "payload": {"buttons": [button]}}
    quote = asked["message"]["msg_id"]
    reply = {"text": "Cách ly 7 ngày.\nNguồn: CV 10696", "attachment": attachment, "quote_message_id": quote}
    sent = await sandbox.send(asked["sender"]["id"], reply)
    await expect(phone.locator(".quote")).to_have_text("toi la f1")
    await phone.get_by_role("button", name="Gặp cán bộ trực").click()
    await expect(phone.locator(".line.mine .words").last).to_have_text("#t_8f2a")
    await expect(phone.locator(".line:not(.mine) .foot")).to_contain_text("Đã xem")

    events = [call.event for call in await receiver.wait(5)]
    by_name = {event["event_name"]: event for event in events[1:]}
    assert by_name["user_send_text"]["message"]["text"] == "#t_8f2a"
    assert by_name["user_seen_message"]["message"]["msg_ids"] == [sent["data"]["message_id"]]


async def test_it_keeps_two_phones_apart_and_open_over_a_reload(page: Page, receiver: Receiver) -> None:
    lan, minh = await _new_phone(page, "Lan"), await _new_phone(page, "Minh")
    await lan.get_by_label("Tin nhắn").fill("<b>chào</b>")
    await lan.get_by_role("button", name="Gửi", exact=True).click()
    await minh.get_by_role("button", name="Quan tâm", exact=True).click()
    await receiver.wait(2)
    await page.reload()
    await expect(lan.locator(".words")).to_have_text("<b>chào</b>")
    await expect(minh.locator(".line")).to_have_count(0)
    await expect(minh.get_by_role("button", name="Đang quan tâm")).to_be_visible()


async def test_it_sends_places_stickers_and_pictures(page: Page, receiver: Receiver) -> None:
    phone = await _new_phone(page, "Lan")
    await phone.get_by_role("button", name="Vị trí").click()
    await phone.get_by_label("Địa điểm").select_option(label="Thị trấn Thọ Xuân")
    await phone.get_by_role("button", name="Gửi vị trí").click()
    await phone.get_by_role("button", name="Nhãn dán").click()
    await phone.get_by_role("button", name="Cảm ơn").click()
    await phone.locator("[data-picture]").set_input_files(
        {"name": "que-thu.png", "mimeType": "image/png", "buffer": PNG}
    )
    await expect(phone.locator("img.picture")).to_be_visible()
    events = [call.event for call in await receiver.wait(3)]
    assert [event["event_name"] for event in events] == [
        "user_send_location",
        "user_send_sticker",
        "user_send_image",
    ]
    coordinates = events[0]["message"]["attachments"][0]["payload"]["coordinates"]
    assert coordinates == {"latitude": "19.9340", "longitude": "105.5190"}


async def test_it_switches_a_fault_and_shows_the_journal(page: Page, sandbox: Sandbox, receiver: Receiver) -> None:
    phone = await _new_phone(page, "Lan")
    await page.get_by_role("button", name="Bảng điều khiển").click()
    share = page.get_by_label("Tỉ lệ phần trăm: Webhook gửi hai lần")
    await share.fill("100")
    await share.press("Enter")
    await expect(page.locator(".fault.on")).to_contain_text("Webhook gửi hai lần")
    assert sandbox.platform.faults.to_json()["faults"]["duplicate_webhook"]["probability"] == 1
    await phone.get_by_label("Tin nhắn").fill("chào")
    await phone.get_by_label("Tin nhắn").press("Enter")
    await receiver.wait(2)
    await expect(page.locator("[data-journal] li").first).to_contain_text("đã nhận ×2")
    await page.locator("[data-journal] summary").first.click()
    await expect(page.locator("[data-journal] pre")).to_contain_text('"event_name": "user_send_text"')


async def test_it_shows_a_refusal_when_the_platform_gives_one(page: Page, sandbox: Sandbox) -> None:
    sandbox.platform.webhooks.subscribed = False
    phone = await _new_phone(page, "Lan")
    await phone.get_by_label("Tin nhắn").fill("chào")
    await phone.get_by_label("Tin nhắn").press("Enter")
    await expect(phone.locator(".foot .wrong")).to_have_text("! Ứng dụng chưa nhận được")


async def test_it_leads_back_with_a_code_when_the_admin_agrees(
    page: Page, sandbox: Sandbox, receiver: Receiver
) -> None:
    """The form's redirect to the callback must pass the page's own content policy."""
    callback = f"{receiver.origin}/zalo/callback"
    query = f"app_id=2900000000000000001&redirect_uri={callback}&state=s-1"
    await page.goto(f"{sandbox.origin}/v4/oa/permission?{query}")
    await page.get_by_role("button", name="Đồng ý").click()
    await page.wait_for_url(f"{callback}?code=*")
    assert "oa_id=4400000000000000099&state=s-1" in page.url
