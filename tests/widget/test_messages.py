"""What a message shows and what can be pressed on it, in a real Chromium."""

from __future__ import annotations

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.widget.chat_page import RELEASE, answered, ask, messages, question, texts
from tests.widget.contract_gateway import ContractGateway

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]  # one loop: the browser is shared


async def test_it_shows_markup_as_text_when_a_message_holds_html(page: Page, gateway: ContractGateway) -> None:
    markup = "<img src=x onerror=\"document.title='owned'\"><b>đậm</b> **sao** &amp;"
    gateway.answer = lambda body: [{"text": markup, "buttons": [{"title": "<i>nút</i>", "payload": "t"}]}]
    await ask(page, "<script>alert(1)</script>")
    await expect(messages(page)).to_have_count(2)
    assert await texts(page) == ["<script>alert(1)</script>", markup]
    await expect(page.get_by_role("button", name="<i>nút</i>")).to_be_visible()
    await expect(messages(page).locator("img, b, script, i")).to_have_count(0)
    assert await page.title() == "Cổng thông tin minh họa – Tin Cậy"


async def test_it_offers_choices_links_and_calls_when_a_message_has_buttons(
    page: Page, gateway: ContractGateway
) -> None:
    buttons = [
        {"title": "Đăng ký tiêm", "payload": "opaque-1"},
        {"title": "Xem trang", "url": "https://example.org/a"},
        {"title": "Gọi 1022", "phone": "(0237) 1022"},
        {"title": "Bẫy", "url": "javascript:alert(1)"},
    ]
    gateway.answer = lambda body: [{"text": "Bạn chọn nhé.", "buttons": buttons}] if "text" in body else []
    gateway.resident_text = lambda body: body.get("text") or "Đăng ký tiêm"
    await ask(page, "tiêm")
    await expect(page.get_by_role("link", name="Gọi 1022")).to_have_attribute("href", "tel:02371022")
    await expect(page.get_by_role("link", name="Xem trang")).to_have_attribute("href", "https://example.org/a")
    await expect(page.get_by_text("Bẫy")).to_have_count(0)
    await page.get_by_role("button", name="Đăng ký tiêm").click()
    await expect(page.get_by_text("Đã gửi")).to_have_count(2)
    assert gateway.posts[1].keys() == {"client_id", "payload"}
    assert gateway.posts[1]["payload"] == "opaque-1"
    assert (await texts(page))[-1] == "Đăng ký tiêm"


@pytest.mark.parametrize(
    ("meta", "alt"), [({"image_text": "Sáu bước rửa tay"}, "Sáu bước rửa tay"), ({}, "Hình kèm theo câu trả lời")]
)
async def test_it_says_what_a_picture_shows_to_who_cannot_see_it(
    page: Page, gateway: ContractGateway, meta: dict[str, str], alt: str
) -> None:
    gateway.answer = lambda body: [{"text": "Rửa tay 30 giây.", "image": "/widget/logo.svg", "meta": meta}]
    await ask(page, "rửa tay")
    picture = messages(page).get_by_role("img", name=alt, exact=True)
    await expect(picture).to_have_attribute("src", f"{gateway.url}widget/logo.svg")


async def test_it_tells_source_and_dates_when_an_answer_has_a_release(page: Page, gateway: ContractGateway) -> None:
    await answered(page, gateway)
    await page.get_by_text("Nguồn & ngày duyệt").click()
    for words in (
        "10696/BYT-MT – Hướng dẫn cách ly",
        "Bộ Y tế",
        "16/12/2021",
        "08:30 ngày 20/12/2021",
        "00:00 ngày 01/02/2022",
    ):
        await expect(page.get_by_text(words, exact=True)).to_be_visible()
    await expect(page.get_by_role("link", name="Xem văn bản")).to_have_attribute("href", RELEASE["source"]["url"])


async def test_it_sends_feedback_with_a_reason_when_an_answer_is_judged(page: Page, gateway: ContractGateway) -> None:
    await answered(page, gateway)
    await page.get_by_role("button", name="Chưa đúng ý").click()
    await expect(page.get_by_role("button", name="Chưa đúng ý")).to_have_attribute("aria-pressed", "true")
    await page.get_by_label("Chưa đúng ở điểm nào?").fill("Chưa nói về trẻ em")
    await page.get_by_role("button", name="Gửi góp ý").click()
    await expect(page.get_by_label("Chưa đúng ở điểm nào?")).to_be_hidden()
    assert gateway.feedback == [("2", {"value": "down"}), ("2", {"value": "down", "reason": "Chưa nói về trẻ em"})]


async def test_it_counts_and_refuses_when_a_text_is_long(page: Page, gateway: ContractGateway) -> None:
    await question(page).fill("ấ" * 1799)
    await expect(page.get_by_text("ký tự")).to_have_count(0)
    await question(page).fill("a\u0302\u0301" * 1800)  # decomposed: counts as it is sent, composed
    await expect(page.get_by_text("1.800/2.000 ký tự")).to_be_visible()
    await ask(page, "ấ" * 2050)
    await expect(page.get_by_text("Bạn bớt 50 ký tự nhé.")).to_be_visible()
    await expect(messages(page)).to_have_count(0)
    await ask(page, "ấ" * 2000)
    await expect(page.get_by_text("Đã gửi")).to_be_visible()
    assert [one["text"] for one in gateway.posts] == ["ấ" * 2000]


async def test_it_gives_the_text_back_when_the_gateway_refuses_it(page: Page, gateway: ContractGateway) -> None:
    gateway.refusals = [(422, "Tin nhắn có ký tự không đọc được.")]
    await ask(page, "chữ lạ")
    await expect(page.get_by_text("Tin nhắn có ký tự không đọc được.")).to_be_visible()
    await page.get_by_role("button", name="Sửa tin nhắn").click()
    await expect(question(page)).to_have_value("chữ lạ")
    await expect(messages(page)).to_have_count(0)


async def test_it_does_not_send_when_enter_ends_a_composition(page: Page, gateway: ContractGateway) -> None:
    await question(page).fill("tiêm")
    enter = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})"
    await question(page).evaluate(f"field => field.dispatchEvent({enter})")
    await expect(question(page)).to_have_value("tiêm")
    await question(page).press("Enter")
    await expect(page.get_by_text("Đã gửi")).to_be_visible()
    assert len(gateway.posts) == 1


async def test_it_sends_no_message_when_the_text_is_blank(page: Page, gateway: ContractGateway) -> None:
    await ask(page, " \n\t ")
    await ask(page, "có chữ")
    await expect(page.get_by_text("Đã gửi")).to_be_visible()
    assert [one["text"] for one in gateway.posts] == ["có chữ"]


async def test_it_sends_the_place_when_the_resident_shares_it(
    context: BrowserContext, page: Page, gateway: ContractGateway
) -> None:
    gateway.resident_text = lambda body: ""
    await context.grant_permissions(["geolocation"])
    await context.set_geolocation({"latitude": 19.807651, "longitude": 105.776312})
    await page.get_by_role("button", name="Gửi vị trí của tôi").click()
    await expect(page.get_by_text("Đã gửi")).to_be_visible()
    assert gateway.posts[0]["location"] == {"lat": 19.8077, "lng": 105.7763}
    assert await texts(page) == ["📍 Vị trí của tôi"]


async def test_it_says_what_to_do_when_the_place_is_not_shared(page: Page, gateway: ContractGateway) -> None:
    await page.get_by_role("button", name="Gửi vị trí của tôi").click()
    await expect(page.get_by_text("Bạn có thể nhắn tên xã, huyện.")).to_be_visible()
    assert gateway.posts == []
