"""The conversation in a real Chromium: asking, resuming, retrying, reconnecting, expiring, erasing."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.widget.chat_page import ANSWER, answered, ask, messages, question, texts
from tests.widget.contract_gateway import ContractGateway

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]  # one loop: the browser is shared

BUSY = (503, "Hệ thống đang bận. Bạn thử lại nhé.")


async def test_it_answers_when_only_the_keyboard_is_used(page: Page, gateway: ContractGateway) -> None:
    gateway.answer = lambda body: [{**ANSWER, "buttons": [{"title": "Xét nghiệm", "payload": "token-a"}]}]
    await expect(question(page)).to_be_visible()
    for _ in range(20):
        await page.keyboard.press("Tab")
        if await question(page).evaluate("field => field.getRootNode().activeElement === field"):
            break
    await page.keyboard.type("dong mot")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("dong hai")
    await page.keyboard.press("Enter")
    choice = page.get_by_role("button", name="Xét nghiệm")
    await expect(choice).to_be_visible()
    assert gateway.posts[0]["text"] == "dong mot\ndong hai"
    for _ in range(10):
        await page.keyboard.press("Shift+Tab")
        if await choice.evaluate("button => button.getRootNode().activeElement === button"):
            break
    await page.keyboard.press("Enter")
    await expect(messages(page)).to_have_count(4)
    assert gateway.posts[1]["payload"] == "token-a"


async def test_it_leaves_no_session_when_nothing_is_asked(page: Page, gateway: ContractGateway) -> None:
    await expect(question(page)).to_be_visible()
    assert gateway.sessions == {}


async def test_it_resumes_when_the_page_is_reloaded(page: Page, gateway: ContractGateway) -> None:
    await answered(page, gateway)
    before = await texts(page)
    await page.reload()
    await expect(messages(page)).to_have_count(2)
    assert await texts(page) == before
    gateway.say(gateway.token(), {"author": "operator", "text": "Tôi là cán bộ trực."})
    await expect(page.get_by_text("Tôi là cán bộ trực.")).to_be_visible()
    await expect(messages(page)).to_have_count(3)
    assert len(gateway.sessions) == 1


async def test_it_sends_once_when_a_503_is_retried(page: Page, gateway: ContractGateway) -> None:
    await answered(page, gateway)
    gateway.refusals = [BUSY]
    await ask(page, "Câu thứ hai")
    await expect(page.get_by_text(BUSY[1])).to_be_visible()
    await page.get_by_role("button", name="Thử lại").click()
    await expect(messages(page)).to_have_count(4)
    await expect(page.get_by_text("Chưa gửi được")).to_have_count(0)
    assert gateway.posts[1] == gateway.posts[2]
    assert (await texts(page)).count("Câu thứ hai") == 1


async def test_it_sends_what_was_left_unsent_when_the_page_is_reloaded(page: Page, gateway: ContractGateway) -> None:
    gateway.refusals = [BUSY]
    await ask(page, "Câu chưa gửi")
    await expect(page.get_by_role("button", name="Thử lại")).to_be_visible()
    await page.reload()
    await expect(page.get_by_text("Đã gửi")).to_be_visible()
    assert await texts(page) == ["Câu chưa gửi"]
    assert gateway.posts[0] == gateway.posts[1]


async def test_it_shows_a_message_once_when_its_acknowledgement_is_lost(page: Page, gateway: ContractGateway) -> None:
    await answered(page, gateway)
    gateway.lost_acknowledgements = 1
    await ask(page, "Câu thứ hai")
    await expect(messages(page)).to_have_count(4)
    await expect(page.get_by_text("Đã gửi")).to_have_count(2)
    assert (await texts(page)).count("Câu thứ hai") == 1


async def test_it_shows_a_message_once_when_the_gateway_words_it_otherwise(
    page: Page, gateway: ContractGateway
) -> None:
    gateway.resident_text = lambda body: "Số căn cước ***"
    await answered(page, gateway, "Số căn cước 038099000000")
    await expect(page.get_by_text("Số căn cước ***")).to_have_count(1)
    await expect(page.get_by_text("038099000000")).to_have_count(0)


async def test_it_catches_up_without_duplicates_when_the_stream_breaks(page: Page, gateway: ContractGateway) -> None:
    await answered(page, gateway)
    gateway.streams_refused = 503
    gateway.drop_streams()
    await expect(page.get_by_text("Đang kết nối lại…")).to_be_visible()
    missed = gateway.say(gateway.token(), {"author": "bot", "text": "Tin lúc mất kết nối."})
    gateway.streams_refused = 0
    await expect(page.get_by_text("Tin lúc mất kết nối.")).to_have_count(1)
    await expect(page.get_by_text("Đang kết nối lại…")).to_have_count(0)
    await expect(messages(page)).to_have_count(3)
    assert gateway.requests[-1] == ("GET", "/chat/v1/events", str(missed - 1))


async def test_it_polls_when_streams_do_not_pass(page: Page, gateway: ContractGateway) -> None:
    gateway.streams_refused = 404
    await answered(page, gateway)
    gateway.say(gateway.token(), {"author": "operator", "text": "Tin sau."})
    await expect(page.get_by_text("Tin sau.")).to_have_count(1)
    await expect(messages(page)).to_have_count(3)


@pytest.mark.parametrize("stream_tells", [True, False])
async def test_it_opens_a_new_session_and_says_so_when_the_old_one_expired(
    page: Page, gateway: ContractGateway, stream_tells: bool
) -> None:
    await answered(page, gateway)
    if stream_tells:
        gateway.expire_sessions()
        await expect(page.get_by_text("đã hết hạn")).to_be_visible()
    else:
        gateway.sessions.clear()
    await ask(page, "Câu của phiên mới")
    await expect(messages(page)).to_have_count(4)
    await expect(page.get_by_text("đã hết hạn")).to_have_count(1)
    assert [one["text"] for one in gateway.sessions["token-2"]] == ["Câu của phiên mới", ANSWER["text"]]


async def test_it_forgets_everything_when_the_resident_erases(page: Page, gateway: ContractGateway) -> None:
    await answered(page, gateway)
    await page.get_by_role("button", name="Tùy chọn").click()
    await page.get_by_role("button", name="Xóa dữ liệu của tôi").click()
    await page.get_by_role("dialog").get_by_role("button", name="Xóa", exact=True).click()
    await expect(page.get_by_text("Đã xóa dữ liệu của bạn.")).to_be_visible()
    await expect(messages(page)).to_have_count(0)
    assert gateway.sessions == {}
    assert await page.evaluate("localStorage.length + sessionStorage.length") == 0


async def test_it_keeps_everything_when_erasing_is_not_confirmed(page: Page, gateway: ContractGateway) -> None:
    await answered(page, gateway)
    await page.get_by_role("button", name="Tùy chọn").click()
    await page.get_by_role("button", name="Xóa dữ liệu của tôi").click()
    await page.keyboard.press("Enter")  # the focus is on "Không xóa"
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(messages(page)).to_have_count(2)
    assert len(gateway.sessions) == 1


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"state": "waiting", "position": 2, "wait_s": 300}, "Đang chờ cán bộ trực (thứ 2). Dự kiến khoảng 5 phút."),
        ({"state": "waiting"}, "Đang chờ cán bộ trực"),
        ({"state": "human", "operator": "Cán bộ A"}, "Cán bộ trực: Cán bộ A"),
    ],
)
async def test_it_tells_who_speaks_when_the_state_changes(
    page: Page, gateway: ContractGateway, state: dict[str, Any], words: str
) -> None:
    await answered(page, gateway)
    gateway.change_state(gateway.token(), **state)
    await expect(page.get_by_text(words, exact=True)).to_be_visible()
    gateway.change_state(gateway.token(), state="bot", position=None, wait_s=None, operator=None)
    await expect(page.get_by_text(words, exact=True)).to_be_hidden()
