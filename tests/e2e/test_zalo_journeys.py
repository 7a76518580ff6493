"""Zalo from the sandbox's phone page to the operator's desk and back, in a real Chromium."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.resident import Resident
from tests.support.sandbox_phone import SandboxPhone
from tests.support.stack import Stack
from tests.support.staff import Staff, chromium

pytestmark = [pytest.mark.e2e, pytest.mark.browser]

PICTURES = os.environ.get("PICTURES", "")


def _picture(page: Page, name: str) -> None:
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


def test_a_question_on_the_phone_page_gets_the_approved_answer_with_its_source(stack: Stack) -> None:
    SandboxPhone(stack.sandbox, "Chị Tám")
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="vi-VN")
        page.goto(stack.sandbox)
        page.get_by_text("Chị Tám").first.click()
        phone = page.get_by_role("article", name="Điện thoại của Chị Tám")
        phone.get_by_role("textbox", name="Tin nhắn").fill("toi la f1 phai cach ly bao nhieu ngay")
        page.keyboard.press("Enter")
        expect(phone.get_by_text("Nguồn: 10696/BYT-MT, Bộ Y tế, ngày 16/12/2021.")).to_be_visible(timeout=12_000)
        _picture(page, "phone")


def test_danger_stands_first_at_the_desk_and_the_operators_words_reach_phone_and_web(stack: Stack) -> None:
    waiting = Resident(stack.gateway)
    waiting.ask("tôi muốn khiếu nại cán bộ phường Nam Ngạn làm khó dân")
    phone = SandboxPhone(stack.sandbox, "Anh Năm")
    with chromium() as browser:
        operator = Staff(browser, stack, "truc_ban")
        page = operator.page
        page.goto("/desk/")
        phone.say("mẹ tôi khó thở tím môi, ở Hoằng Lộc")
        safety = phone.replies()[0]
        # Other tests leave people waiting too: among all that wait nobody ordinary may stand before the urgent one.
        mine = page.locator("[data-conversation]", has_text="mẹ tôi khó thở tím môi, ở Hoằng Lộc")
        expect(mine).to_be_visible(timeout=3_000)
        classes = [card.get_attribute("class") or "" for card in page.locator("ol.cards > li").all()]
        ordinary = [number for number, name in enumerate(classes) if "urgent" not in name]
        place = [card.inner_text() for card in page.locator("ol.cards > li").all()].index(mine.inner_text())
        _picture(page, "desk")
        mine.get_by_role("button", name="Nhận").click()
        _reply(page, "Tôi là cán bộ trực. Nhà ở xã nào?")
        on_phone = phone.replies()[0]
        silent_from = len(phone.transcript())
        phone.say("f1 cách ly mấy ngày")
        time.sleep(2)
        after = phone.transcript()[silent_from:]
        _picture(page, "conversation")
        page.get_by_role("button", name="Trả lại trợ lý").click()
        page.wait_for_load_state("networkidle")
        told, again = phone.replies(2)
        page.goto("/desk/")
        page.locator("[data-conversation]", has_text="phường Nam Ngạn").get_by_role("button", name="Nhận").first.click()
        _reply(page, "Bạn kể rõ giúp tôi.")
        on_web = waiting.replies()[-1]

    assert "115" in safety["text"]
    assert ordinary
    assert place < min(ordinary)
    assert on_phone["text"] == "Tôi là cán bộ trực. Nhà ở xã nào?"
    assert [message["author"] for message in after] == ["resident"]
    assert told["text"].startswith("Cán bộ trực đã trả lời xong.")
    assert "Nguồn" in again["text"]  # what was asked in vain
    assert (on_web["author"], on_web["text"]) == ("operator", "Bạn kể rõ giúp tôi.")


def _reply(page: Page, text: str) -> None:
    page.get_by_label("Trả lời người dân").fill(text)
    page.get_by_role("button", name="Gửi").click()
