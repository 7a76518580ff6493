"""A real little server that keeps the web-chat contract in memory, and a Chromium that opens the portal page on it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.widget.contract_gateway import ContractGateway

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest_asyncio.fixture(loop_scope="session")
async def gateway() -> AsyncIterator[ContractGateway]:
    """The contract, served on a free loopback port."""
    gateway = ContractGateway()
    server = TestServer(gateway.application(), host="127.0.0.1")
    await server.start_server(shutdown_timeout=0)
    gateway.url = str(server.make_url("/"))
    yield gateway
    gateway.drop_streams()
    await server.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all tests; each test gets a context of its own in it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser, gateway: ContractGateway) -> AsyncIterator[BrowserContext]:
    """A browser profile of its own; its storage outlives a page."""
    context = await browser.new_context(base_url=gateway.url, locale="vi-VN", viewport={"width": 360, "height": 740})
    context.set_default_timeout(10_000)
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext) -> AsyncIterator[Page]:
    """The portal page, opened; the test fails at its end when the page reported an error or broke its CSP."""
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if "Security Policy" in message.text else None)
    await page.goto("/")
    yield page
    assert complaints == []
