"""An editor at work on answers, in a real Chromium."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.support.staff import Staff

NEW = "/admin/snippets/content/faqanswer/add/"


@dataclass(frozen=True)
class NewAnswer:
    """What an editor types into the form of a new answer."""

    key: str
    title: str
    text: str
    examples: Sequence[str]
    questions: Sequence[str]


class Editor(Staff):
    """Writes, tries out and submits."""

    def write(self, answer: NewAnswer) -> None:
        """Fills the form and saves a draft."""
        self.page.goto(NEW)
        for name, value in (("key", answer.key), ("title", answer.title), ("text", answer.text)):
            self.page.fill(f"[name={name}]", value)
        self.page.fill("[name=examples]", "\n".join(answer.examples))
        self.page.fill("[name=test_questions]", "\n".join(answer.questions))
        self.choose_source()
        self.page.locator("footer button[type=submit], footer [type=submit]").first.click()
        self.page.wait_for_url(re.compile(r"/faqanswer/edit/\d+/"))

    def choose_source(self) -> None:
        """Picks the newest document as the one that the answer cites."""
        self.page.locator("#id_source-chooser [data-chooser-action-choose]").first.click()
        newest = self.page.locator(".modal-body td.title a").first
        name = newest.inner_text()
        newest.click()
        self.page.locator("#id_source-chooser [data-chooser-title]", has_text=name).wait_for()

    def try_out(self, patience_s: float) -> str:
        """From the form to the finished report of the try-out; returns the page's text."""
        address = self.page.locator("a[href*='/huan-luyen/thu-nghiem/']").first.get_attribute("href")
        self.page.goto(str(address))
        self.page.get_by_role("button", name="thử nghiệm").click()
        return self.await_report(patience_s)

    def await_report(self, patience_s: float) -> str:
        """Reads the page of a try-out until the report is there."""
        deadline = time.monotonic() + patience_s
        while not self.page.locator("#do-chinh-xac").count():
            state = self.page.locator("#tinh-trang")
            shown = state.first.inner_text() if state.count() else ""
            assert time.monotonic() < deadline, shown
            assert "hỏng" not in shown, self.page.inner_text("main")
            self.page.wait_for_timeout(1000)
            self.page.reload(timeout=60_000)
        return self.page.inner_text("main")

    def submit(self, title: str) -> None:
        """Sends the draft with this title for approval."""
        self.open_answer(title)
        submit = self.page.locator("[name=action-submit]")
        if not submit.first.is_visible():
            self.page.locator("footer [data-w-dropdown-target=toggle], footer .w-dropdown__toggle").first.click()
        submit.first.click()
        self.page.wait_for_load_state("networkidle")
