"""What becomes of one message on Zalo: its texts, and which choices are buttons, which are lines of text.

The gateway sends by this rule and the newsroom's preview shows it. Limits: text under 2,000 characters, at most five
buttons, titles up to 100 characters (Zalo OA OpenAPI v3.0, ``message/cs``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.split import LIMIT, length, split_text

MOST_BUTTONS = 5
MAX_TITLE = 100
ASK_NUMBER = "Bạn nhắn lại số của mục cần chọn."
CHOOSE = "Bạn có thể chọn tiếp:"
_PHONE = re.compile(r"0\d{8,10}")
_SPACED = re.compile(r"(?<=\d)[ .](?=\d)")  # 0237 1022
Shown = Mapping[str, Any]  # {title, payload | url | phone}


@dataclass(frozen=True)
class Layout:
    """``texts``: one a message, at least one. ``buttons`` stand under the last; ``listed``: they became its lines."""

    texts: list[str]
    buttons: list[Shown]
    listed: bool


def zalo_layout(
    text: str, buttons: Sequence[Shown], *, max_buttons: int, plain: bool = False, picture: bool = False
) -> Layout:
    """Lays a message out. ``plain`` lists all buttons; beside a ``picture`` Zalo takes none, so they get a text of their own."""
    texts = split_text(text)
    if picture and buttons and len(texts) == 1:
        texts.append(CHOOSE)
    possible = [button for button in buttons if zalo_button_type(button)]
    listed = plain or len(possible) > max_buttons or any(_too_long(button) for button in buttons)
    if lines := _lines(buttons, listed):
        texts = _with_lines(texts, lines)
    return Layout(texts, [] if listed else possible, listed)


def zalo_button_type(button: Shown) -> str:
    """Zalo's type of a button; empty for one that Zalo would refuse: plain http, or a short number such as 115."""
    if "payload" in button:
        return "oa.query.hide"
    if str(button.get("url", "")).startswith("https://"):
        return "oa.open.url"
    return "oa.open.phone" if _PHONE.fullmatch(str(button.get("phone", ""))) else ""


def _too_long(button: Shown) -> bool:
    return length(str(button["title"])) > MAX_TITLE


def _lines(buttons: Sequence[Shown], listed: bool) -> list[str]:
    """Choices with their numbers (only in a list), then addresses and numbers to call that are no buttons."""
    titles = [str(button["title"]) for button in buttons if "payload" in button] if listed else []
    lines = [f"{number}. {title}" for number, title in enumerate(titles, 1)]
    if lines:
        lines.append(ASK_NUMBER)
    for button in buttons:
        if "payload" not in button and (listed or not zalo_button_type(button)):
            lines.append(_line(button))
    return lines


def _line(button: Shown) -> str:
    """``Gọi 1022: 02371022``; the title alone where it holds the number already: ``Gọi 115``."""
    title = str(button["title"])
    if str(button.get("phone")) in re.findall(r"\d+", _SPACED.sub("", title)):
        return title
    return f"{title}: {button.get('url') or button.get('phone')}"


def _with_lines(texts: list[str], lines: list[str]) -> list[str]:
    block = "\n".join(lines)
    joined = f"{texts[-1]}\n\n{block}".strip()
    if length(joined) <= LIMIT:
        return [*texts[:-1], joined]
    return [*texts, *split_text(block)]
