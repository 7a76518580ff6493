"""Whether an operator may write to a resident now, and what it costs: said before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps

from contracts.clock import VIETNAM
from desk.apps import DeskConfig
from desk.transcript import time_text
from ledger.models import Conversation
from ledger.windows import Window, window_of

_CALL = "Bạn gọi điện cho người dân, hoặc đợi họ nhắn lại."


@dataclass(frozen=True, kw_only=True)
class Writing:
    """``notice`` tells the operator how it stands, empty where there is nothing to say; ``charged``: it may cost."""

    notice: str
    charged: bool
    closed: bool


def writing_to(conversation: Conversation, now: datetime) -> Writing:
    """How it stands with the resident's channel; the web chat is always open and free."""
    standing = window_of(conversation.channel, conversation.last_resident_at, now)
    until = "" if standing.until is None else time_text(standing.until, now.astimezone(VIETNAM).date())
    match standing.window:
        case Window.FREE:
            return Writing(notice=f"Nhắn miễn phí đến {until}." if until else "", charged=False, closed=False)
        case Window.CHARGED if _charged_sends():
            said = (
                f"Người dân im lặng đã hơn 48 giờ. Mỗi tin bạn gửi có thể bị Zalo tính phí. Còn gửi được đến {until}."
            )
            return Writing(notice=said, charged=True, closed=False)
        case Window.CHARGED:
            said = f"Người dân im lặng đã hơn 48 giờ. Tin gửi lúc này bị Zalo tính phí, đơn vị đã tắt tin tính phí. {_CALL}"
            return Writing(notice=said, charged=True, closed=True)
        case Window.CLOSED:
            said = f"Người dân im lặng đã hơn 7 ngày. Zalo không cho gửi tin nữa. {_CALL}"
            return Writing(notice=said, charged=False, closed=True)


def _charged_sends() -> bool:
    config = apps.get_app_config("desk")
    assert isinstance(config, DeskConfig)
    return config.charged_sends
