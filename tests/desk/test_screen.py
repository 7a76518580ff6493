"""The desk in a real Chromium, served by the newsroom's own application."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from django.test import Client
from django.urls import reverse
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from desk.clock import real_now
from ledger.desk_queries import transcript
from ledger.models import Conversation
from tests.desk.acting import act
from tests.desk.conftest import PASSWORD, SignIn
from tests.desk.installation import in_thread
from tests.desk.residents import Residents

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]  # one loop: the browser is shared
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
COUNT_TONES = """
window.tones = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) { window.tones += 1; return start.apply(this, when); };
"""
MORE_TONES = """
(heard) => new Promise((done) => {
  const look = setInterval(() => { if (window.tones > heard) { clearInterval(look); done(true); } }, 20);
})
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


async def _profile(browser: Browser, address: str, client: Client, width: int = 1366) -> BrowserContext:
    """A browser profile with the client's login."""
    context = await browser.new_context(base_url=address, locale="vi-VN", viewport={"width": width, "height": 800})
    context.set_default_timeout(10_000)
    cookies: Any = [{"name": name, "value": it.value, "url": address} for name, it in client.cookies.items()]
    await context.add_cookies(cookies)
    await context.add_init_script(COUNT_TONES)
    return context


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, address: str, sign_in: SignIn) -> AsyncIterator[Page]:
    """Lan's window; the test fails at its end when the page reported an error or broke its policy."""
    context = await _profile(browser, address, await in_thread(sign_in, "lan"))
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if "Security Policy" in message.text else None)
    yield page
    await context.close()
    assert complaints == []


def _conversation(conversation_id: str) -> str:
    return reverse("desk:conversation", args=[conversation_id])


async def test_an_emergency_stands_first_within_a_second_and_sounds(page: Page, residents: Residents) -> None:
    await in_thread(residents.wait, "Cho tôi gặp cán bộ")
    await page.goto("/desk/")
    await page.get_by_role("button", name="Chuông").click()
    await expect(page.get_by_role("button", name="Chuông: bật")).to_be_visible()
    tones = await page.evaluate("window.tones")
    urgent = await in_thread(residents.cry_out, "Mẹ tôi khó thở tím môi")
    committed = time.monotonic()
    await page.wait_for_selector(f'#hang-cho li[data-conversation="{urgent}"]:first-child.urgent')
    assert time.monotonic() - committed < 1.0
    await expect(page.locator("#bao-dong")).to_contain_text("Khẩn cấp: 1 cuộc cần người ngay.")
    assert await page.evaluate(MORE_TONES, tones)
    await expect(page).to_have_title(re.compile(r"^KHẨN CẤP \(1\)$"))
    await page.get_by_role("button", name="Tắt tiếng").click()
    await expect(page.get_by_role("button", name="Tắt tiếng")).to_be_hidden()
    await expect(page.locator("#bao-dong")).to_contain_text("Khẩn cấp")
    await page.get_by_role("button", name="Nhận cuộc").first.click()
    await page.wait_for_url(f"**{_conversation(urgent)}")
    await expect(page.locator(".alarm")).to_have_count(0)


async def test_operator_and_resident_talk_without_reloading(page: Page, residents: Residents) -> None:
    waiting = await in_thread(residents.wait, "Cho tôi gặp cán bộ")
    await page.goto(_conversation(waiting))
    await page.get_by_role("button", name="Nhận", exact=True).click()
    field = page.get_by_label("Trả lời người dân")
    await expect(field).to_be_focused()
    await field.fill("Chào bác, tôi là cán bộ trực.")
    await field.press("Control+Enter")
    await expect(page.locator(".line.operator")).to_contain_text("Chào bác, tôi là cán bộ trực.")
    await expect(field).to_have_value("")
    await in_thread(residents.say, waiting, "Cảm ơn chị")
    said = time.monotonic()
    await page.get_by_text("Cảm ơn chị").wait_for()
    assert time.monotonic() - said < 1.0
    await page.get_by_role("button", name="Trả lại trợ lý").click()
    await expect(page.get_by_role("status").filter(has_text="Đã trả lại cho trợ lý.")).to_be_visible()


async def test_the_other_operators_page_shows_who_took_it(page: Page, minh: Client, residents: Residents) -> None:
    waiting = await in_thread(residents.wait, "Cho tôi gặp cán bộ")
    await page.goto(_conversation(waiting))
    await in_thread(act, minh, "take", waiting)
    await expect(page.locator("#trang-thai")).to_contain_text("Trần Văn Minh")
    await expect(page.get_by_role("button", name="Nhận", exact=True)).to_have_count(0)


async def test_the_text_survives_the_end_of_the_session(page: Page, residents: Residents) -> None:
    waiting = await in_thread(residents.wait, "Cho tôi gặp cán bộ")
    await page.goto(_conversation(waiting))
    await page.get_by_role("button", name="Nhận", exact=True).click()
    field = page.get_by_label("Trả lời người dân")
    await field.fill("Bác chờ tôi một chút nhé")
    await page.context.clear_cookies(name="newsroom_session")
    await page.get_by_role("button", name="Gửi").click()
    await expect(page.get_by_role("alert").filter(has_text="câu trả lời chưa gửi")).to_be_visible()
    await expect(field).to_have_value("Bác chờ tôi một chút nhé")
    await page.get_by_role("link", name="Đăng nhập lại").click()
    await page.locator("[name=username]").fill("lan")
    await page.locator("[name=password]").fill(PASSWORD)
    await page.locator("[name=password]").press("Enter")
    await page.wait_for_url(f"**{_conversation(waiting)}")
    await expect(field).to_have_value("Bác chờ tôi một chút nhé")
    await page.get_by_role("button", name="Gửi").click()
    await expect(page.locator(".line.operator")).to_contain_text("Bác chờ tôi một chút nhé")
    rows = await in_thread(transcript, waiting)
    assert [row.text for row in rows if row.author == "operator" and row.kind == "message"] == [
        "Bác chờ tôi một chút nhé"
    ]


async def _log_in(page: Page, name: str) -> None:
    await page.locator("[name=username]").fill(name)
    await page.locator("[name=password]").fill(PASSWORD)
    await page.locator("[name=password]").press("Enter")
    await page.wait_for_url("**/desk/**")


async def test_what_is_being_written_survives_a_logout_for_its_writer_only(page: Page, residents: Residents) -> None:
    waiting = await in_thread(residents.wait, "Cho tôi gặp cán bộ")
    await page.goto(_conversation(waiting))
    await page.get_by_role("button", name="Nhận", exact=True).click()
    await page.get_by_label("Trả lời người dân").fill("Bác chờ tôi một chút nhé")
    await page.get_by_role("button", name="Đăng xuất").click()
    await _log_in(page, "minh")
    await page.goto(_conversation(waiting))
    await expect(page.locator("#chu")).to_have_value("")
    await expect(page.locator("#tra-loi")).to_be_hidden()
    await page.get_by_role("button", name="Đăng xuất").click()
    await _log_in(page, "lan")
    await page.close()
    again = await page.context.new_page()  # what one window keeps goes with it
    await again.goto(_conversation(waiting))
    field = again.get_by_label("Trả lời người dân")
    await expect(field).to_have_value("Bác chờ tôi một chút nhé")
    await expect(again.get_by_text("Câu bạn viết dở lần trước, chưa gửi.")).to_be_visible()
    await again.get_by_role("button", name="Gửi").click()
    await expect(again.locator(".line.operator")).to_contain_text("Bác chờ tôi một chút nhé")
    await again.reload()
    await expect(field).to_have_value("")


async def test_a_page_left_open_hides_its_words_when_somebody_else_logs_in(
    page: Page, sign_in: SignIn, address: str, residents: Residents
) -> None:
    waiting = await in_thread(residents.wait, "Cho tôi gặp cán bộ")
    await page.goto(_conversation(waiting))
    await page.get_by_role("button", name="Nhận", exact=True).click()
    await page.get_by_label("Trả lời người dân").fill("Lời của Lan")
    minh = await in_thread(sign_in, "minh")
    cookies: Any = [{"name": name, "value": it.value, "url": address} for name, it in minh.cookies.items()]
    await page.context.add_cookies(cookies)
    await in_thread(residents.say, waiting, "Còn đó không")
    await expect(page.locator(".person")).to_have_text("Trần Văn Minh")
    await expect(page.locator("#chu")).to_have_value("")


@pytest.mark.parametrize("scripts", [True, False])
async def test_an_unanswered_emergency_is_closed_with_a_reason_only(
    scripts: bool, browser: Browser, address: str, lan: Client, residents: Residents
) -> None:
    urgent = await in_thread(residents.cry_out, "Mẹ tôi khó thở tím môi")
    await in_thread(act, lan, "take", urgent)
    context = await browser.new_context(base_url=address, locale="vi-VN", java_script_enabled=scripts)
    cookies: Any = [{"name": name, "value": it.value, "url": address} for name, it in lan.cookies.items()]
    await context.add_cookies(cookies)
    page = await context.new_page()
    await page.goto(_conversation(urgent))
    await page.get_by_role("button", name="Đóng").click()
    await page.get_by_role("heading", name="Đóng khi chưa trả lời?").wait_for()
    await page.get_by_role("button", name="Đóng cuộc này").click()  # without a reason the browser stays
    assert (await in_thread(residents.found, urgent)).state == "human"
    await page.get_by_label("Đã gọi điện cho người dân").check()
    await page.get_by_role("button", name="Đóng cuộc này").click()
    await page.get_by_text("Đã đóng cuộc trò chuyện.").wait_for()
    assert (await in_thread(residents.found, urgent)).state == "bot"
    await context.close()


async def test_a_text_stays_when_the_conversation_was_taken_away(
    page: Page, sign_in: SignIn, residents: Residents
) -> None:
    waiting = await in_thread(residents.wait, "Cho tôi gặp cán bộ")
    await page.goto(_conversation(waiting))
    await page.get_by_role("button", name="Nhận", exact=True).click()
    field = page.get_by_label("Trả lời người dân")
    await field.fill("Tôi đang viết dở")
    await in_thread(lambda: act(sign_in("hoa"), "return", waiting))
    await expect(page.get_by_text("Bạn không còn giữ cuộc này.")).to_be_visible()
    await expect(page.get_by_role("button", name="Gửi")).to_be_disabled()
    await expect(field).to_have_value("Tôi đang viết dở")


@pytest.mark.parametrize("width", [820, 1366])
async def test_nothing_is_wider_than_the_screen(
    width: int, browser: Browser, address: str, lan: Client, residents: Residents
) -> None:
    urgent = await in_thread(residents.cry_out, "Mẹ tôi khó thở" + "ở" * 300)
    await in_thread(act, lan, "take", urgent)
    context = await _profile(browser, address, lan, width)
    page = await context.new_page()
    for path in ("/desk/", _conversation(urgent)):
        await page.goto(path)
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
    await context.close()


async def test_it_is_usable_by_keyboard_alone(page: Page, residents: Residents) -> None:
    waiting = await in_thread(residents.wait, "Cho tôi gặp cán bộ")
    await page.goto("/desk/")
    for _ in range(12):
        await page.keyboard.press("Tab")
        if (await page.evaluate("document.activeElement.id")).startswith("nhan-"):
            break
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**{_conversation(waiting)}")
    await page.keyboard.type("Chào bác")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".line.operator")).to_contain_text("Chào bác")


async def test_a_picture_goes_with_the_text_and_is_not_sent_again(page: Page, residents: Residents) -> None:
    waiting = await in_thread(residents.wait, "Cho tôi gặp cán bộ")
    await page.goto(_conversation(waiting))
    await page.get_by_role("button", name="Nhận", exact=True).click()
    content = b"\x89PNG\r\n\x1a\n" + b"x" * 100
    await page.get_by_label("Kèm ảnh").set_input_files(
        {"name": "ban-do.png", "mimeType": "image/png", "buffer": content}
    )
    await expect(page.locator("#ten-anh")).to_have_text("ban-do.png")
    field = page.get_by_label("Trả lời người dân")
    for text in ("Bản đồ đây ạ", "Bác xem nhé"):
        await field.fill(text)
        await page.get_by_role("button", name="Gửi").click()
        await expect(page.locator(".line.operator").last).to_contain_text(text)
    await expect(page.locator("#ten-anh")).to_have_text("")
    rows = await in_thread(transcript, waiting)
    assert [bool(row.image) for row in rows if row.author == "operator" and row.kind == "message"] == [True, False]


async def test_a_closed_window_is_said_before_anything_is_written(page: Page, residents: Residents) -> None:
    waiting = await in_thread(residents.wait, "Cho tôi gặp cán bộ", channel="zalo")
    eight_days_ago = real_now() - timedelta(days=8)
    await in_thread(Conversation.objects.filter(pk=waiting).update, last_resident_at=eight_days_ago)
    await page.goto(_conversation(waiting))
    await page.get_by_role("button", name="Nhận", exact=True).click()
    said = "Người dân im lặng đã hơn 7 ngày. Zalo không cho gửi tin nữa."
    await expect(page.locator("#cua-so")).to_contain_text(said)
    await expect(page.get_by_role("alert").filter(has_text=said)).to_be_visible()
    await expect(page.get_by_role("button", name="Gửi")).to_be_disabled()
