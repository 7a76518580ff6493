"""What tests do and look at on the page with the chat."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.widget.contract_gateway import ContractGateway

RELEASE: dict[str, Any] = {
    "id": "r-1",
    "source": {
        "number": "10696/BYT-MT",
        "title": "Hướng dẫn cách ly",
        "issuer": "Bộ Y tế",
        "date": "2021-12-16",
        "url": "https://example.org/10696",
    },
    "approved_at": "2021-12-20T08:30:00+07:00",
    "valid_to": "2022-02-01T00:00:00+07:00",
}
ANSWER = {"text": "F1 cách ly 7 ngày.\n\nNguồn: 10696/BYT-MT.", "meta": {"answer": "cach_ly/f1", "release": RELEASE}}


def question(page: Page) -> Locator:
    return page.get_by_label("Câu hỏi của bạn")


def messages(page: Page) -> Locator:
    return page.get_by_role("log").locator("article")


async def ask(page: Page, text: str) -> None:
    await question(page).fill(text)
    await question(page).press("Enter")


async def texts(page: Page) -> list[str]:
    return await page.get_by_role("log").locator("article .text").all_inner_texts()


async def answered(page: Page, gateway: ContractGateway, text: str = "F1 cách ly mấy ngày?") -> None:
    """One question with its answer, so that a session and a live stream exist."""
    gateway.answer = lambda body: [ANSWER]
    await ask(page, text)
    await expect(messages(page)).to_have_count(2)
    await expect(page.get_by_text("Đã gửi")).to_be_visible()
