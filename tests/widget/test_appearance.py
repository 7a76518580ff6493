"""Whether everybody can use it: narrow screens, roles, scrolling; and whether the page keeps to its own server."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from tests.widget.chat_page import answered, ask, messages, question
from tests.widget.contract_gateway import ContractGateway

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]  # one loop: the browser is shared


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
async def test_it_needs_no_sideways_scrolling_when_a_word_is_long(
    page: Page, gateway: ContractGateway, width: int
) -> None:
    await page.set_viewport_size({"width": width, "height": 640})
    await answered(page, gateway, "dài" * 300)
    await expect(messages(page)).to_have_count(2)
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    log = page.get_by_role("log")
    assert await log.evaluate("log => log.scrollWidth <= log.clientWidth")


async def test_it_is_labelled_when_read_by_a_screen_reader(page: Page, gateway: ContractGateway) -> None:
    await expect(page.get_by_role("log", name="Nội dung trò chuyện")).to_have_attribute("aria-live", "polite")
    await expect(page.get_by_role("textbox", name="Câu hỏi của bạn")).to_be_visible()
    await expect(page.get_by_role("region", name="Tin Cậy")).to_be_visible()
    nameless = await page.locator("button, a").evaluate_all("all => all.filter(one => !one.textContent.trim()).length")
    assert nameless == 0


async def test_it_fills_banner_and_hotlines_when_the_portal_opens(page: Page) -> None:
    await expect(page.get_by_text("Chế độ minh họa: hôm nay là 31/12/2021")).to_be_visible()
    await expect(page.get_by_role("link", name="1022")).to_have_attribute("href", "tel:02371022")
    await expect(page.get_by_role("link", name="115")).to_have_attribute("href", "tel:115")


async def test_it_asks_only_its_own_server_when_used(browser: Browser, gateway: ContractGateway) -> None:
    page = await browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(gateway.url)
    await answered(page, gateway)
    await page.close()
    assert len(asked) > 10
    assert [url for url in asked if not url.startswith(gateway.url)] == []


async def test_it_shows_what_is_new_when_the_end_was_in_view(page: Page, gateway: ContractGateway) -> None:
    gateway.answer = lambda body: [{"text": "\n".join(f"Dòng {i}" for i in range(40))}]
    await ask(page, "câu hỏi")
    await expect(messages(page)).to_have_count(2)
    await expect(messages(page).first.locator(".text")).to_be_in_viewport()
    await expect(page.get_by_text("Dòng 0")).to_be_in_viewport()
    await page.get_by_role("button", name="Xem tiếp").click()
    await expect(page.get_by_role("button", name="Xem tiếp")).to_be_hidden()
    gateway.say(gateway.token(), {"author": "operator", "text": "Tin cuối."})
    await expect(page.get_by_text("Tin cuối.")).to_be_in_viewport()
    await expect(question(page)).to_be_in_viewport()
