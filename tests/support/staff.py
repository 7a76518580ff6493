"""Staff at work in the newsroom, in a real Chromium."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.stack import Stack

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def password_of(stack: Stack, username: str) -> str:
    """Password of a demonstration account."""
    accounts: list[dict[str, Any]] = json.loads((Path(stack.environment["VAR_DIR"]) / "demo_accounts.json").read_text())
    return str(next(account["password"] for account in accounts if account["username"] == username))


class Staff:
    """One member of staff, logged in, in a browser profile of their own."""

    def __init__(self, browser: Browser, stack: Stack, username: str) -> None:
        self._stack = stack
        context = browser.new_context(base_url=stack.newsroom, locale="vi-VN", viewport={"width": 1280, "height": 900})
        context.set_default_timeout(20_000)
        self.page: Page = context.new_page()
        self.page.goto("/admin/login/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", password_of(stack, username))
        self.page.click("button[type=submit]")
        self.page.wait_for_url("**/admin/")

    def open_answer(self, title: str) -> None:
        """The editing page of the FAQ answer with this title, found as staff find it: by the list."""
        self.page.goto("/admin/snippets/content/faqanswer/")
        self.page.goto(f"/admin/snippets/content/faqanswer/?q={title}")
        self.page.get_by_role("link", name=title, exact=False).first.click()
        self.page.wait_for_selector("[name=text]")

    def change_text(self, text: str) -> None:
        """Writes a new text and submits it for approval."""
        self.page.fill("[name=text]", text)
        submit = self.page.locator("[name=action-submit]")
        if not submit.first.is_visible():
            self.page.locator("footer [data-w-dropdown-target=toggle], footer .w-dropdown__toggle").first.click()
        submit.first.click()
        self.page.wait_for_load_state("networkidle")

    def open_submission(self, title: str) -> None:
        """The approval page of what was submitted under this title."""
        self.page.goto("/phe-duyet/")
        self.page.get_by_role("link", name=title, exact=False).first.click()
        self.page.wait_for_selector("#khac-biet")

    def approve(self) -> None:
        """Presses the button of the approval page."""
        self.page.get_by_role("button", name="Phê duyệt và phát hành").click()
        self.page.wait_for_url("**/phe-duyet/")

    def post(self, path: str, fields: dict[str, str]) -> int:
        """Posts a form as this person's browser would, with its CSRF token; returns the status."""
        token = self.page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value") or ""
        form: dict[str, str | float | bool] = {**fields, "csrfmiddlewaretoken": token}
        headers = {"Referer": self._stack.newsroom}
        return self.page.context.request.post(path, form=form, headers=headers).status

    def withdraw(self, key: str, reason: str) -> None:
        """Takes the release in force for a key back."""
        self.page.goto(f"/ban-phat-hanh/?tim={key}")
        self.page.get_by_role("row", name=key).get_by_role("link", name="thu hồi").click()
        self.page.get_by_label("Lý do thu hồi").fill(reason)
        self.page.get_by_role("button", name="Thu hồi").click()
        self.page.get_by_text(f"Đã thu hồi {key}").first.wait_for()
