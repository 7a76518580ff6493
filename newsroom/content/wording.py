"""Checks of texts that residents read. Messages are Vietnamese, for the editor."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from contracts.text import MAX_MESSAGE_CHARS
from contracts.zalo_layout import MOST_BUTTONS
from newsroom.content.agency_contacts import agency_contacts_in, texts_in

MAX_BUTTON_TITLE = 60
ANSWER_KEY = re.compile(r"^[0-9a-z_]+/[0-9a-z_]+$")
PHONE = re.compile(r"^\d{3,11}$")
_MARKDOWN = re.compile(r"\*\*|__|`|\]\(|^[ \t]{0,3}#{1,6}\s|^[ \t]*\*\s", re.MULTILINE)
_UNSAFE_LINK = re.compile(r"\b(?:http|ftp)://", re.IGNORECASE)


def text_problems(text: str) -> list[str]:
    """What is wrong with one text, whatever its field."""
    problems = []
    if len(text) > MAX_MESSAGE_CHARS:
        problems.append(f"Văn bản dài {len(text)} ký tự. Tối đa {MAX_MESSAGE_CHARS} ký tự.")
    if _MARKDOWN.search(text):
        problems.append("Văn bản có ký hiệu Markdown (**, __, #, `, [..](..), *). Zalo không hiển thị được.")
    if _UNSAFE_LINK.search(text):
        problems.append("Liên kết phải bắt đầu bằng https://.")
    return problems


def payload_problems(payload: Mapping[str, Any]) -> list[str]:
    """What is wrong with the texts and buttons of a payload."""
    problems = [problem for text in texts_in(dict(payload)) for problem in text_problems(text)]
    problems += button_problems(payload.get("buttons", ()))
    return list(dict.fromkeys(problems))


def agency_problems(*values: Any) -> list[str]:
    """Agency-only contacts in any of the given JSON values."""
    found = [contact for value in values for text in texts_in(value) for contact in agency_contacts_in(text)]
    return [
        f"“{contact}” là đầu mối nội bộ của cơ quan, không được đưa cho người dân." for contact in dict.fromkeys(found)
    ]


def button_problems(buttons: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is wrong with the buttons: each has a title and exactly one of answer, url, phone."""
    problems = [f"Tối đa {MOST_BUTTONS} nút."] if len(buttons) > MOST_BUTTONS else []
    for number, button in enumerate(buttons, start=1):
        problems += [f"Nút {number}: {problem}" for problem in _one_button(button)]
    return problems


def _one_button(button: Mapping[str, Any]) -> list[str]:
    problems = []
    title = button.get("title", "")
    targets = [name for name in ("answer", "url", "phone") if button.get(name)]
    if not title or len(title) > MAX_BUTTON_TITLE:
        problems.append(f"chữ trên nút cần từ 1 đến {MAX_BUTTON_TITLE} ký tự.")
    if len(targets) != 1:
        return [*problems, "cần đúng một trong ba: khóa câu trả lời, liên kết, số điện thoại."]
    value = str(button[targets[0]])
    if targets[0] == "answer" and not ANSWER_KEY.match(value):
        problems.append("khóa câu trả lời có dạng nhom/ten, ví dụ 5k/khau_trang.")
    if targets[0] == "url" and not value.startswith("https://"):
        problems.append("liên kết phải bắt đầu bằng https://.")
    if targets[0] == "phone" and not PHONE.match(value):
        problems.append("số điện thoại chỉ gồm 3 đến 11 chữ số.")
    return problems
