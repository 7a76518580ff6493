"""What a resident sees at once on a small phone: the beginning of an answer, and in danger the call."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.widget.chat_page import RELEASE, ask, messages, question
from tests.widget.contract_gateway import ContractGateway

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]  # one loop: the browser is shared

SMALL = [(320, 568), (360, 640)]
SAFETY: dict[str, Any] = {
    "text": "Bạn gọi 115 ngay bây giờ. Nói rõ địa chỉ và tình trạng người bệnh.\n"
    + "Đừng để họ một mình. Đừng tự cho uống thêm thuốc.\n" * 6,
    "buttons": [
        {"title": "Gọi 115", "phone": "115"},
        {"title": "Gọi 1022", "phone": "02371022"},
        {"title": "Quay lại trợ lý", "payload": "token-a"},
    ],
    "meta": {
        "answer": "nhay_cam/cap_cuu",
        "release": RELEASE,
        "handoff": {"reason": "nhay_cam/cap_cuu", "priority": 1},
    },
}
HIT = """(element, upTo) => {
  const box = element.getBoundingClientRect();
  const height = Math.min(box.height, upTo);
  const inside = element.getRootNode();
  return [1, height - 1].every((y) => {
    const top = inside.elementFromPoint(box.left + Math.min(box.width / 2, 40), box.top + y);
    return top === element || element.contains(top);
  });
}"""


async def _is_uncovered(element: Locator, height: int) -> bool:
    """Whether the element's first ``height`` pixels are on the screen with nothing above them."""
    shown: bool = await element.evaluate(HIT, height)
    return shown


@pytest.mark.parametrize(("width", "height"), SMALL)
async def test_it_shows_the_call_and_the_safety_text_at_once_when_in_danger(
    page: Page, gateway: ContractGateway, width: int, height: int
) -> None:
    await page.set_viewport_size({"width": width, "height": height})
    gateway.answer = lambda body: [SAFETY]
    await ask(page, "me em kho tho tim moi")
    await expect(messages(page)).to_have_count(2)
    gateway.change_state(gateway.token(), state="waiting", position=1, wait_s=300)
    await expect(page.get_by_text("Đang chờ cán bộ trực (thứ 1)")).to_be_visible()
    assert await _is_uncovered(page.get_by_role("log").get_by_role("link", name="Gọi 115"), 44)
    assert await _is_uncovered(messages(page).last.locator(".text"), 3 * 26)
    await expect(question(page)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("width", "height"), SMALL)
async def test_it_shows_the_beginning_of_the_answer_when_the_question_is_long(
    page: Page, gateway: ContractGateway, width: int, height: int
) -> None:
    await page.set_viewport_size({"width": width, "height": height})
    gateway.answer = lambda body: [{"text": "\n".join(f"Dòng {i}" for i in range(40))}, {"text": "Câu thứ hai."}]
    await ask(page, "nhà tôi có người vừa về quê, " * 12)
    await expect(messages(page)).to_have_count(3)
    assert await _is_uncovered(messages(page).nth(1).locator(".text"), 5 * 26)
    gateway.change_state(gateway.token(), state="human", operator="Cán bộ A")
    await expect(page.get_by_text("Cán bộ trực: Cán bộ A")).to_be_visible()
    assert await _is_uncovered(messages(page).nth(1).locator(".text"), 5 * 26)


async def test_it_shows_the_call_above_an_open_keyboard_when_in_danger(page: Page, gateway: ContractGateway) -> None:
    await page.set_viewport_size({"width": 360, "height": 360})
    gateway.answer = lambda body: [SAFETY]
    await ask(page, "me em kho tho tim moi")
    await expect(messages(page)).to_have_count(2)
    gateway.change_state(gateway.token(), state="waiting", position=1, wait_s=300)
    await expect(page.get_by_text("Đang chờ cán bộ trực (thứ 1)")).to_be_visible()
    assert await _is_uncovered(page.get_by_role("log").get_by_role("link", name="Gọi 115"), 44)


async def test_it_covers_no_words_when_there_is_more_to_read(page: Page, gateway: ContractGateway) -> None:
    await page.set_viewport_size({"width": 320, "height": 568})
    gateway.answer = lambda body: [{"text": "\n".join(f"Dòng {i}" for i in range(40))}]
    await ask(page, "câu hỏi")
    jump = page.get_by_role("button", name="Xem tiếp")
    await expect(jump).to_be_visible()
    end_of_log, button = await page.get_by_role("log").bounding_box(), await jump.bounding_box()
    assert end_of_log is not None
    assert button is not None
    assert button["y"] >= end_of_log["y"] + end_of_log["height"]
    await jump.click()
    await expect(page.get_by_text("Dòng 39")).to_be_in_viewport()
    await expect(jump).to_be_hidden()


async def test_it_asks_for_the_place_anew_when_it_is_sent_again(page: Page, gateway: ContractGateway) -> None:
    await page.context.grant_permissions(["geolocation"])
    share = page.get_by_role("button", name="Gửi vị trí của tôi")
    for number, (lat, lng) in enumerate([(19.8067, 105.7761), (20.1, 105.2)], 1):
        await page.context.set_geolocation({"latitude": lat, "longitude": lng})
        await share.click()
        await expect(messages(page)).to_have_count(number)
    await expect(page.get_by_text("Đã gửi")).to_have_count(2)
    assert [post["location"]["lat"] for post in gateway.posts] == [19.8067, 20.1]
