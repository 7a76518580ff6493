"""When a channel lets us write to a resident, and when that costs: counted from the resident's last act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum


class Window(Enum):
    """How it stands with writing to a resident."""

    FREE = "free"
    CHARGED = "charged"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class WindowRule:
    """Writing is free for ``free`` after the resident's last act, then charged until ``open``, then refused."""

    free: timedelta
    open: timedelta


# Zalo: "điều kiện gửi tin tư vấn"; an act is a message, a follow, a tap on a button, not a receipt.
WINDOWS = {"zalo": WindowRule(free=timedelta(hours=48), open=timedelta(days=7))}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """``until`` is when the window changes; None when it never does by itself."""

    window: Window
    until: datetime | None


def window_of(channel: str, last_resident_at: datetime | None, now: datetime) -> Standing:
    """The window of a resident; free for ever on channels without a rule.

    Of a resident who never did anything that we saw the provider knows more than we, so it is left to judge.
    """
    rule = WINDOWS.get(channel)
    if rule is None or last_resident_at is None:
        return Standing(window=Window.FREE, until=None)
    if now <= last_resident_at + rule.free:
        return Standing(window=Window.FREE, until=last_resident_at + rule.free)
    if now <= last_resident_at + rule.open:
        return Standing(window=Window.CHARGED, until=last_resident_at + rule.open)
    return Standing(window=Window.CLOSED, until=None)
