"""The portal page with the chat, in a real Chromium, on the real gateway."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.stack import Stack
from tests.support.staff import chromium

pytestmark = [pytest.mark.e2e, pytest.mark.browser]

PICTURES = os.environ.get("PICTURES", "")  # where to keep the screenshots that the documents show


def _ask(page: Page, text: str, replies: int) -> None:
    page.get_by_label("Câu hỏi của bạn").fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").locator("article")).to_have_count(replies, timeout=12_000)


def test_a_resident_asks_by_keyboard_and_finds_the_conversation_again_after_a_reload(stack: Stack) -> None:
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="vi-VN")
        page.goto(stack.gateway)
        _ask(page, "toi la f1 phai cach ly bao nhieu ngay", 2)
        first = page.get_by_role("log").inner_text()
        page.reload()
        expect(page.get_by_role("log").locator("article")).to_have_count(2, timeout=12_000)
        again = page.get_by_role("log").inner_text()
        _ask(page, "mẹ tôi khó thở tím môi", 4)
        expect(page.get_by_text("Đang chờ cán bộ trực")).to_be_visible()
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(PICTURES) / "portal.png")

    assert "10696/BYT-MT" in first
    assert "10696/BYT-MT" in again


def test_the_page_says_that_it_is_a_demonstration_and_which_day_it_is(stack: Stack) -> None:
    with chromium() as browser:
        page = browser.new_page()
        page.goto(stack.gateway)
        expect(page.get_by_text("Chế độ minh họa: hôm nay là").first).to_be_visible()
